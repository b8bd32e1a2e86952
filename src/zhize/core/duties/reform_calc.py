"""Reform as a method of `zhize calc` (docs/algorithms/duties-reform.md)."""

from __future__ import annotations

from enum import StrEnum

from ..kernel.fields import Fields
from .reform import METHOD, Step, reform


class Kind(StrEnum):
    """How a unit was taken over."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    TRANSFERRED = "transferred"


def calc_reform(data: object) -> dict[str, object]:
    """{day, holders: [{unit, role}], steps: [{old, new, kind, since, primary}]} → {owing: [{unit, role, instead_of}], undecided}."""
    fields = Fields(data, ("day", "holders", "steps"))
    holders = []
    for entry, place in fields.items("holders"):
        one = Fields(entry, ("unit", "role"), place)
        holders.append((one.text("unit"), one.text("role", "joint")))
    steps = []
    for entry, place in fields.items("steps") if fields.has("steps") else ():
        one = Fields(entry, ("old", "new", "kind", "since", "primary"), place)
        steps.append(
            Step(
                one.text("old"),
                one.text("new"),
                one.choice("kind", Kind).value,
                one.day("since"),
                one.flag("primary", False),
            )
        )
    found = reform(holders, steps, fields.day("day"))
    return {
        "method": METHOD,
        "owing": [{"unit": o.unit, "role": o.role, "instead_of": list(o.instead_of)} for o in found.owing],
        "undecided": [{"unit": u.unit, "among": list(u.among)} for u in found.undecided],
    }
