"""The ladder of supervision (督办): which step may follow which, from data.

The default has three rungs, 提醒 → 催办 → 提请督办; local ladders (交办单/催办单/督办通知单, 蓝黄红) are other data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..kernel.errors import BadRule, NoSuchStep
from ..kernel.fields import Fields

KEYS = (
    "order",
    "name",
    "roles",
    "signer",
    "after",
    "overdue_days",
    "paper",
    "paper_title",
    "reply_days",
    "by_rule",
    "rule_days",
)
MATTER = "{matter}"
FARTHEST = 366


class ByRule(StrEnum):
    """What happens by itself on the days of a rung: it is sent, or a person is asked to decide."""

    SEND = "send"
    PROPOSE = "propose"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: who may take it, whether a leader signs, which step must have gone before, how late the matter must be.

    `overdue_days`: at least so many days past the due date; None: at any time, before it too. `paper`: the kind of official
    document that is drafted when it is taken (督办通知; empty: none), entitled `paper_title`, where {matter} stands for the
    tasks. `reply_days`: working days within which an answer is asked for. `by_rule`: on each day of `rule_days` (days past the
    due date, negative before it) it is sent by itself or proposed to the office.
    """

    key: str
    order: int
    name: str
    roles: tuple[str, ...]
    signer: bool = False
    after: str = ""
    overdue_days: int | None = None
    paper: str = ""
    paper_title: str = ""
    reply_days: int | None = None
    by_rule: ByRule | None = None
    rule_days: tuple[int, ...] = ()

    @classmethod
    def from_mapping(cls, key: str, data: object) -> Rung:
        """One value of the rule. Raises BadRule naming the field."""
        fields = Fields(data, KEYS, where=key)
        paper, title = fields.text("paper", ""), fields.text("paper_title", "")
        if paper and MATTER not in title:
            raise BadRule(
                f"文书标题“{title}”中没有 {MATTER}",
                where=fields.place("paper_title"),
                remedy=f"请写成“关于督办{MATTER}的通知”",
            )
        signer = fields.flag("signer", False)
        by_rule = fields.choice("by_rule", ByRule) if fields.has("by_rule") else None
        if signer and by_rule is ByRule.SEND:
            raise BadRule(
                "须签发的一级不能由系统直接发出",
                where=fields.place("by_rule"),
                remedy="请改为 propose，由办公室决定",
            )
        return cls(
            key=key,
            order=fields.integer("order", 1, 99, 1),
            name=fields.text("name"),
            roles=tuple(str(role) for role, _place in fields.items("roles")),
            signer=signer,
            after=fields.text("after", ""),
            overdue_days=fields.integer("overdue_days", 0, 366, 0) if fields.has("overdue_days") else None,
            paper=paper,
            paper_title=title,
            reply_days=fields.integer("reply_days", 1, 366, 1) if fields.has("reply_days") else None,
            by_rule=by_rule,
            rule_days=_days(fields),
        )


def _days(fields: Fields) -> tuple[int, ...]:
    """Days past the due date, in order."""
    found = []
    for day, place in fields.items("rule_days"):
        if isinstance(day, bool) or not isinstance(day, int) or abs(day) > FARTHEST:
            raise BadRule(
                f"“{day}”不合适", where=place, remedy=f"请填 -{FARTHEST} 至 {FARTHEST} 的整数，负数为到期前"
            )
        found.append(day)
    return tuple(sorted(set(found)))


def _order(found: tuple[Rung, int]) -> int:
    return found[0].order


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs in order."""

    rungs: tuple[Rung, ...]

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> Ladder:
        """The values of a rule whose keys are the rungs."""
        rungs = (Rung.from_mapping(key, value) for key, value in data.items())
        return cls(tuple(sorted(rungs, key=lambda rung: (rung.order, rung.key))))

    def rung(self, key: str) -> Rung:
        """The rung of this key; NoSuchStep in words if the ladder has none."""
        for rung in self.rungs:
            if rung.key == key:
                return rung
        raise NoSuchStep(
            f"督办办法没有“{key}”这一步", remedy=f"可用：{'、'.join(rung.name for rung in self.rungs)}"
        )

    def why_not(self, rung: Rung, taken: Sequence[str], overdue: int | None) -> str:
        """Why this rung may not be taken yet, in words; empty when it may.

        `taken`: keys of the steps so far; `overdue`: days past the due date today (0 or less: in time; None: no date).
        """
        if rung.after and rung.after not in taken:
            return f"尚未{self.rung(rung.after).name}，不能直接{rung.name}"
        if rung.overdue_days is not None and (overdue is None or overdue < rung.overdue_days):
            late = f"逾期满 {rung.overdue_days} 日后" if rung.overdue_days else "到期后"
            return f"{late}才能{rung.name}"
        return ""

    def sent_by_rule(self, taken: Sequence[str], overdue: int | None) -> tuple[Rung, int] | None:
        """The rung that goes out by itself and the last of its days that has come; on its later days it is repeated, once a
        higher one was taken no more."""
        return max(self._on_its_day(ByRule.SEND, taken, overdue), key=_order, default=None)

    def proposed_by_rule(self, taken: Sequence[str], overdue: int | None) -> tuple[Rung, int] | None:
        """The next rung that a person is asked to take, from the first of its days on."""
        new = [
            found for found in self._on_its_day(ByRule.PROPOSE, taken, overdue) if found[0].key not in taken
        ]
        return min(new, key=_order, default=None)

    def _on_its_day(self, how: ByRule, taken: Sequence[str], overdue: int | None) -> list[tuple[Rung, int]]:
        return [
            (rung, come[-1])
            for rung in self.rungs
            if rung.by_rule is how and rung.roles and rung.order >= self.highest(taken)
            if (come := [day for day in rung.rule_days if overdue is not None and day <= overdue])
            if not self.why_not(rung, taken, overdue)
        ]

    def highest(self, taken: Sequence[str]) -> int:
        """The order of the highest rung taken; 0 before the first."""
        return max((self.rung(k).order for k in taken if k in {r.key for r in self.rungs}), default=0)

    def next_for(self, taken: Sequence[str], overdue: int | None, roles: frozenset[str]) -> Rung | None:
        """The step that comes by itself: the highest one open to these roles that is not a repetition of a lower one.

        After a step has been taken the one above it follows as soon as it may; until then the same is repeated.
        """
        may = [r for r in self.rungs if roles & set(r.roles) and not self.why_not(r, taken, overdue)]
        done = self.highest(taken)
        above = [r for r in may if r.order > done]
        if above:
            return above[0]
        return max(may, key=lambda r: r.order, default=None)
