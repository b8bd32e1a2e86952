"""What tasks register when the product starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.work.log_types import tasks as log_types
from zhize.kit import contributions
from zhize.kit.audit import register_log_types
from zhize.kit.measures import DischargeSource, register_source


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    register_log_types(*log_types.ALL)
    register_source(DischargeSource("work.task.closed", _("任务办结销号")))
    contributions.todo_verbs |= {
        "task.take": _("承办确认"),
        "task.do": _("办理"),
        "task.check": _("核查"),
        "task.returned": _("补办"),
        "task.extension": _("审批"),
        "task.handed_back": _("改派"),
        "task.reminded": _("反馈"),
    }
