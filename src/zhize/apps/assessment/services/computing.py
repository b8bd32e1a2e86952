"""Collecting what the house knows, and working the scores out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.mapping.results import RESULT_FIELDS
from zhize.apps.assessment.models import Assessed, Entry, Round, Score
from zhize.apps.assessment.services.common import (
    demand_keeping,
    demand_state,
    log,
    round_locked,
    touch,
)
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring.facts import objects_from
from zhize.core.scoring.outcome import RoundScore
from zhize.core.scoring.score import score_round
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput

WORKING = (Round.State.SELF, *policies.CHECKING)


@dataclass(frozen=True, slots=True)
class Collection:
    """What collecting did: `taken` entries got data, `kept` were decided otherwise by hand and stay."""

    taken: int
    kept: int


@transaction.atomic
def inputs_collect(*, round_: Round, actor: Actor, now: datetime) -> Collection:
    """Pulls figures, tasks and obligations up to the cut-off into the entries; what a person decided stays.

    Statements grow with the criteria of the scheme, not with objects or rows.
    """
    current = round_locked(round_)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *WORKING, doing="采集数据")
    objects = selectors.objects_of(current)
    done = take_in(current, objects, selectors.collect(current, mapping.scheme_of(current), objects), now)
    log(log_types.INPUTS_COLLECTED, current, actor, now, after={"taken": done.taken, "kept": done.kept})
    return done


def take_in(current: Round, objects: list[Assessed], found: selectors.Found, now: datetime) -> Collection:
    """Puts what was found on the entries; a part of the services that collect or import: no policy, no log."""
    changed, kept = [], 0
    for rows in selectors.entries_of(objects).values():
        for entry in rows:
            got = found.get((entry.assessed_id, entry.code))
            if got is None or (got.facts == entry.collected and got.sources == entry.sources):
                continue
            entry.collected, entry.sources, entry.collected_at = got.facts, got.sources, now
            if entry.origin == Entry.Origin.CHECKED:
                kept += 1
            else:
                entry.facts, entry.origin = got.facts, Entry.Origin.COLLECTED
            entry.version += 1
            changed.append(entry)
    Entry.objects.system("the entries just read").bulk_update(
        changed, ["collected", "sources", "collected_at", "facts", "origin", "version"], batch_size=200
    )
    if changed:
        touch(current, now)
    return Collection(len(changed) - kept, kept)


@transaction.atomic
def round_compute(*, round_: Round, actor: Actor, now: datetime) -> RoundScore:
    """Works all scores out from what is there, and writes them down with their traces. Repeating it changes nothing."""
    current = round_locked(round_)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *policies.CHECKING, Round.State.INITIAL, doing="计算得分")
    result = compute(current, now)
    log(
        log_types.ROUND_COMPUTED,
        current,
        actor,
        now,
        after={"totals": {one.id: str(one.published) for one in result.objects}, "warnings": len(result.warnings)},
    )  # fmt: skip
    return result


def objects_data(objects: list[Assessed]) -> list[dict[str, object]]:
    """The objects as plain data: what is scored and frozen."""
    return mapping.assessed_of(objects, selectors.entries_of(objects), selectors.vetoes_of(objects))


def compute(current: Round, now: datetime) -> RoundScore:
    """The part of `round_compute` that approving shares: no policy, no log."""
    objects = selectors.objects_of(current)
    scheme = mapping.scheme_of(current)
    try:
        result = score_round(scheme, objects_from(objects_data(objects)))
    except CoreError as error:
        raise BadInput(error.what, where=error.where, why=error.why, remedy=error.remedy) from error
    for row, one in zip(objects, result.objects, strict=True):
        mapping.put_result(row, one, scheme)
    Assessed.objects.system("the objects just read").bulk_update(objects, RESULT_FIELDS, batch_size=200)
    Score.objects.system("worked out anew").filter(assessed__round=current).delete()
    Score.objects.bulk_create(
        [
            score
            for row, one in zip(objects, result.objects, strict=True)
            for score in mapping.score_rows(row, one)
        ],
        batch_size=500,
    )
    Round.objects.system("the scores are of now").filter(pk=current.pk).update(
        computed_at=now, stale_since=None
    )
    current.computed_at, current.stale_since = now, None
    return result
