"""Carrying over as a method of `zhize calc` (docs/algorithms/duties-carry.md)."""

from __future__ import annotations

from ..kernel.fields import Fields
from ..regulation.compare_calc import entries
from .carry import METHOD, Held, carry

SURE = "0.80"


def calc_carry(data: object) -> dict[str, object]:
    """{old: [{key, text, holders}], new: [...], sure: "0.80"} → {carries: [{fate, old, new, likeness, why}]}."""
    fields = Fields(data, ("old", "new", "sure"))
    carries = carry(_held(fields, "old"), _held(fields, "new"), sure=fields.decimal("sure", SURE))
    return {
        "method": METHOD,
        "carries": [
            {"fate": c.fate.value, "old": c.old, "new": c.new, "likeness": str(c.likeness), "why": c.why}
            for c in carries
        ],
    }


def _held(fields: Fields, name: str) -> list[Held]:
    found = []
    for entry, place in entries(fields, name):
        one = Fields(entry, ("key", "text", "holders"), place)
        holders = tuple(str(holder) for holder, _place in one.items("holders"))
        found.append(Held(one.text("key"), one.text("text", ""), holders))
    return found
