"""Suggested overlaps as a method of `zhize calc` (docs/algorithms/duties-overlap.md)."""

from __future__ import annotations

from ..kernel.fields import Fields
from ..regulation.compare_calc import entries
from .overlap import METHOD, Bounds, Owed, overlaps

LEAST, FINER = "0.35", "0.30"


def calc_overlap(data: object) -> dict[str, object]:
    """{new: [{key, text, holders}], old: [...], least, finer} → {overlaps: [{new, old, likeness, proposal, reasons}]}."""
    fields = Fields(data, ("new", "old", "least", "finer"))
    by = Bounds(fields.decimal("least", LEAST), fields.decimal("finer", FINER))
    return {
        "method": METHOD,
        "overlaps": [
            {
                "new": one.new,
                "old": one.old,
                "likeness": str(one.likeness),
                "proposal": one.proposal.value,
                "reasons": list(one.reasons),
            }
            for one in overlaps(_owed(fields, "new"), _owed(fields, "old"), by)
        ],
    }


def _owed(fields: Fields, name: str) -> list[Owed]:
    found = []
    for entry, place in entries(fields, name):
        one = Fields(entry, ("key", "text", "holders"), place)
        holders = tuple(str(holder) for holder, _place in one.items("holders"))
        found.append(Owed(one.text("key"), one.text("text", ""), holders))
    return found
