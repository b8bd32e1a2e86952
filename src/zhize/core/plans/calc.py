"""Plain data in, plain data out: what `zhize calc plans.similar` runs. Raises CoreError."""

from __future__ import annotations

from decimal import Decimal

from ..kernel.errors import BadFact, BadRule
from ..kernel.fields import Fields
from .similar import Item, Weighing, similar

SHARES = ("threshold", "title_weight", "same_duty", "common_share")


def calc_similar(data: object) -> dict[str, object]:
    """Method `plans.similar`."""
    fields = Fields(data, ("items", *SHARES))
    items = [_item(entry, place) for entry, place in fields.items("items")]
    twice = sorted({one.id for one in items if [other.id for other in items].count(one.id) > 1})
    if twice:
        raise BadFact(f"编号“{twice[0]}”出现了两次", where="items", remedy="每个事项请用不同的编号")
    pairs = similar(items, weighing_from({name: fields.data.get(name) for name in SHARES}))
    return {
        "pairs": [
            {"first": p.first, "second": p.second, "score": format(p.score, "f"), "reasons": list(p.reasons)}
            for p in pairs
        ]
    }


def weighing_from(data: object) -> Weighing:
    """The four shares; each must lie between 0 and 1."""
    fields = Fields(data, SHARES)
    return Weighing(**{name: _share(fields, name) for name in SHARES})


def _share(fields: Fields, name: str) -> Decimal:
    value = fields.decimal(name)
    if not 0 <= value <= 1:
        raise BadRule(f"“{value}”不在 0 和 1 之间", where=fields.place(name), remedy="请填 0 至 1 的小数")
    return value


def _item(entry: object, place: str) -> Item:
    fields = Fields(entry, ("id", "title", "text", "unit", "duties"), place)
    duties = tuple(str(duty) for duty, _place in fields.items("duties"))
    return Item(
        fields.text("id"), fields.text("title"), fields.text("text", ""), fields.text("unit", ""), duties
    )
