"""What matters raised for coordination register when the product starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.work import services
from zhize.apps.work.events.tasks import TaskClosed
from zhize.apps.work.log_types import coordination as log_types
from zhize.apps.work.policies import coordination as policies
from zhize.apps.work.selectors import coordination as selectors
from zhize.apps.work.selectors import coordination_situation as situation
from zhize.apps.work.specs import coordination as specs
from zhize.kit import contributions
from zhize.kit.audit import register_log_types
from zhize.kit.events import on
from zhize.kit.things import register_thing


def on_task_closed(event: TaskClosed) -> None:
    """A task that a matter came to is done."""
    services.matter_task_closed(event.task, event.actor, event.now)


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    register_log_types(*log_types.ALL)
    specs.register()
    on(TaskClosed, on_task_closed)
    register_thing(selectors.KIND, selectors.matter_cards)
    contributions.links["raise_matter"] = "work:matter_raise"
    contributions.search.add(contributions.SearchSource(_("协调事项"), selectors.find_matters), rank=27)
    contributions.situation.add(
        contributions.SituationPart("matters", _("协调事项"), situation.HEADS, situation.matters_situation),
        rank=25,
    )
    contributions.briefs.add(contributions.BriefSource("matters", situation.matters_brief), rank=15)
    contributions.todo_verbs |= {
        "matter.take": _("受理"),
        "matter.handle": _("办理"),
        "matter.instruct": _("批示"),
        "matter.reply": _("回复"),
        "matter.returned": _("补充"),
        "matter.confirm": _("确认"),
    }
    item, see = contributions.NavItem, policies.may_see_matters
    contributions.nav.add(item("tasks", _("协调事项"), "work:matters", see, "messages-square"), rank=53)
