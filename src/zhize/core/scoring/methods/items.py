"""表彰奖励 and 平时加减分台账: points that come as dated items. Honours for one matter don't add up unless said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Self

from ...kernel.errors import BadFact, BadRule
from ...kernel.fields import Fields
from ...kernel.trace import in_words
from ..facts import Given
from ..numbers import number, number_or_none, say
from .base import ZERO, Fault, Found, Method, Peers, inputs, not_negative
from .levels import Level


class Count(StrEnum):
    """Which honours count: the highest alone; the highest of each matter; all."""

    HIGHEST = "highest"
    PER_MATTER = "per_matter"
    ALL = "all"


HOW = {
    Count.HIGHEST: "只计最高一项，不累加",
    Count.PER_MATTER: "同一事项只计最高一项",
    Count.ALL: "累加计分",
}


@dataclass(frozen=True, slots=True)
class Honours(Method):
    """Points by level (国家级、省级); `count` says whether they add up; no more than `cap`."""

    levels: tuple[Level, ...]
    count: Count
    cap: Fraction | None

    kind: ClassVar[str] = "honours"
    label: ClassVar[str] = "表彰奖励加分"
    asks: ClassVar[tuple[str, ...]] = ("items",)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        levels = []
        for entry, place in fields.items("levels"):
            one = Fields(entry, ("code", "points"), place)
            levels.append(Level(one.text("code"), not_negative(number(one, "points"), one, "points")))
        if not levels:
            raise BadRule("没有级别", where=fields.place("levels"), remedy="请至少写一级（code、points）")
        cap = number_or_none(fields, "cap")
        return cls(
            tuple(levels),
            fields.choice("count", Count, Count.HIGHEST),
            None if cap is None else not_negative(cap, fields, "cap"),
        )

    def words(self, points: Fraction) -> str:
        rows = "；".join(f"{one.code}加{say(one.points)}分" for one in self.levels)
        end = f"，最多加{say(self.cap)}分" if self.cap is not None else ""
        return f"{rows}，{HOW[self.count]}{end}"

    def most(self, points: Fraction) -> Fraction | None:
        top = max(one.points for one in self.levels)
        if self.count is Count.HIGHEST:
            return top if self.cap is None else min(top, self.cap)
        return self.cap

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if self.most(points) is None:
            yield Fault("no_cap", "加分可以累加而没有上限", "请写明最多加多少分，或只计最高一项")

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        worth = {one.code: one.points for one in self.levels}
        rows: list[tuple[str, str, Fraction, str]] = []
        for entry, place in fields.items("items"):
            one = Fields(entry, ("title", "level", "matter", "dated_on"), place)
            level = one.text("level")
            if level not in worth:
                raise BadFact(
                    f"没有“{level}”这一级", where=one.place("level"), remedy=f"可选：{'、'.join(worth)}"
                )
            title = one.text("title")
            rows.append((one.text("matter", title), title, worth[level], level))
        cases = tuple(f"{title}（{level}，{say(value)}分）" for _m, title, value, level in rows)
        if self.count is Count.ALL:
            got = sum((value for _m, _t, value, _l in rows), ZERO)
        else:
            best: dict[str, Fraction] = {}
            for matter, _title, value, _level in rows:
                key = matter if self.count is Count.PER_MATTER else ""
                best[key] = max(best.get(key, ZERO), value)
            got = sum(best.values(), ZERO)
        said = f"共{len(rows)}项，{HOW[self.count]}"
        if self.cap is not None and got > self.cap:
            got = self.cap
            said += f"，最多加{say(got)}分"
        return Found(got, f"{said}，加{say(got)}分", inputs(项数=len(rows)), cases)


@dataclass(frozen=True, slots=True)
class Ledger(Method):
    """Points added and taken during the year, each with its reason; within `up_cap` and `down_cap`."""

    up_cap: Fraction | None
    down_cap: Fraction | None

    kind: ClassVar[str] = "ledger"
    label: ClassVar[str] = "平时加减分"
    asks: ClassVar[tuple[str, ...]] = ("items",)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        def cap(name: str) -> Fraction | None:
            value = number_or_none(fields, name)
            return None if value is None else not_negative(value, fields, name)

        return cls(cap("up_cap"), cap("down_cap"))

    def words(self, points: Fraction) -> str:
        up = f"最多加{say(self.up_cap)}分" if self.up_cap is not None else "加分不限"
        down = f"最多扣{say(self.down_cap)}分" if self.down_cap is not None else "扣分不限"
        return f"按平时加减分台账累计，{up}，{down}"

    def most(self, points: Fraction) -> Fraction | None:
        return self.up_cap

    def faults(self, points: Fraction) -> Iterator[Fault]:
        if self.up_cap is None:
            yield Fault("no_cap", "平时加分没有上限", "请写明最多加多少分（up_cap）")

    def score(self, points: Fraction, given: Given, peers: Peers) -> Found:
        fields = given.fields(self.asks)
        total, cases = ZERO, []
        for entry, place in fields.items("items"):
            one = Fields(entry, ("title", "points", "dated_on", "by"), place)
            value = number(one, "points")
            day = f"{in_words(one.day('dated_on'))}，" if one.has("dated_on") else ""
            by = f"（{one.text('by')}）" if one.has("by") else ""
            cases.append(f"{day}{one.text('title')}：{'加' if value >= 0 else '扣'}{say(abs(value))}分{by}")
            total += value
        got = total
        if self.up_cap is not None:
            got = min(got, self.up_cap)
        if self.down_cap is not None:
            got = max(got, -self.down_cap)
        held = f"，按限额计{say(got)}分" if got != total else ""
        return Found(got, f"共{len(cases)}笔，合计{say(total)}分{held}", inputs(合计=total), tuple(cases))
