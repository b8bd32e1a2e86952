"""Grades: which there are, from which points, for how many. Best first.

Sample: [{code: A, from: "90"}, {code: B, from: "80", to: "89"}, {code: C, from: "60", to: "79"}, {code: D, below: "60"}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.rounding import Rounding
from .methods.base import Fault, kept
from .numbers import number, percent, say
from .ranges import RANGE, Range, gaps


class AtBorder(StrEnum):
    """Equals at the last place of a quota: all left out, all let in."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Quota:
    """No more than this share of the ranked objects, or no more than so many. `mode` makes places of a share."""

    share: Fraction | None = None
    count: int | None = None
    mode: Rounding = Rounding.DOWN

    def words(self) -> str:
        return f"不超过{percent(self.share)}" if self.share is not None else f"不超过{self.count}个"


@dataclass(frozen=True, slots=True)
class Grade:
    """`range` of points; `quota` on top of it, or alone."""

    code: str
    label: str
    range: Range
    quota: Quota | None = None

    def words(self) -> str:
        parts = [] if self.range == Range() and self.quota else [self.range.words("分")]
        return f"{self.label}：" + "，".join(parts + ([self.quota.words()] if self.quota else []))


@dataclass(frozen=True, slots=True)
class Scale:
    """`places`, `mode`: how the total is rounded before its grade is looked up; None: the published figure is. `border`:
    what becomes of equals at a quota; None: nobody said."""

    grades: tuple[Grade, ...] = ()
    places: int | None = None
    mode: Rounding = Rounding.HALF_UP
    border: AtBorder | None = None

    @property
    def has_quota(self) -> bool:
        return any(one.quota for one in self.grades)

    def place_of(self, code: str) -> int:
        """0 for the best; the number of grades for an unknown one."""
        return next((n for n, one in enumerate(self.grades) if one.code == code), len(self.grades))

    def grade(self, code: str) -> Grade | None:
        return next((one for one in self.grades if one.code == code), None)

    def words(self) -> str:
        return "；".join(one.words() for one in self.grades)

    def faults(self, step: Fraction, lowest: Fraction, highest: Fraction | None) -> Iterator[Fault]:
        """Holes, overlaps, quotas that don't add up. `step`: the distance of two possible figures; `lowest`, `highest`:
        what a total can be."""
        if not self.grades:
            return
        shares = sum((one.quota.share for one in self.grades if one.quota and one.quota.share), Fraction(0))
        if shares > 1:
            yield Fault("quota", f"各等次名额比例之和为{percent(shares)}，超过100%", "请核对各等次名额")
        if self.has_quota:
            if self.border is None:
                yield Fault(
                    "quota_ties", "没有写明名额边上分数相同怎样处理", "请写 ties: out（都不进）或 in（都进）"
                )
            if self.grades[-1].quota:
                yield Fault("quota_end", "最低等次也限了名额，名额之外的没有等次", "请去掉最低等次的名额")
            return
        ranges = [one.range for one in self.grades]
        for gap in gaps(ranges, step):
            pair = f"{self.grades[gap.first].label}（{ranges[gap.first].words()}）与{self.grades[gap.second].label}（{ranges[gap.second].words()}）"
            if gap.is_hole:
                yield Fault(
                    "hole",
                    f"{pair}之间有空档：{say(gap.sample)}分没有等次",
                    "请写明分等前怎样取整（scale.rounding.places: 0），或改用“不满”（below）",
                )
            else:
                yield Fault(
                    "overlap", f"{pair}重叠：{say(gap.sample)}分两个等次都算", "请把其中一端改为不含本数"
                )
        lows = [one.low for one in ranges]
        if None not in lows and min(low for low in lows if low is not None) > lowest:
            least = min(low for low in lows if low is not None)
            yield Fault("hole", f"低于{say(least)}分没有等次", "请补上最低等次")
        highs = [one.high for one in ranges]
        top = max((high for high in highs if high is not None), default=None)
        if None not in highs and top is not None and (highest is None or highest > top):
            yield Fault("hole", f"加分后可超过{say(top)}分，超过的没有等次", f"请把最高等次写成{say(min(r.low or top for r in ranges if r.high == top))}分以上")  # fmt: skip


def rounding_from(fields: Fields, name: str, places: int) -> tuple[int, Rounding]:
    """{places: 2, mode: half_up}."""
    one = fields.child(name, ("places", "mode"))
    return one.integer("places", 0, 8, places), mode_from(one, "mode", Rounding.HALF_UP)


def mode_from(fields: Fields, name: str, default: Rounding) -> Rounding:
    code = fields.text(name, default.code)
    found = next((one for one in Rounding if one.code == code), None)
    if found is None:
        raise BadRule(
            f"没有“{code}”这种取整方式",
            where=fields.place(name),
            remedy=f"可选：{'、'.join(one.code for one in Rounding)}",
        )
    return found


def scale_from(data: object, where: str) -> Scale:
    """From {grades: […], rounding: {places, mode}, ties: out}."""
    fields = Fields(data, ("grades", "rounding", "ties"), where)
    grades = tuple(_grade(entry, place) for entry, place in fields.items("grades"))
    codes = [one.code for one in grades]
    if repeated := sorted({code for code in codes if codes.count(code) > 1}):
        raise BadRule(f"等次“{repeated[0]}”写了两次", where=fields.place("grades"), remedy="每个等次只写一次")
    places, mode = (
        rounding_from(fields, "rounding", 0) if fields.has("rounding") else (None, Rounding.HALF_UP)
    )
    border = fields.choice("ties", AtBorder) if fields.has("ties") else None
    return Scale(grades, places, mode, border)


def _grade(data: object, where: str) -> Grade:
    fields = Fields(data, ("code", "label", *RANGE, "at_most"), where)
    code = fields.text("code")
    quota = None
    if fields.has("at_most"):
        one = fields.child("at_most", ("share", "count", "rounding"))
        one_of = one.only_one(("share", "count"))
        if one_of == "share":
            share = number(one, "share")
            if not 0 < share <= 1:
                raise BadRule(f"比例“{say(share)}”不合适", where=one.place("share"), remedy='30%写成 "0.3"')
            quota = Quota(share=share, mode=mode_from(one, "rounding", Rounding.DOWN))
        else:
            quota = Quota(count=one.integer("count", 0, 10**6))
    return Grade(code, fields.text("label", code), Range.read(fields), quota)


def scale_mapping(scale: Scale) -> dict[str, object]:
    """Back to data."""
    found: dict[str, object] = {"grades": [_grade_mapping(one) for one in scale.grades]}
    if scale.places is not None:
        found["rounding"] = {"places": scale.places, "mode": scale.mode.code}
    if scale.border is not None:
        found["ties"] = scale.border.value
    return found


def _grade_mapping(one: Grade) -> dict[str, object]:
    row: dict[str, object] = {"code": one.code, "label": one.label}
    row |= kept(
        {"from": one.range.from_, "above": one.range.above, "to": one.range.to, "below": one.range.below}
    )
    if one.quota:
        quota: dict[str, object] = kept({"share": one.quota.share, "count": one.quota.count})
        if one.quota.share is not None:
            quota["rounding"] = one.quota.mode.code
        row["at_most"] = quota
    return row
