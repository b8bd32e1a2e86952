"""How far a rule is met by the facts known on a day: achieved, needed, still pending, and the day it was met.

Facts dated after `today` have not happened yet. Records and members count by the day of the event and only within
the period; submissions count whenever they were handed in, since a report is written after what it reports on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING

from ..kernel.periods import Period
from ..kernel.trace import Trace
from .discharge_rule import DischargeRule, Source, Way
from .facts import Decision, Facts, Form, Submission

NIL, BY_FILE = "零报告", "凭材料"


@dataclass(frozen=True, slots=True)
class Tally:
    """`pending`: what would be added if everything waiting were confirmed. `done_on`: day the need was met.

    `settled`: “零报告” or “凭材料” where a confirmed paper stands for things counted; `achieved` stays the true number.
    """

    achieved: int
    needed: int
    pending: int = 0
    done_on: date | None = None
    settled: str = ""
    warnings: tuple[str, ...] = ()
    steps: tuple[Trace, ...] = ()

    @property
    def met(self) -> bool:
        """Nothing needed is nothing shown: an empty set is never met."""
        return bool(self.settled) or (self.needed > 0 and self.achieved >= self.needed)


def met_on(dated: Iterable[tuple[date, int]], needed: int) -> date | None:
    """The first day on which the running total reaches the need; None if it never does."""
    total = 0
    for day, number in sorted(dated):
        total += number
        if total >= needed:
            return day
    return None


def accepted(rule: DischargeRule, facts: Facts, today: date, state: Decision) -> list[Submission]:
    """Submissions in that state on that day whose form the rule accepts, each once."""
    forms = {Form.REPORT, Form.STATEMENT} if rule.way is Way.STATEMENT else {Form.REPORT}
    if rule.accept_nil:
        forms.add(Form.NIL)
    return sorted(
        item for item in set(facts.submissions) if item.as_of(today) is state and item.form in forms
    )


def tally(rule: DischargeRule, facts: Facts, period: Period, today: date, since: date | None) -> Tally:
    """Dispatch by the rule's way. `since`: sub-periods that ended before it are not needed."""
    if rule.way is Way.COVERAGE:
        return _by_file(rule, _coverage(rule, facts, period, today), facts, today)
    if rule.way is Way.EACH:
        return _by_file(rule, _each(rule, facts, period, today, since), facts, today)
    yes, waiting = (accepted(rule, facts, today, state) for state in (Decision.CONFIRMED, Decision.SUBMITTED))
    if rule.way is Way.COUNTED:
        return _window(rule, facts, period, today, yes, waiting)
    first = min((item.submitted_on for item in yes), default=None)
    return Tally(1 if yes else 0, 1, 1 if waiting and not yes else 0, first)


def _window(
    rule: DischargeRule,
    facts: Facts,
    window: Period,
    today: date,
    yes: list[Submission],
    waiting: list[Submission],
) -> Tally:
    """n things in a window: from registers, or from what was handed in for it (`yes`, `waiting`)."""
    counting = rule.source is Source.SUBMISSIONS
    settling = [item for item in yes if not counting or item.form is Form.NIL]
    settling_later = any(not counting or item.form is Form.NIL for item in waiting)
    if counting:
        dated = [(item.submitted_on, 1) for item in yes if item.form is not Form.NIL]
        pending = sum(item.form is not Form.NIL for item in waiting)
    else:
        dated = [
            (item.on, item.number) for item in set(facts.records) if item.on in window and item.on <= today
        ]
        pending = 0
    found, need = sum(number for _, number in dated), rule.at_least
    days = [item.submitted_on for item in settling]
    if day := met_on(dated, need):
        days.append(day)
    nil = any(item.form is Form.NIL for item in settling)
    warnings = (f"{window.label}有零报告，但同期已有{found}件记录，请核对",) if nil and found else ()
    settled = (NIL if nil else BY_FILE) if settling else ""
    return Tally(
        found,
        need,
        max(need - found, 0) if settling_later else pending,
        min(days, default=None),
        settled,
        warnings,
    )


def _by_file(rule: DischargeRule, found: Tally, facts: Facts, today: date) -> Tally:
    """A bare file the office confirms stands for the whole; one that names its sub-period only for that."""
    if rule.source is Source.SUBMISSIONS and rule.way is Way.EACH:
        return found
    yes, waiting = (
        [
            item
            for item in accepted(rule, facts, today, state)
            if item.form is Form.REPORT and (rule.way is Way.COVERAGE or item.covers is None)
        ]
        for state in (Decision.CONFIRMED, Decision.SUBMITTED)
    )
    if waiting:
        found = replace(found, pending=max(found.needed - found.achieved, 1))
    if yes:
        days = [item.submitted_on for item in yes] + ([found.done_on] if found.done_on else [])
        found = replace(found, settled=BY_FILE, done_on=min(days))
    return found


def _each(rule: DischargeRule, facts: Facts, period: Period, today: date, since: date | None) -> Tally:
    parts = [part for part in period.split(rule.every) if since is None or part.end >= since]
    yes, waiting = (accepted(rule, facts, today, state) for state in (Decision.CONFIRMED, Decision.SUBMITTED))
    found = [
        (
            part,
            _window(
                rule,
                facts,
                part,
                today,
                [i for i in yes if _covers(i, part)],
                [i for i in waiting if _covers(i, part)],
            ),
        )
        for part in parts
    ]
    days = [one.done_on for _, one in found if one.met and one.done_on]
    met = len(days)
    hopeful = sum(not one.met and one.achieved + one.pending >= one.needed for _, one in found)
    empty = [part.label for part, one in found if not one.met and one.pending == 0 and part.end < today]
    warnings = [text for _, one in found for text in one.warnings]
    if empty:
        warnings.append(f"{'、'.join(empty)}已过，尚无足够记录")
    if any(item.covers is None and _must_say(rule, item) for item in (*yes, *waiting)):
        warnings.append("有材料未注明所属子周期，未予计入")
    steps = tuple(
        Trace.of(
            "duties.discharge.part",
            part.label,
            one.settled or f"{one.achieved}/{one.needed}",
            {"达到日期": one.done_on if one.met else None},
        )
        for part, one in found
    )
    done_on = max(days) if days and met == len(parts) else None
    return Tally(met, len(parts), hopeful, done_on, "", tuple(warnings), steps)


def _coverage(rule: DischargeRule, facts: Facts, period: Period, today: date) -> Tally:
    names = {item.id for item in facts.members}
    reached: dict[str, date] = {}
    for item in facts.members:
        if item.done_on is not None and item.done_on in period and item.done_on <= today:
            reached[item.id] = min(item.done_on, reached.get(item.id, item.done_on))
    needed = int((rule.share * len(names)).to_integral_value(rounding=ROUND_CEILING))
    step = Trace.of(
        "duties.discharge.need",
        "应覆盖数",
        needed,
        {"名册总数": len(names), "比例": rule.share, "进位": "不足一个按一个计"},
    )
    if not names:
        return Tally(0, 0, warnings=("名册为空，无从认定覆盖，请先导入名册",), steps=(step,))
    return Tally(
        len(reached), needed, done_on=met_on([(day, 1) for day in reached.values()], needed), steps=(step,)
    )


def _covers(item: Submission, part: Period) -> bool:
    return item.covers is not None and item.covers in part


def _must_say(rule: DischargeRule, item: Submission) -> bool:
    """Whether a submission is lost unless it says which sub-period it covers."""
    return rule.source is Source.SUBMISSIONS or item.form is Form.NIL
