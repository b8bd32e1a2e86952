"""Reads of what units answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Post
from zhize.apps.orgs.selectors import contacts
from zhize.apps.requests import policies
from zhize.apps.requests.models import Call, Reminder, UnitRequest, UnitRequestFile
from zhize.apps.requests.selectors.lights import MISSING, ReplyLight, light_of
from zhize.apps.years.selectors import bounds
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def requests_listed(actor: Actor) -> ScopedQuerySet[UnitRequest]:
    """What the actor may see of answers, joined for lists in the one statement."""
    rows: ScopedQuerySet[UnitRequest] = UnitRequest.objects.visible_to(actor)
    return rows.select_related("call__year", "call__jurisdiction", "unit__region", "jurisdiction")


def requests_seen(actor: Actor) -> ScopedQuerySet[UnitRequest]:
    """What was asked of whom, as far as the actor sees it: of calls that were sent and not called off."""
    return requests_listed(actor).exclude(call__state__in=(Call.State.DRAFT, Call.State.CANCELLED))


def requests_of_unit(actor: Actor) -> ScopedQuerySet[UnitRequest]:
    """What the acting unit is asked, itself or for another, by whomever."""
    return (
        requests_listed(actor).filter(UnitRequest.answered_q(actor)).exclude(call__state=Call.State.CANCELLED)
    )


def request_by_pk(actor: Actor, pk: int) -> UnitRequest | None:
    return requests_listed(actor).select_related("stamp_scan__file").by_pk(pk)


def own_request(actor: Actor, call: Call) -> UnitRequest | None:
    """The acting unit's answer to a call, or None."""
    return requests_listed(actor).filter(UnitRequest.answered_q(actor), call=call).first()


@dataclass(frozen=True, slots=True)
class Answering:
    """One unit of a call: its answer, its light, how often it was reminded, whom to telephone."""

    request: UnitRequest
    light: ReplyLight
    reminders: tuple[Reminder, ...]
    people: tuple[Post, ...]

    @property
    def missing(self) -> bool:
        return self.request.state in MISSING


def answering(actor: Actor, call: Call, today: date) -> list[Answering]:
    """Every unit of a call in official order, with reminders and contacts: four statements for two units as for a hundred."""
    requests = list(
        requests_listed(actor).filter(call=call).order_by("unit__region__order", "unit__order", "pk")
    )
    reminders: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in Reminder.objects.visible_to(actor).filter(call=call).order_by("-at", "-pk"):
        reminders[reminder.unit_id].append(reminder)
    people: dict[int, list[Post]] = defaultdict(list)
    reached = {pk for r in requests for pk in (r.unit_id, r.unit.answers_through_id) if pk}
    for post in contacts(actor, today).filter(unit_id__in=reached, role__in=policies.UNIT):
        people[post.unit_id].append(post)
    day = bounds(today)
    return [
        Answering(
            r,
            light_of(r, day),
            tuple(reminders[r.unit_id]),
            tuple(people[r.unit_id] or people[r.unit.answers_through_id or 0]),
        )
        for r in requests
    ]


def reminders_of(request: UnitRequest) -> list[Reminder]:
    """How often this unit was reminded of this call, newest first."""
    rows = Reminder.objects.system("belongs to an answer the actor sees")
    return list(rows.filter(call_id=request.call_id, unit_id=request.unit_id).order_by("-at", "-pk"))


def files_of(request: UnitRequest, *, draft: bool) -> list[Evidence]:
    """The materials of an answer with their files; to anybody but the unit only those it handed in. One statement."""
    links = UnitRequestFile.objects.filter(request=request).select_related("evidence__file").order_by("pk")
    return [link.evidence for link in (links if draft else links.filter(handed_in=True))]


def evidence_of(request: UnitRequest) -> list[Evidence]:
    """The materials handed in with an answer, in the order they were added. One statement."""
    return files_of(request, draft=False)


def last_answers(request: UnitRequest) -> dict[str, Any]:
    """What the unit last had accepted for the same question: same content or template, else the same form. One statement.

    Reads: `request.call` joined. A nil report repeats nothing.
    """
    call = request.call
    same = Q(call__form=call.form)
    if call.template or call.content:
        same = Q(call__template=call.template, call__content=call.content)
    rows = UnitRequest.objects.system("the unit's own earlier answer").filter(
        same,
        unit_id=request.unit_id,
        jurisdiction_id=request.jurisdiction_id,
        state=UnitRequest.State.ACCEPTED,
    )
    last = rows.exclude(pk=request.pk).order_by("-submitted_at", "-pk").first()
    return dict((last.handed_in or {}).get("answers", {})) if last else {}
