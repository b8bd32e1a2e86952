"""Reading due dates from data; every refusal names the field and what to write instead."""

from __future__ import annotations

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.periods import Every, month_end
from .due import LAST, Due, InMonth, Offset, OnDate, OnDay, OnMonthDay, Span, Unit, Which

WAYS = ("date", "fixed", "after_start", "after_end", "before_start", "before_end", "after_in_force")
LONGEST = 3660


def span_from(fields: Fields, *, sign: int = 1, low: int = 0) -> Span:
    """{days: n} or {workdays: n}."""
    unit = Unit(fields.only_one([member.value for member in Unit]))
    return Span(sign * fields.integer(unit.value, low, LONGEST), unit)


def due_from(fields: Fields, every: Every) -> Due:
    """The way written in `due`, fitting how often the duty recurs. Raises BadRule naming the field."""
    way = fields.only_one(WAYS)
    for_once = ("date", "after_in_force")
    if (every is Every.ONCE) != (way in for_once):
        fitting = [name for name in WAYS if (name in for_once) == (every is Every.ONCE)]
        raise BadRule(
            f"{every.label}的事项不能用“{way}”",
            where=fields.where,
            remedy=f"请改用 {'、'.join(fitting)} 之一",
        )
    if way == "date":
        return OnDate(fields.day("date"))
    if way == "fixed":
        return _fixed(fields, every)
    sign = -1 if way.startswith("before") else 1
    return Offset(way, span_from(fields.child(way, ("days", "workdays")), sign=sign))


def _fixed(fields: Fields, every: Every) -> OnMonthDay | OnDay:
    if every is Every.YEAR:
        inner = fields.child("fixed", ("month", "day", "year"))
        month = inner.integer("month", 1, 12)
        day = _day(inner, 28 if month == 2 else month_end(2000, month))
        return OnMonthDay(month, day, inner.choice("year", Which, Which.THIS))
    inner = fields.child("fixed", ("day", "in_month"))
    usual = InMonth.LAST if every is Every.MONTH else None
    return OnDay(_day(inner, 31), inner.choice("in_month", InMonth, usual))


def _day(fields: Fields, highest: int) -> int:
    if fields.data.get("day") == LAST:
        return 0
    try:
        return fields.integer("day", 1, highest)
    except BadRule as error:
        raise BadRule(
            error.what, where=error.where, remedy=f"请填 1 至 {highest}，或写 last 表示当月最后一日"
        ) from None
