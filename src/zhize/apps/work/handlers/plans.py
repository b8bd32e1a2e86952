"""What plans hear from below, and what they register when the product starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.events import OfficialIssued
from zhize.apps.requests import events
from zhize.apps.work import services
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.mapping.plans import local_day
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors import plan_replies
from zhize.apps.work.selectors.plans import CONTENT
from zhize.kit import contributions
from zhize.kit.audit import register_log_types
from zhize.kit.events import on
from zhize.kit.measures import DischargeSource, register_source


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


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    register_log_types(*log_types.ALL)
    register_source(DischargeSource("work.plan.accepted", _("报送的计划被接收")))
    register_source(DischargeSource("work.plan.issued", _("总计划印发")))
    on(events.RequestSubmitted, on_submitted)
    on(events.RequestWithdrawn, on_withdrawn)
    on(events.RequestReturned, on_returned)
    on(events.RequestAccepted, on_accepted)
    on(OfficialIssued, on_issued)
    contributions.call_contents.add(
        contributions.CallContent(
            CONTENT, _("计划事项"), "work:plan_of_request", plan_replies.missing, plan_replies.words
        )
    )
    contributions.todo_verbs |= {"plan.approve": _("登记审定"), "plan.issue": _("印发")}
