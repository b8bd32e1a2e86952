"""Reads of calls: the office's list, one call with who has answered, what it costs below."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.selectors import taking_part
from zhize.apps.requests.models import Call, CallUnit, UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.contributions import CallContent, call_contents
from zhize.kit.measures import sources
from zhize.kit.packs import PackContent
from zhize.kit.scope import ScopedQuerySet

STATE = UnitRequest.State
HANDED_IN = (STATE.SUBMITTED, STATE.ACCEPTED)


def _number(condition: Q) -> Coalesce:
    rows = UnitRequest._base_manager.filter(condition, call=OuterRef("pk")).order_by()
    counted = rows.values("call").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def calls_listed(actor: Actor) -> ScopedQuerySet[Call]:
    """Calls with how many were asked, have answered, are accepted: one statement."""
    rows = Call.objects.visible_to(actor).filter(jurisdiction_id=actor.jurisdiction_id or 0)
    counted: Any = rows.select_related("year").annotate(
        asked=_number(Q()),
        answered=_number(Q(state__in=HANDED_IN)),
        accepted=_number(Q(state=STATE.ACCEPTED)),
    )
    return cast("ScopedQuerySet[Call]", counted)


def call_by_pk(actor: Actor, pk: int) -> Call | None:
    return Call.objects.visible_to(actor).select_related("jurisdiction", "year").by_pk(pk)


def addressees(call: Call) -> list[Unit]:
    """Whom a call is meant for, in official order: one statement."""
    rows = Unit.objects.system("the addressees of a call the actor sees").filter(
        pk__in=CallUnit.objects.filter(call=call).values("unit_id")
    )
    return list(rows.select_related("region").order_by("region__order", "order", "code"))


def askable(jurisdiction_id: int, today: date) -> list[tuple[str, Unit]]:
    """Who may be asked today, with the capacity (member, assessed), in the order of the list: one statement."""
    rows = taking_part(jurisdiction_id, today, "who may be asked").select_related("unit__region")
    once: dict[int, tuple[str, Unit]] = {}
    for row in rows:
        once.setdefault(row.unit_id, (row.capacity, row.unit))
    return list(once.values())


def content_of(call: Call) -> CallContent | None:
    """What the call asks beyond its form, as the app that owns it describes it."""
    return next((c for c in call_contents.items() if c.kind == call.content), None)


def content_words(row: UnitRequest) -> str:
    """How far the unit is with what stands outside the form, as its own app says it: 计划事项 1 项."""
    content = content_of(row.call)
    return content.words([row.pk]).get(row.pk, "") if content else ""


def counts_as(call: Call) -> str:
    """What an accepted answer discharges, in words; empty where nothing."""
    source = sources().get(call.source_code)
    return str(source.label) if source else call.source_code


def pack_content(call: Call) -> PackContent | None:
    """How the content of the call travels as a workbook; None where the call has none, or it does not travel."""
    content = content_of(call)
    return content.pack if content else None


def has_packs(call: Call) -> bool:
    """Whether units may answer by workbook: with a form always, with a content where its app says how."""
    return not call.content or pack_content(call) is not None
