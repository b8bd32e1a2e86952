"""The ladder of supervision (督办): which step may follow which, from data.

The default has three rungs, 提醒 → 催办 → 提请督办; local ladders (交办单/催办单/督办通知单, 蓝黄红) are other data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..kernel.errors import NoSuchStep
from ..kernel.fields import Fields

KEYS = ("order", "name", "roles", "signer", "after", "overdue_days")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: who may take it, whether a leader signs, which step must have gone before, how late the matter must be.

    `overdue_days`: at least so many days past the due date; None: at any time, before it too.
    """

    key: str
    order: int
    name: str
    roles: tuple[str, ...]
    signer: bool = False
    after: str = ""
    overdue_days: int | None = None

    @classmethod
    def from_mapping(cls, key: str, data: object) -> Rung:
        """One value of the rule. Raises BadRule naming the field."""
        fields = Fields(data, KEYS, where=key)
        return cls(
            key=key,
            order=fields.integer("order", 1, 99, 1),
            name=fields.text("name"),
            roles=tuple(str(role) for role, _place in fields.items("roles")),
            signer=fields.flag("signer", False),
            after=fields.text("after", ""),
            overdue_days=fields.integer("overdue_days", 0, 366, 0) if fields.has("overdue_days") else None,
        )


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

    def next_for(self, taken: Sequence[str], overdue: int | None, roles: frozenset[str]) -> Rung | None:
        """The step that comes by itself: the highest one open to these roles that is not a repetition of a lower one.

        After a step has been taken the one above it follows as soon as it may; until then the same is repeated.
        """
        may = [r for r in self.rungs if roles & set(r.roles) and not self.why_not(r, taken, overdue)]
        done = max((self.rung(k).order for k in taken if k in {r.key for r in self.rungs}), default=0)
        above = [r for r in may if r.order > done]
        if above:
            return above[0]
        return max(may, key=lambda r: r.order, default=None)
