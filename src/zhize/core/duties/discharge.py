"""Discharge: from facts to the state of one obligation on one day (method `duties.discharge`).

The day of submission decides lateness, never the day of confirmation. The result depends only on the facts, the
due date and today: not on the order in which facts came in. See docs/algorithms/discharge.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..kernel.periods import Period
from ..kernel.trace import Trace
from .discharge_rule import DischargeRule, Way
from .facts import Decision, Facts, Form
from .states import Progress, State, state_of
from .tally import Tally, accepted, tally

METHOD = "duties.discharge"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` is what is shown on that day; `progress` and `done_on` are what is stored.

    `done_on` is the day the need was met by confirmed things, whether or not that was in time; None before.
    """

    state: State
    progress: Progress
    achieved: int
    needed: int
    pending: int
    done_on: date | None
    settled: str
    warnings: tuple[str, ...]
    trace: Trace

    @property
    def counts(self) -> str:
        """“3/4”; “零报告” or “凭材料” where a confirmed paper stands for the rest; empty for standing duties."""
        if self.state is State.STANDING:
            return ""
        return (
            self.settled if self.settled and self.achieved < self.needed else f"{self.achieved}/{self.needed}"
        )


def evaluate(
    rule: DischargeRule,
    facts: Facts,
    *,
    period: Period,
    due: date | None,
    today: date,
    since: date | None = None,
) -> Outcome:
    """The state of the obligation of `period`, due on `due`, as it stood on `today`.

    `since`: first day the duty binds, where it began within the period. Waivers count in the unit's favour: what was
    done in time stays done; what was late, begun or open becomes waived. Never raises on well-formed facts.
    """
    found = tally(rule, facts, period, today, since) if rule.way is not Way.STANDING else Tally(0, 0)
    progress = _progress(rule, found, facts, today)
    waiver = min(
        (item for item in facts.waivers if item.holds(today)),
        key=lambda item: (item.on, item.by, item.reason),
        default=None,
    )
    in_time = progress is Progress.DONE and (due is None or found.done_on is None or found.done_on <= due)
    if waiver and not in_time and progress is not Progress.STANDING:
        progress = Progress.WAIVED
    done_on = found.done_on if found.met else None
    state = state_of(progress, due, done_on, today)
    steps = list(found.steps)
    if progress is Progress.WAIVED and waiver:
        steps.append(
            Trace.of(f"{METHOD}.waiver", "免办", waiver.on, {"批准": waiver.by, "理由": waiver.reason})
        )
    trace = Trace.of(
        f"{METHOD}.{rule.way.value}",
        rule.words(),
        state.label,
        {
            "已完成": found.achieved,
            "应完成": found.needed,
            "待确认": found.pending,
            "完成日期": done_on,
            "期限": due,
            "截至": today,
        },
        clause=rule.clause,
        children=tuple(steps),
    )
    warnings = found.warnings + _ignored(rule, facts)
    return Outcome(
        state, progress, found.achieved, found.needed, found.pending, done_on, found.settled, warnings, trace
    )


def _progress(rule: DischargeRule, found: Tally, facts: Facts, today: date) -> Progress:
    if rule.way is Way.STANDING:
        return Progress.STANDING
    if found.met:
        return Progress.DONE
    if found.pending and found.achieved + found.pending >= found.needed:
        return Progress.CLAIMED
    if accepted(rule, facts, today, Decision.RETURNED):
        return Progress.RETURNED
    return Progress.PARTLY if found.achieved or found.pending else Progress.OPEN


def _ignored(rule: DischargeRule, facts: Facts) -> tuple[str, ...]:
    """Forms handed in that the rule does not accept."""
    forms = {item.form for item in facts.submissions if item.state is not Decision.WITHDRAWN}
    found: list[str] = []
    if Form.NIL in forms and not rule.accept_nil and rule.way is not Way.STANDING:
        found.append("本项不接受零报告，零报告未予计入")
    if Form.STATEMENT in forms and rule.way not in (Way.STATEMENT, Way.STANDING):
        found.append("本项须单独报送，总结中的说明未予计入")
    return tuple(found)
