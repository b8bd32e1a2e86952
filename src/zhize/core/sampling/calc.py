"""`zhize calc sampling.…`: plain data in, plain data out; the schemas stand on the methods' pages."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.trace import plain
from .allocation import Stratum, inclusion_probabilities, neyman, proportional
from .draw import METHOD, Place, draw
from .pass_rate import MOST, Way, pass_rate

PLACES = 12


class Rule(StrEnum):
    """How a sample is shared out."""

    PROPORTIONAL = "proportional"
    NEYMAN = "neyman"
    SIZE = "size"


def calc_pass_rate(way: Way) -> Callable[[object], dict[str, object]]:
    """The method of one way of finding the bounds."""

    def run(data: object) -> dict[str, object]:
        fields = Fields(data, ("passed", "total", "confidence"))
        found = pass_rate(
            fields.integer("passed", 0, MOST),
            fields.integer("total", 0, MOST),
            way=way,
            confidence=fields.decimal("confidence", "0.95"),
        )
        return {
            "rate": plain(round(found.rate, PLACES)),
            "low": round(found.low, PLACES),
            "high": round(found.high, PLACES),
            "warnings": list(found.warnings),
            "trace": found.trace.as_dict(),
        }

    return run


def calc_allocation(data: object) -> dict[str, object]:
    """Method `sampling.allocation.v1`."""
    fields = Fields(data, ("rule", "n", "strata"))
    rule, n = fields.choice("rule", Rule), fields.integer("n", 1, MOST)
    strata = []
    for entry, place in fields.items("strata"):
        one = Fields(entry, ("size", "deviation"), place)
        strata.append(Stratum(float(one.decimal("size")), float(one.decimal("deviation", "1"))))
    if not strata:
        raise BadRule("没有写各层", where="strata", remedy="请列出各层的 size")
    found = {
        Rule.PROPORTIONAL: lambda: proportional(strata, n),
        Rule.NEYMAN: lambda: neyman(strata, n),
        Rule.SIZE: lambda: inclusion_probabilities([one.size for one in strata], n),
    }[rule]()
    return {"shares": [round(value, PLACES) for value in found]}


def calc_draw(data: object) -> dict[str, object]:
    """Method `sampling.draw.v1`: {seed, by_size?, substitutes?, numbers: [{stratum?, n}], places: [{id, stratum?, size?, excluded?}]}."""
    fields = Fields(data, ("seed", "by_size", "substitutes", "numbers", "places"))
    numbers: dict[str, int] = {}
    for entry, place in fields.items("numbers"):
        one = Fields(entry, ("stratum", "n"), place)
        numbers[one.text("stratum", "")] = one.integer("n", 0, MOST)
    places = []
    for entry, place in fields.items("places"):
        one = Fields(entry, ("id", "stratum", "size", "excluded"), place)
        places.append(
            Place(
                one.text("id"),
                one.text("stratum", ""),
                one.integer("size", 1, MOST, 1),
                one.text("excluded", ""),
            )
        )
    found = draw(
        places,
        seed=fields.text("seed"),
        numbers=numbers,
        by_size=fields.flag("by_size", False),
        substitutes=fields.integer("substitutes", 0, MOST, 0),
    )
    return {
        "method": METHOD,
        "drawn": [{"id": d.id, "stratum": d.stratum, "certain": d.certain} for d in found.drawn],
        "substitutes": [{"id": d.id, "stratum": d.stratum} for d in found.substitutes],
        "excluded": [{"id": p.id, "why": p.excluded} for p in places if p.excluded],
        "keys": dict(found.keys),
    }
