"""Method `metrics.alert` as plain data in and out."""

from __future__ import annotations

from decimal import Decimal

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from .alerts import AlertRule, alerts
from .attainment import Direction


def calc_alerts(data: object) -> dict[str, object]:
    fields = Fields(data, ("direction", "unit", "decimals", "value", "year_ago", "ends", "alerts"))
    direction = fields.choice("direction", Direction, Direction.HIGHER)
    unit = fields.text("unit", "")
    rules = [AlertRule.from_mapping(one, direction, unit, place) for one, place in fields.items("alerts")]
    if "value" not in fields.data:
        raise BadRule("没有数", where=fields.place("value"), remedy="请写 value，没有统计的写 null")
    value, before = (_maybe(fields, name) for name in ("value", "year_ago"))
    found = alerts(
        rules, direction, value, before, unit=unit, places=fields.integer("decimals", 0, 8, 1),
        ends=fields.day_or_none("ends"),
    )  # fmt: skip
    return {"alerts": [{"rule": one.rule, "kind": one.kind.value, "what": one.what} for one in found]}


def _maybe(fields: Fields, name: str) -> Decimal | None:
    return fields.decimal(name) if fields.has(name) and fields.data[name] is not None else None
