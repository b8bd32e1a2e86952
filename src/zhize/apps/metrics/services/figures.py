"""Figures enter by one door, whatever they come from: file, call, measure, formula, printed document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.metrics import log_types, mapping, policies
from zhize.apps.metrics.models import Observation, Revision
from zhize.apps.metrics.services.alerting import alerting_cards, alerts_raise
from zhize.apps.metrics.services.new_figures import Key, Locked, NewFigure, revision_of
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.fields import Outcome
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef

JURISDICTION = "orgs.jurisdiction"
COMPARED = ["value", "numerator", "denominator", "state", "origin", "given_by_id", "source_ref", "source_url", "source_words", "note"]  # fmt: skip
NUMBERS = ["value", "numerator", "denominator"]


@transaction.atomic
def observations_save(
    *, jurisdiction: Jurisdiction, figures: Sequence[NewFigure], reason: str, actor: Actor, now: datetime
) -> Outcome:
    """Keeps figures of the jurisdiction, by the office. The same again changes nothing; see `put_figures`."""
    if not policies.may_keep_in(actor, jurisdiction):
        raise NotAllowed("只有本辖区办公室可以录入指标数据", remedy="请切换到办公室的身份，或通过征集填报")
    return put_figures(jurisdiction=jurisdiction, figures=figures, reason=reason, actor=actor, now=now)


def put_figures(
    *,
    jurisdiction: Jurisdiction,
    figures: Sequence[NewFigure],
    reason: str,
    actor: Actor,
    now: datetime,
    digest: str = "",
    locked: Locked = Locked.REFUSE,
) -> Outcome:
    """New ones are added, changed ones changed with a revision (value before, after, `reason`), the same left alone.

    A locked figure that would change refuses the whole lot, naming it; see `Locked` for the two other ways.
    A new figure without value and note says nothing and is not added. Asks no policy: called by services that have.
    Statements do not grow with the figures.
    """
    whole = jurisdiction.region_id
    figures = [one if one.region_id or one.unit_id else replace(one, region_id=whole) for one in figures]
    wanted = {one.key: one for one in figures}
    if len(wanted) < len(figures):
        raise BadInput("同一指标、同一对象、同一期间出现了两次", remedy="请合并为一行")
    here = _here(jurisdiction, list(wanted.values()))
    new = [
        _filled(Observation(jurisdiction=jurisdiction), one, actor, now)
        for key, one in wanted.items()
        if key not in here and (one.value is not None or one.note)
    ]
    changed, revisions, held = _merged(here, wanted, locked, reason, actor, now)
    if held and locked is Locked.REFUSE:
        places = "；".join(f"{row.card.name}（{row.period_label}）" for row in held[:5])
        raise StateConflict(
            f"有 {len(held)} 个数已锁定，不能改",
            where=places,
            why="锁定的数可能已经印发",
            remedy="请由办公室主任逐个更正，写明理由和依据",
        )
    for row in [*new, *changed]:
        row.clean_fields(exclude=["jurisdiction", "card", "region", "unit", "given_by"])
    Observation.objects.bulk_create(new, batch_size=500)
    Observation.objects.system("keeping figures").bulk_update(changed, [*FILLED, "version"], batch_size=500)
    Revision.objects.bulk_create(revisions, batch_size=500)
    cards = alerting_cards(one.card_id for one in [*new, *changed]) if new or changed else {}
    alerted = alerts_raise(jurisdiction=jurisdiction, rows=[*new, *changed], cards=cards, now=now)
    outcome = Outcome(len(new), len(changed), len(wanted) - len(new) - len(changed))
    if new or changed:
        rows = (
            {
                **_values(row),
                "card": row.card_id,
                "region": row.region_id,
                "unit": row.unit_id,
                "period": row.period_label,
            }
            for row in [*new, *changed]
        )
        record(
            log_types.OBSERVATIONS_SAVED,
            actor=actor,
            thing=ThingRef(JURISDICTION, jurisdiction.pk),
            now=now,
            after={"added": outcome.added, "changed": outcome.changed, "alerts": alerted},
            note=reason,
            rows_digest=digest or rowfile_store(rows),
            jurisdiction_code=jurisdiction.code,
        )
    return outcome


def _merged(
    here: Mapping[Key, Observation],
    wanted: Mapping[Key, NewFigure],
    locked: Locked,
    reason: str,
    actor: Actor,
    now: datetime,
) -> tuple[list[Observation], list[Revision], list[Observation]]:
    """Rows that change, revisions of final and amended numbers, and locked rows that would have to change."""
    changed: list[Observation] = []
    revisions: list[Revision] = []
    held: list[Observation] = []
    counts = _revision_counts([row.pk for row in here.values()])
    for key, row in here.items():
        before = _values(row)
        _filled(row, wanted[key], actor, now)
        moved = [before[n] for n in NUMBERS] != [getattr(row, n) for n in NUMBERS]
        if before["state"] == Observation.State.LOCKED:
            row.state = Observation.State.LOCKED
            if not moved:
                continue
            if locked is not Locked.AMEND:
                held.append(row)
                continue
        elif before == _values(row):
            continue
        if moved and before["state"] != Observation.State.PROVISIONAL:
            revisions.append(revision_of(row, before, counts.get(row.pk, 0) + 1, reason, "", actor, now))
        row.version += 1
        changed.append(row)
    return changed, revisions, held


FILLED = [
    "period_label", "value", "numerator", "denominator", "state", "origin", "given_by", "source_ref", "source_url",
    "source_words", "note", "recorded_at", "recorded_by",
]  # fmt: skip


def _filled(row: Observation, one: NewFigure, actor: Actor, now: datetime) -> Observation:
    row.card_id, row.region_id, row.unit_id = one.card_id, one.region_id, one.unit_id
    row.period_start, row.period_end, row.period_label = one.start, one.end, one.label
    row.value = mapping.stored(one.value)
    row.numerator, row.denominator = mapping.stored(one.numerator), mapping.stored(one.denominator)
    row.state, row.origin, row.given_by_id = one.state, one.origin, one.given_by_id
    row.source_ref, row.source_url, row.source_words = (
        one.source_ref,
        one.source_url[:300],
        one.source_words[:300],
    )
    row.note = one.note[:300]
    row.recorded_at, row.recorded_by = now, actor.name[:80]
    return row


def _values(row: Observation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COMPARED}


def _here(jurisdiction: Jurisdiction, figures: Sequence[NewFigure]) -> dict[Key, Observation]:
    """The rows that stand already, locked, by key. One statement."""
    if not figures:
        return {}
    rows = (
        Observation.objects.system("figures that stand already")
        .select_for_update(of=("self",))
        .select_related("card")
        .filter(
            jurisdiction=jurisdiction,
            card_id__in={one.card_id for one in figures},
            period_start__gte=min(one.start for one in figures),
            period_end__lte=max(one.end for one in figures),
        )
        .order_by("pk")
    )
    wanted = {one.key for one in figures}
    found = {(r.card_id, r.region_id, r.unit_id, r.period_start, r.period_end): r for r in rows}
    return {key: row for key, row in found.items() if key in wanted}


def _revision_counts(ids: Sequence[int]) -> dict[int, int]:
    """How many corrections each has had. One statement."""
    rows = Revision.objects.system("numbering corrections").filter(observation_id__in=ids)
    found: dict[int, int] = {}
    for pk, number in rows.values_list("observation_id", "number"):
        found[pk] = max(found.get(pk, 0), number)
    return found
