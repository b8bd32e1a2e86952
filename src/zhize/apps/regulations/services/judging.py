"""Judging many obligations anew at once: when a duty's rule or sources change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from zhize.apps.orgs.services.todos import todos_close, todos_open
from zhize.apps.regulations import mapping, selectors
from zhize.apps.regulations.models import Discharge, Duty, Obligation, Waiver
from zhize.apps.regulations.services.common import KIND, TODO_DUE, awaits_unit, due_todo, words_of
from zhize.apps.years.models import WorkYear
from zhize.core.duties.discharge import evaluate
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.things import ThingRef

JUDGED = ["status", "count_done", "count_needed", "done_on"]


def duty_rejudge(duty: Duty, actor: Actor, now: datetime) -> int:
    """The duty's obligations in years not closed, judged by its present rule and sources; gives how many changed.

    Statements do not grow with the obligations. Part of the service that changed the duty, under its entry.
    """
    rows = (
        Obligation.objects.system("a duty's rule changed")
        .select_for_update(of=("self",))
        .select_related("duty", "unit", "year", "jurisdiction")
        .filter(duty=duty)
        .exclude(year__state=WorkYear.State.CLOSED)
        .order_by("pk")
    )
    found = list(rows)
    changed = obligations_judge(found, now)
    settled = [ThingRef(KIND, o.pk) for o in changed if not awaits_unit(o)]
    todos_close(refs=settled, actor=actor, now=now, kind=TODO_DUE)
    todos_open(todos=[due_todo(o, words_of(o)) for o in changed if awaits_unit(o)], now=now)
    return len(changed)


def obligations_judge(rows: Sequence[Obligation], now: datetime) -> list[Obligation]:
    """Derives the states of these locked rows anew and saves those that changed, which it gives. Statements do not grow."""
    before = {o.pk: _state(o) for o in rows}
    _judge(rows, now)
    changed = [o for o in rows if _state(o) != before[o.pk]]
    for obligation in changed:
        obligation.version += 1
    Obligation.objects.system("judged anew").bulk_update(changed, [*JUDGED, "version"], batch_size=500)
    return changed


@dataclass(frozen=True, slots=True)
class Change:
    """An obligation before and after a rule, both judged on the same day: what the page shows before it is applied."""

    before: Obligation
    after: Obligation


def duty_rehearse(duty: Duty, now: datetime) -> tuple[list[Change], int]:
    """What judging the duty's obligations of open years by this (unsaved) duty would change, and how many there are.

    Writes nothing. Statements do not grow with the obligations.
    """
    rows = (
        Obligation.objects.system("a duty's rule is tried")
        .select_related("duty", "unit", "year", "jurisdiction")
        .filter(duty_id=duty.pk)
        .exclude(year__state=WorkYear.State.CLOSED)
        .order_by("period_start", "unit__order", "pk")
    )
    standing = list(rows)
    tried = [copy(o) for o in standing]
    for obligation in tried:
        obligation.duty = duty
    _judge(tried, now)
    pairs = zip(standing, tried, strict=True)
    return [Change(old, new) for old, new in pairs if _state(old) != _state(new)], len(standing)


def _state(obligation: Obligation) -> tuple[object, ...]:
    return tuple(getattr(obligation, name) for name in JUDGED)


def _judge(obligations: Sequence[Obligation], now: datetime) -> None:
    ids = [o.pk for o in obligations]
    handed_in: dict[int, list[Discharge]] = defaultdict(list)
    for discharge in Discharge.objects.system("judging a duty").filter(obligation_id__in=ids):
        handed_in[discharge.obligation_id].append(discharge)
    excused: dict[int, list[Waiver]] = defaultdict(list)
    for waiver in Waiver.objects.system("judging a duty").filter(obligation_id__in=ids):
        excused[waiver.obligation_id].append(waiver)
    counts = selectors.records_each(obligations) if obligations else []
    for obligation, counted in zip(obligations, counts, strict=True):
        outcome = evaluate(
            mapping.rule_for(obligation),
            mapping.facts_of(handed_in[obligation.pk], excused[obligation.pk], counted),
            period=mapping.period_of(obligation),
            due=obligation.due_on,
            today=local_day(now),
        )
        mapping.put_outcome(obligation, outcome)
