"""Entries and vetoes as the core's objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zhize.apps.assessment.models import Assessed, Entry, Veto
from zhize.core.scoring.facts import Assessed as CoreAssessed
from zhize.core.scoring.facts import objects_from
from zhize.core.scoring.scheme import Scheme
from zhize.core.scoring.score import leaves_of


def assessed_of(
    rows: Iterable[Assessed],
    entries: Mapping[int, list[Entry]],
    vetoes: Mapping[int, list[Veto]],
) -> list[dict[str, object]]:
    """The objects of a round as plain data for the core: what is frozen, and what a third party computes from.

    `id` is the unit's code, so that a bundle says whom it means without our database. Reads: `unit` joined, evidence
    prefetched.
    """
    return [
        {
            "id": row.unit.code,
            "name": row.name,
            "groups": list(row.groups),
            "ranked": row.ranked,
            "facts": {entry.code: _facts(entry) for entry in entries.get(row.pk, []) if entry.facts},
            "vetoes": [_veto(veto) for veto in vetoes.get(row.pk, [])],
        }
        for row in rows
    ]


def leaf_codes(scheme: Scheme, row: Assessed) -> list[str]:
    """The leaves of an object's own table."""
    probe = CoreAssessed(id=row.unit.code, name=row.name, groups=tuple(row.groups))
    return [leaf.code for leaf in leaves_of(scheme, probe)]


def core_objects(data: list[dict[str, object]]) -> tuple[CoreAssessed, ...]:
    return objects_from(data)


def _facts(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = dict(entry.facts)
    said = [str(one["words"]) for one in entry.sources] + [one.title for one in entry.evidence.all()]
    if entry.checked_by:
        found["by"] = entry.checked_hat or entry.checked_by
    if entry.reason:
        found["note"] = entry.reason
    if said:
        found["sources"] = said
    return found


def _veto(veto: Veto) -> dict[str, object]:
    found: dict[str, object] = {"code": veto.code, "reason": veto.reason}
    if veto.happened_on:
        found["happened_on"] = veto.happened_on.isoformat()
    if veto.lifted_at:
        found["lifted"] = veto.lift_reason
    return found
