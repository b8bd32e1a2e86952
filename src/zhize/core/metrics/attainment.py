"""How far a figure has come towards its target, by the figure's direction, its base and its path.

Units: all values in the card's own unit. Nothing is rounded here; a degree is a share (1 = reached), not capped: a cap
belongs to the scheme that scores it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from ..kernel.errors import BadRule
from ..kernel.rounding import DIGITS
from ..kernel.trace import Trace


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"

    @property
    def label(self) -> str:
        return {"higher": "越高越好", "lower": "越低越好", "range": "在区间内为好"}[self.value]


class State(StrEnum):
    """Where a figure stands on a day."""

    REACHED = "reached"
    ON_PATH = "on_path"
    BEHIND = "behind"
    UNDER_WAY = "under_way"
    MISSED = "missed"
    NO_DATA = "no_data"

    @property
    def label(self) -> str:
        return {
            "reached": "已达到",
            "on_path": "达到进度",
            "behind": "落后进度",
            "under_way": "未到期",
            "missed": "未达到",
            "no_data": "无数据",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """What should be reached by a day on the way."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: `value` by `due`; a range has `upper` as well. `base` is where it started, `steps` the way."""

    direction: Direction
    value: Decimal
    due: date
    upper: Decimal | None = None
    base: Decimal | None = None
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if (self.direction is Direction.RANGE) != (self.upper is not None):
            raise BadRule(
                "区间目标要写上限，其他方向不写",
                where="upper",
                remedy="区间写 target（下限）和 upper（上限）",
            )
        if self.upper is not None and self.upper < self.value:
            raise BadRule("上限小于下限", where="upper", remedy="请对调")
        days = [step.on for step in self.steps]
        if days != sorted(set(days)) or any(day >= self.due for day in days):
            raise BadRule(
                "进度的日期没有递增，或不早于目标日期",
                where="steps",
                remedy="请按日期从早到晚写，每一步早于目标日期",
            )
        if self.steps and self.direction is Direction.RANGE:
            raise BadRule("区间目标没有进度", where="steps", remedy="请删去 steps")

    def expected(self, on: date) -> Decimal | None:
        """What should be reached by that day: the target from its due date on, before it the last step, else nothing."""
        if on >= self.due:
            return self.value
        return next((step.value for step in reversed(self.steps) if step.on <= on), None)

    def met_by(self, actual: Decimal, wanted: Decimal) -> bool:
        """Whether a figure is at least as good as `wanted`."""
        if self.direction is Direction.LOWER:
            return actual <= wanted
        if self.upper is not None:
            return self.value <= actual <= self.upper
        return actual >= wanted


@dataclass(frozen=True, slots=True)
class Attainment:
    """`degree`: 1 = reached; None where no share can be said. `gap`: how much is lacking, negative where exceeded."""

    state: State
    degree: Decimal | None
    expected: Decimal | None
    gap: Decimal | None
    trace: Trace


def attain(goal: Goal, actual: Decimal | None, on: date) -> Attainment:
    """The state of a figure on a day (method `metrics.attainment`)."""
    with localcontext() as context:
        context.prec = DIGITS
        expected = goal.expected(on)
        degree = None if actual is None else _degree(goal, actual)
        gap = None if actual is None else _gap(goal, actual)
    state = _state(goal, actual, expected, on)
    trace = Trace.of(
        "metrics.attainment",
        f"目标完成情况（{goal.direction.label}）",
        state.label,
        {"目标": goal.value, "基期": goal.base, "当日应达到": expected, "实际": actual, "完成比例": degree},
    )
    return Attainment(state, degree, expected, gap, trace)


def _state(goal: Goal, actual: Decimal | None, expected: Decimal | None, on: date) -> State:
    if actual is None:
        return State.NO_DATA
    if goal.met_by(actual, goal.value):
        return State.REACHED
    if on >= goal.due:
        return State.MISSED
    if expected is None:
        return State.UNDER_WAY
    return State.ON_PATH if goal.met_by(actual, expected) else State.BEHIND


def _degree(goal: Goal, actual: Decimal) -> Decimal | None:
    if goal.upper is not None:
        if goal.met_by(actual, goal.value):
            return Decimal(1)
        return _over(actual, goal.value) if actual < goal.value else _over(goal.upper, actual)
    if goal.base is not None:
        is_ahead = goal.met_by(goal.base, goal.value)
        return None if is_ahead else (actual - goal.base) / (goal.value - goal.base)
    if goal.direction is Direction.LOWER:
        return _over(goal.value, actual) if goal.value >= 0 else None
    return _over(actual, goal.value)


def _over(part: Decimal, whole: Decimal) -> Decimal | None:
    """A share only of a positive whole: half of −3 says nothing."""
    return part / whole if whole > 0 else None


def _gap(goal: Goal, actual: Decimal) -> Decimal:
    if goal.upper is not None:
        return max(goal.value - actual, actual - goal.upper)
    return actual - goal.value if goal.direction is Direction.LOWER else goal.value - actual
