"""What plans hear from below, and what they register when the product starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.events import AftermathDecided, OfficialIssued
from zhize.apps.documents.models import Aftermath
from zhize.apps.regulations.services import discharge_revoked
from zhize.apps.requests import events
from zhize.apps.work import services
from zhize.apps.work.forms import plan_pack
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors import plan_cards, plan_replies, plan_situation
from zhize.apps.work.selectors.plans import CONTENT
from zhize.apps.work.specs import plans as specs
from zhize.kit import contributions
from zhize.kit.audit import register_log_types
from zhize.kit.clock import local_day
from zhize.kit.events import on
from zhize.kit.figures import register_figures
from zhize.kit.measures import DischargeSource, register_source
from zhize.kit.things import ThingRef, register_thing


def on_submitted(event: events.RequestSubmitted) -> None:
    """A plan goes with the answer it is part of."""
    services.plan_follow(request=event.request, action="submit", actor=event.actor, now=event.now)


def on_withdrawn(event: events.RequestWithdrawn) -> None:
    services.plan_follow(request=event.request, action="withdraw", actor=event.actor, now=event.now)


def on_returned(event: events.RequestReturned) -> None:
    services.plan_follow(request=event.request, action="return", actor=event.actor, now=event.now)


def on_accepted(event: events.RequestAccepted) -> None:
    services.plan_follow(request=event.request, action="accept", actor=event.actor, now=event.now)


def on_issued(event: OfficialIssued) -> None:
    """The document drafted from a plan went out: so did the plan."""
    document = event.document
    if document.source_kind == services.PLAN_KIND and document.source_id:
        on_day = document.dated_on or local_day(event.now)
        services.plan_issue(
            plan=Plan(pk=document.source_id),
            doc_no=document.number,
            on=on_day,
            actor=event.actor,
            now=event.now,
        )


def on_aftermath_decided(event: AftermathDecided) -> None:
    """The plan was withdrawn after its paper was revoked: what the issue discharged is owed again."""
    row = event.aftermath
    if row.source_kind == services.PLAN_KIND and row.choice == Aftermath.Choice.WITHDRAWN:
        ref = ThingRef(services.PLAN_KIND, row.source_id)
        discharge_revoked(ref=ref, reason=f"计划撤回：{row.reason}", actor=event.actor, now=event.now)


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    register_log_types(*log_types.ALL)
    register_source(DischargeSource("work.plan.accepted", _("报送的计划被接收"), url_name="requests:mine"))
    register_source(DischargeSource("work.plan.issued", _("总计划印发"), url_name="work:plans"))
    on(events.RequestSubmitted, on_submitted)
    on(events.RequestWithdrawn, on_withdrawn)
    on(events.RequestReturned, on_returned)
    on(events.RequestAccepted, on_accepted)
    on(OfficialIssued, on_issued)
    on(AftermathDecided, on_aftermath_decided)
    contributions.call_contents.add(
        contributions.CallContent(
            CONTENT,
            _("计划事项"),
            "work:plan_of_request",
            plan_replies.missing,
            plan_replies.words,
            size=plan_replies.size,
            pack=plan_pack.PACK,
            onward=(_("汇总为总计划"), "work:plans"),
        )
    )
    specs.register()
    for kind, resolver in plan_cards.RESOLVERS.items():
        register_thing(kind, resolver)
    register_figures("work.plan_item", plan_cards.item_figures)
    contributions.search.add(contributions.SearchSource(_("计划事项"), plan_cards.find_items), rank=40)
    contributions.situation.add(
        contributions.SituationPart("plans", _("计划"), plan_situation.HEADS, plan_situation.plans_situation),
        rank=20,
    )
    contributions.clause_sections.add(
        contributions.ClauseSection(_("计划事项"), "work/_clause_items.html", plan_situation.plans_of_clause),
        rank=20,
    )
    contributions.briefs.add(contributions.BriefSource("plans", plan_situation.plans_brief), rank=20)
    see = policies.may_see_plans
    contributions.nav.add(
        contributions.NavItem("plans", _("计划"), "work:plans", see, "notebook-pen"), rank=50
    )
    contributions.todo_verbs |= {"plan.approve": _("登记审定"), "plan.issue": _("印发")}
