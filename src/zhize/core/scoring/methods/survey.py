"""满意度测评: answers of one or several groups, each with its weight, on a common scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from ...kernel.errors import BadFact, BadRule
from ...kernel.fields import Fields
from ..facts import Given
from ..numbers import number, percent, say
from .base import ZERO, Fault, Found, Method, Peers, inputs, nothing, positive


@dataclass(frozen=True, slots=True)
class Group:
    """Who was asked, and what their answers weigh."""

    code: str
    title: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """An answer one could tick, and what it is worth on the scale."""

    code: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Survey(Method):
    """points × weighted mean ÷ `full`. Fewer than `at_least` answers of a group: no value, unless `share_missing`
    lets the other groups stand for it."""

    groups: tuple[Group, ...]
    levels: tuple[Level, ...]
    full: Fraction
    at_least: int
    share_missing: bool

    kind: ClassVar[str] = "survey"
    label: ClassVar[str] = "满意度测评"
    asks: ClassVar[tuple[str, ...]] = ("answers",)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        groups = []
        for entry, place in fields.items("groups"):
            one = Fields(entry, ("code", "title", "weight"), place)
            code = one.text("code")
            groups.append(
                Group(code, one.text("title", code), positive(number(one, "weight"), one, "weight"))
            )
        levels = []
        for entry, place in fields.items("levels"):
            one = Fields(entry, ("code", "value"), place)
            levels.append(Level(one.text("code"), number(one, "value")))
        if not groups:
            raise BadRule("没有测评对象", where=fields.place("groups"), remedy="请至少写一组（code、weight）")
        return cls(
            tuple(groups),
            tuple(levels),
            positive(number(fields, "full", "100"), fields, "full"),
            fields.integer("at_least", 1, 10**7, 1),
            fields.flag("share_missing", False),
        )

    def words(self, points: Fraction) -> str:
        parts = "、".join(f"{one.title}占{percent(one.weight)}" for one in self.groups)
        few = f"，少于{self.at_least}份的不计" if self.at_least > 1 else ""
        return f"满意度测评（{parts}），按得分率计分{few}"

    def faults(self, points: Fraction) -> Iterator[Fault]:
        total = sum((one.weight for one in self.groups), ZERO)
        if total != 1:
            yield Fault("weights", f"各组权重之和为{percent(total)}，不是100%", "请核对权重")
        top = max((one.value for one in self.levels), default=self.full)
        if top != self.full:
            yield Fault(
                "levels", f"最高选项{say(top)}，与满分{say(self.full)}不一致", "请核对选项分值或 full"
            )

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        answers = fields.child("answers", tuple(one.code for one in self.groups))
        known, cases, lacking, sampled = [], [], [], False
        for group in self.groups:
            mean, count, asked = self._mean(answers, group)
            if mean is None or count < self.at_least:
                lacking.append(f"{group.title}{'没有测评' if mean is None else f'只有{count}份'}")
                continue
            known.append((group, mean))
            sampled = sampled or bool(asked)
            out = f"发放{asked}份、有效{count}份" if asked else f"{count}份"
            cases.append(f"{group.title}：{out}，平均{say(mean)}分")
        if not known or (lacking and not self.share_missing):
            return nothing("；".join(lacking) + "，不能计分")
        weights = sum((group.weight for group, _ in known), ZERO)
        mean = sum((group.weight * value for group, value in known), ZERO) / weights
        got = points * mean / self.full
        said = f"加权平均{say(mean)}分（满分{say(self.full)}），{say(points)}分×{percent(mean / self.full)}＝{say(got)}分"
        if sampled:
            said = f"{'；'.join(cases)}；{said}"
        return Found(
            got, said, inputs(加权平均=mean), tuple(cases), tuple(f"{one}，由其他组分摊" for one in lacking)
        )

    def _mean(self, answers: Fields, group: Group) -> tuple[Fraction | None, int, int]:
        """Mean, valid answers, and how many were asked (0: not said)."""
        if not answers.has(group.code):
            return None, 0, 0
        one = answers.child(group.code, ("mean", "count", "levels", "asked"))
        mean, count = self._answered(one)
        asked = one.integer("asked", 0, 10**9, 0)
        if one.has("asked") and asked < count:
            raise BadFact(
                f"有效{count}份，多于发放的{asked}份", where=one.place("asked"), remedy="请核对份数"
            )
        return mean, count, asked

    def _answered(self, one: Fields) -> tuple[Fraction | None, int]:
        if one.has("levels"):
            return self._of_levels(one)
        mean = number(one, "mean")
        if not 0 <= mean <= self.full:
            raise BadFact(
                "平均分超出量程", where=one.place("mean"), remedy=f"请填 0 至 {say(self.full)} 的数"
            )
        return mean, one.integer("count", 0, 10**9, self.at_least)

    def _of_levels(self, one: Fields) -> tuple[Fraction | None, int]:
        worth: Mapping[str, Fraction] = {level.code: level.value for level in self.levels}
        ticked = one.child("levels", tuple(worth))
        counts = {code: ticked.integer(code, 0, 10**9, 0) for code in worth}
        total = sum(counts.values())
        if not total:
            return None, 0
        return sum((worth[code] * n for code, n in counts.items()), ZERO) / total, total
