"""What is accepted in the product discharges obligations by itself (DESIGN §1): no second confirmation, no second entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.services.todos import todo_close
from zhize.apps.regulations import log_types, selectors
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.services.common import (
    KIND,
    LOGGED,
    link,
    locked,
    log,
    rejudge,
    reopen_due_todo,
    save,
    values,
)
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.recognition import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

BY_ITSELF = "系统自动认定"
NOON = time(12)


@transaction.atomic
def discharge_by_source(
    *,
    code: str,
    ref: ThingRef,
    jurisdiction: Jurisdiction,
    unit_ids: Collection[int],
    on: date,
    statement: str,
    actor: Actor,
    now: datetime,
    period: tuple[date, date] | None = None,
    evidence: Sequence[Evidence] = (),
    duty_ids: Collection[int] | None = None,
) -> list[Discharge]:
    """An act (`code` of kit.measures.DischargeSource) discharges what it was done for.

    Every obligation of the jurisdiction whose duty names `code` among its sources, owed by one of the units (or by one
    that answers through it), of the period that contains `period` (default: the day `on`), not yet done, waived or of a
    closed year, gets a confirmed discharge handed in on `on`, with `ref` as its source. The same `ref` again adds nothing.
    `duty_ids` narrows it to the duties the act was done for (a task serves some, not all that name tasks as a source).
    Called by the service of the act, after its policy and inside its transaction: it asks no policy of its own.
    """
    first, last = period or (on, on)
    rows = _owed(jurisdiction, {code}, unit_ids).filter(period_start__lte=first, period_end__gte=last)
    if duty_ids is not None:
        rows = rows.filter(duty_id__in=duty_ids)
    settled = (Obligation.Status.DONE, Obligation.Status.WAIVED, Obligation.Status.STANDING)
    made = []
    for pk in rows.exclude(status__in=settled).order_by("pk").values_list("pk", flat=True):
        obligation = locked(Obligation(pk=pk))
        same = Discharge.objects.system("the same act twice").filter(
            obligation=obligation, source_kind=ref.kind, source_id=ref.id
        )
        if same.exclude(state=Discharge.State.WITHDRAWN).exists():
            continue
        discharge = Discharge(
            obligation=obligation,
            jurisdiction_id=obligation.jurisdiction_id,
            unit_id=obligation.unit_id,
            state=Discharge.State.CONFIRMED,
            statement=statement,
            source_kind=ref.kind,
            source_id=ref.id,
            submitted_at=_moment(on, now),
            submitted_by=actor.name,
            decided_at=now,
            decided_by=BY_ITSELF,
        )
        discharge.full_clean()
        discharge.save()
        link(discharge, evidence, now)
        rejudge(obligation, now)
        todo_close(ref=ThingRef(KIND, obligation.pk), actor=actor, now=now)
        log(log_types.DISCHARGE_BY_SOURCE, obligation, actor, now, after=values(discharge, evidence))
        made.append(discharge)
    return made


@transaction.atomic
def discharge_revoked(*, ref: ThingRef, reason: str, actor: Actor, now: datetime) -> int:
    """The act was undone (a plan withdrawn, a result cancelled): its discharges are withdrawn, states derived anew.

    Gives how many. Called by the service that undoes the act, after its policy.
    """
    rows = Discharge.objects.system("the act behind it was undone").filter(
        source_kind=ref.kind, source_id=ref.id, state=Discharge.State.CONFIRMED
    )
    found = list(rows.select_related("obligation").order_by("obligation_id", "pk"))
    for row in found:
        obligation = locked(row.obligation)
        before = snapshot(row, LOGGED)
        row.state = next_state(TABLE, row.state, "revoke").next_state
        row.decided_at, row.decided_by, row.comment = now, BY_ITSELF, reason[:500]
        save(row)
        rejudge(obligation, now)
        reopen_due_todo(obligation, now)
        log(
            log_types.DISCHARGE_REVOKED,
            obligation,
            actor,
            now,
            before=before,
            after=snapshot(row, LOGGED),
            note=reason,
        )
    return len(found)


@transaction.atomic
def obligations_recount(
    *, codes: Collection[str], unit_ids: Collection[int], days: tuple[date, date], actor: Actor, now: datetime
) -> int:
    """Entries of counted sources changed between these days: the counted obligations of these units are judged anew.

    Gives how many changed, each with its entry in the log. Statements grow with the obligations concerned (a handful),
    never with the entries. Called by the service that wrote the entries.
    """
    first, last = days
    rows = _owed(None, set(codes), unit_ids).filter(period_start__lte=last, period_end__gte=first)
    changed = 0
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        obligation = locked(Obligation(pk=pk))
        before = snapshot(obligation, COUNTS)
        rejudge(obligation, now)
        after = snapshot(obligation, COUNTS)
        if before == after:
            continue
        changed += 1
        if obligation.status == Obligation.Status.DONE:
            todo_close(ref=ThingRef(KIND, obligation.pk), actor=actor, now=now)
        log(log_types.OBLIGATION_COUNTED, obligation, actor, now, before=before, after=after)
    return changed


COUNTS = ["status", "count_done", "count_needed", "done_on"]


def _owed(
    jurisdiction: Jurisdiction | None, codes: set[str], unit_ids: Collection[int]
) -> ScopedQuerySet[Obligation]:
    """What these units owe, or answer for, under duties that name one of the codes, in years not closed and not rolled over."""
    rows: ScopedQuerySet[Obligation] = Obligation.objects.system("an act discharges what it was done for")
    rows = rows.filter(
        Q(unit_id__in=unit_ids) | Q(unit__answers_through_id__in=unit_ids),
        duty_id__in=selectors.duty_ids_of_sources(codes, jurisdiction.pk if jurisdiction else None),
    )
    return rows.filter(rolled_into__isnull=True).exclude(year__state=WorkYear.State.CLOSED)


def _moment(on: date, now: datetime) -> datetime:
    """The moment of a past day: noon; today: now."""
    return now if local_day(now) == on else timezone.make_aware(datetime.combine(on, NOON))
