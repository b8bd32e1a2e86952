"""Rolling over as a method of `zhize calc` (docs/algorithms/duties-rollover.md)."""

from __future__ import annotations

from ..kernel.fields import Fields
from ..kernel.workdays import WorkCalendar
from .natures import Nature
from .rollover import METHOD, Advice, Left, rollover
from .states import Progress

NATURES = tuple(nature.value for nature in Nature)


def calc_rollover(data: object) -> dict[str, object]:
    """{starts, today, days, advised: {nature: carry|leave}, calendar?, left: [{id, nature, progress, due?, unit, heir?, ends?}]}
    → {lines: [{id, advice, heir, due, why}]}.
    """
    fields = Fields(data, ("starts", "today", "days", "advised", "calendar", "left"))
    left = []
    for entry, place in fields.items("left"):
        one = Fields(entry, ("id", "nature", "progress", "due", "unit", "heir", "ends"), place)
        left.append(
            Left(
                one.text("id"),
                one.text("nature"),
                one.choice("progress", Progress),
                one.day_or_none("due"),
                one.text("unit"),
                one.text("heir", one.text("unit")),
                one.day_or_none("ends"),
            )
        )
    advised = fields.child("advised", NATURES)
    calendar = (
        WorkCalendar.from_mapping(fields.data["calendar"]) if fields.has("calendar") else WorkCalendar()
    )
    lines = rollover(
        left,
        starts=fields.day("starts"),
        today=fields.day("today"),
        days=fields.integer("days", 0, 366),
        advised={nature: advised.choice(nature, Advice) for nature in NATURES if advised.has(nature)},
        calendar=calendar,
    )
    return {
        "method": METHOD,
        "lines": [
            {
                "id": one.id,
                "advice": one.advice.value,
                "heir": one.heir,
                "due": one.due.isoformat() if one.due else None,
                "why": one.why,
            }
            for one in lines
        ],
    }
