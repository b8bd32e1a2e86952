"""按时报送: what was due in the year, what came in time, late or not at all. Obligations are the usual source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar, Self

from ...kernel.errors import BadFact, BadRule
from ...kernel.fields import Fields
from ...kernel.trace import in_words
from ..facts import Given
from ..numbers import number, percent, say
from .base import ZERO, Fault, Found, Method, Peers, inputs, nothing

ITEM = ("title", "due", "done_on", "waived")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that was due. `days`: days late; None: never came. `waived`: excused, not counted."""

    title: str
    due: date
    done_on: date | None
    waived: str

    @property
    def days(self) -> int | None:
        return None if self.done_on is None else max((self.done_on - self.due).days, 0)

    def words(self) -> str:
        if self.waived:
            return f"{self.title}：免办（{self.waived}）"
        if self.done_on is None:
            return f"{self.title}：{in_words(self.due)}到期，未报"
        late = f"，迟{self.days}天" if self.days else ""
        return f"{self.title}：{in_words(self.due)}到期，{in_words(self.done_on)}报{late}"


@dataclass(frozen=True, slots=True)
class OnTime(Method):
    """Either `proportion` (points × in time ÷ due), or a deduction: `late` for each that came late, `late_day` for
    each day of it, no more than `missing` for one thing; `missing` for each that never came. Not below 0."""

    proportion: bool
    late: Fraction
    late_day: Fraction
    missing: Fraction
    unit: str

    kind: ClassVar[str] = "on_time"
    label: ClassVar[str] = "按时报送"
    asks: ClassVar[tuple[str, ...]] = ("items", "due", "on_time", "late")

    @classmethod
    def read(cls, fields: Fields) -> Self:
        proportion = fields.flag("proportion", False)
        late, day, missing = (number(fields, name, "0") for name in ("late", "late_day", "missing"))
        if min(late, day, missing) < 0:
            raise BadRule("扣分写成了负数", where=fields.where, remedy="请写扣多少分，不带负号")
        if proportion == bool(late or day or missing):
            raise BadRule(
                "没有写明怎样计分" if not proportion else "既按比例又按次扣分",
                where=fields.where,
                remedy="写 proportion: true，或写 late、missing（每次扣多少分），只选一种",
            )
        return cls(proportion, late, day, missing, fields.text("unit", "次"))

    def words(self, points: Fraction) -> str:
        if self.proportion:
            return "按时报送的比例得分"
        return f"{self._rates(late=True, missing=True)}，扣完为止"

    def _rates(self, *, late: bool, missing: bool) -> str:
        parts = [f"每未报1{self.unit}扣{say(self.missing)}分"] if self.missing and missing else []
        if self.late and late:
            parts.append(f"每迟报1{self.unit}扣{say(self.late)}分")
        if self.late_day and late:
            parts.append(f"每迟1天扣{say(self.late_day)}分")
        return "，".join(parts)

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if not self.proportion and not self.missing:
            yield Fault("no_missing", "只写了迟报怎样扣分，没有写不报怎样扣", "请写明每未报一次扣多少分")
        elif not self.proportion and self.late > self.missing:
            yield Fault("late_dearer", "迟报比不报扣得多", "请核对扣分标准")

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        if fields.data.get("items") is not None:
            items = [_due(entry, place) for entry, place in fields.items("items")]
            counted = [one for one in items if not one.waived]
            cases = tuple(one.words() for one in items if one.waived or one.days != 0)
            late = [one.days for one in counted if one.days]
            missing = sum(one.days is None for one in counted)
            return self._found(points, len(counted), late, missing, cases)
        if not fields.has("due"):
            return nothing("没有写明应报多少次")
        due, in_time, late_count = (fields.integer(name, 0, 10**6, 0) for name in ("due", "on_time", "late"))
        if in_time + late_count > due:
            raise BadFact("按时与迟报之和多于应报", where=fields.where, remedy="请核对 due、on_time、late")
        if self.late_day and late_count:
            return nothing("按天扣分须逐件写明日期（items），只有次数无法计算")
        return self._found(points, due, [0] * late_count, due - in_time - late_count, ())

    def _found(
        self, points: Fraction, due: int, late: list[int], missing: int, cases: tuple[str, ...]
    ) -> Found:
        if due == 0:
            return Found(None, "本期没有应报事项", inputs(应报=0), cases, applies=False)
        known = inputs(应报=due, 按时=due - len(late) - missing, 迟报=len(late), 未报=missing)
        said = f"应报{due}{self.unit}，按时{due - len(late) - missing}{self.unit}"
        said += f"，迟报{len(late)}{self.unit}" if late else ""
        said += f"，未报{missing}{self.unit}" if missing else ""
        if self.proportion:
            share = Fraction(due - len(late) - missing, due)
            got = points * share
            return Found(got, f"{said}，{say(points)}分×{percent(share)}＝{say(got)}分", known, cases)
        off = self.missing * missing + sum((self._late(days) for days in late), ZERO)
        got = max(points - off, ZERO)
        if not off:
            return Found(got, f"{said}，不扣分，得{say(got)}分", known, cases)
        rates = self._rates(late=bool(late), missing=bool(missing))
        over = "，扣完为止" if off > points else ""
        return Found(got, f"{said}，{rates}，应扣{say(off)}分{over}，得{say(got)}分", known, cases)

    def _late(self, days: int) -> Fraction:
        off = self.late + self.late_day * days
        return min(off, self.missing) if self.missing else off


def _due(data: object, where: str) -> Due:
    one = Fields(data, ITEM, where)
    return Due(
        one.text("title", "报送事项"), one.day("due"), one.day_or_none("done_on"), one.text("waived", "")
    )
