"""Forms of many tasks at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhize.apps.work.specs.tasks import UNITS
from zhize.kit.action_forms import lines
from zhize.kit.actor import Actor
from zhize.kit.forms import RefField


class BulkReassignForm(forms.Form):
    """批量改派."""

    reason = lines(
        _("改派理由"), rows=2, error_messages={"required": _("请写明改派理由：如机构合并、职责划转的文件")}
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = RefField(UNITS, actor, label=_("新牵头单位"), empty_label=_("请选择"), error_messages={
            "required": _("请选择新牵头单位"),
        })  # fmt: skip
        self.fields = {"lead_unit": lead, **self.fields}


class BulkCloseForm(forms.Form):
    """批量办结."""

    comment = lines(_("核查意见"), rows=2, most=500, required=False, help_text=_("记入每项的办理经过"))
