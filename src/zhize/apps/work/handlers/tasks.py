"""What tasks register when the product starts."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.events import AftermathDecided, OfficialIssued, OfficialVoided
from zhize.apps.documents.models import Aftermath
from zhize.apps.orgs.events import PostHandedOver
from zhize.apps.regulations.events import UnitHandedOver
from zhize.apps.regulations.services import discharge_revoked
from zhize.apps.work import services
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.mapping.digest_paper import FIGURE
from zhize.apps.work.models import TaskDigest, TaskSlip
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import (
    by_rule,
    digests,
    slips,
    talks,
    task_cards,
    task_parts,
    task_person,
    task_situation,
    task_successor,
)
from zhize.apps.work.selectors.task_figures import MEASURES
from zhize.apps.work.specs import talks as talk_specs
from zhize.apps.work.specs import tasks as specs
from zhize.kit import contributions
from zhize.kit.audit import register_log_types
from zhize.kit.beat import Periodic, register_periodic
from zhize.kit.clock import local_day
from zhize.kit.events import on
from zhize.kit.figures import register_figures
from zhize.kit.holdings import HeldSource, HoldingSource, held_by_ended, holdings
from zhize.kit.measures import DischargeSource, register_measure, register_source
from zhize.kit.things import ThingRef, register_thing


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    register_log_types(*log_types.ALL)
    specs.register()
    talk_specs.register()
    register_thing(talks.KIND, talks.talk_cards)
    register_thing(slips.KIND, slips.slip_cards)
    register_thing("work.task", task_cards.task_cards)
    register_thing(digests.KIND, digests.digest_cards)
    register_thing(FIGURE, digests.figure_cards)
    register_figures(FIGURE, digests.digest_figures)
    register_source(DischargeSource("work.task.closed", _("任务办结销号"), url_name="work:my_tasks"))
    register_source(DischargeSource("work.digest.issued", _("印发工作进展情况通报"), url_name="work:digests"))
    on(OfficialIssued, on_official_issued)
    on(OfficialVoided, on_official_voided)
    on(AftermathDecided, on_aftermath_decided)
    on(UnitHandedOver, on_unit_handed_over)
    on(PostHandedOver, on_post_handed_over)
    for measure in MEASURES:
        register_measure(measure)
    contributions.search.add(contributions.SearchSource(_("任务"), task_cards.find_tasks), rank=25)
    register_periodic(Periodic("work.tasks_light", services.light_each_night, at=time(0, 20)))
    register_periodic(Periodic("work.tasks_remind", services.remind_each_day, at=time(8, 0)))
    register_thing(by_rule.KIND, by_rule.chase_cards)
    _pages()
    contributions.todo_verbs |= {
        "task.take": _("承办确认"),
        "task.do": _("办理"),
        "task.check": _("核查"),
        "task.returned": _("补办"),
        "task.extension": _("审批"),
        "task.handed_back": _("改派"),
        "task.reminded": _("反馈"),
        "task.proposed": _("决定"),
        "task.proposed_signed": _("决定"),
    }


def on_official_issued(event: OfficialIssued) -> None:
    """The circular drafted from a digest went out: so did the digest. So with a slip."""
    document, actor, now = event.document, event.actor, event.now
    number, on = document.number, document.dated_on or local_day(now)
    if document.source_kind == slips.KIND and document.source_id:
        slip = TaskSlip(pk=document.source_id)
        services.slip_issued(slip=slip, doc_no=number, on=on, actor=actor, now=now)
    if document.source_kind == digests.KIND and document.source_id:
        digest = TaskDigest(pk=document.source_id)
        services.digest_issued(digest=digest, doc_no=number, on=on, actor=actor, now=now)


def on_official_voided(event: OfficialVoided) -> None:
    """The paper of a slip will not go out."""
    document = event.document
    if document.source_kind == slips.KIND and document.source_id:
        services.slip_voided(
            slip=TaskSlip(pk=document.source_id), reason=event.reason, actor=event.actor, now=event.now
        )


def on_aftermath_decided(event: AftermathDecided) -> None:
    """The digest was withdrawn after its circular was revoked: what the issue discharged is owed again."""
    row = event.aftermath
    if row.source_kind == digests.KIND and row.choice == Aftermath.Choice.WITHDRAWN:
        ref = ThingRef(digests.KIND, row.source_id)
        discharge_revoked(ref=ref, reason=f"进展通报撤回：{row.reason}", actor=event.actor, now=event.now)


def on_unit_handed_over(event: UnitHandedOver) -> None:
    """A unit ended: its tasks go where its duties go."""
    services.tasks_hand_over(
        year=event.year, unit=event.unit, heir=event.heir, actor=event.actor, now=event.now
    )


def on_post_handed_over(event: PostHandedOver) -> None:
    """A successor took the post: the tasks in charge go along."""
    services.tasks_take_charge(old=event.old, new=event.new, actor=event.actor, now=event.now)


def _pages() -> None:
    """Navigation, and tasks on the pages of others."""
    item, see = contributions.NavItem, policies.may_see_tasks
    contributions.nav.add(item("tasks", _("任务台账"), "work:tasks", see, "clipboard-list"), rank=50)
    contributions.nav.add(item("tasks", _("本单位任务"), "work:my_tasks", see, "clipboard-check"), rank=51)
    contributions.nav.add(item("tasks", _("督办台账"), "work:reminders", see, "bell-ring"), rank=52)
    contributions.situation.add(
        contributions.SituationPart("tasks", _("任务"), task_situation.HEADS, task_situation.tasks_situation),
        rank=20,
    )
    contributions.briefs.add(contributions.BriefSource("tasks", task_situation.tasks_brief), rank=20)
    contributions.digests.add(contributions.DigestSource("tasks", task_parts.digest), rank=20)
    contributions.clause_sections.add(
        contributions.ClauseSection(_("任务"), "work/_clause_tasks.html", task_parts.of_clause), rank=30
    )
    holdings.add(HoldingSource(_("负责的任务"), task_person.tasks_held))
    held_by_ended.add(HeldSource(_("任务"), task_successor.of_ended_units))
    contributions.unit_sections.add(
        contributions.UnitSection(_("任务"), "work/_unit_tasks.html", task_parts.of_unit), rank=30
    )
    contributions.unit_sections.add(
        contributions.UnitSection(_("约谈"), "work/_unit_talks.html", talks.talks_of_unit), rank=31
    )
