"""Rows to the core's dataclasses and back. No decisions here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from zhize.apps.regulations.models import Discharge, Duty, Obligation, Waiver
from zhize.apps.years.models import WorkYear
from zhize.core.duties.discharge import Outcome
from zhize.core.duties.discharge_rule import DischargeRule, Way
from zhize.core.duties.facts import Decision, Facts, Record, Submission
from zhize.core.duties.facts import Waiver as CoreWaiver
from zhize.core.duties.recurrence import Recurrence
from zhize.core.kernel.errors import BadRule
from zhize.core.kernel.periods import Every, Period
from zhize.core.kernel.periods import WorkYear as CoreYear
from zhize.kit.clock import local_day
from zhize.kit.measures import Counted
from zhize.kit.rules import rule

# What a duty is discharged by when the register says nothing else: by its nature.
DEFAULT_RULE = {
    Duty.Nature.PERIODIC: {"way": "once", "accept_nil": True},
    Duty.Nature.ONCE: {"way": "once"},
    Duty.Nature.COUNTED: {"way": "counted", "at_least": 1},
    Duty.Nature.STANDING: {"way": "standing"},
}


def rule_of(duty: Duty, on: date | None = None) -> DischargeRule:
    """The duty's discharge rule for a period that starts on that day, else today's; `BadRule` names the field when the
    stored data are wrong. A standing duty knows no rule of former days: nature goes before.
    """
    data = duty.rule
    if on is not None and duty.nature != Duty.Nature.STANDING:
        data = next((one["rule"] for one in duty.rules_past if on.isoformat() < one["until"]), data)
    return DischargeRule.from_mapping(
        data or DEFAULT_RULE[Duty.Nature(duty.nature)], where=f"职责{duty.code}的认定规则"
    )


def rule_for(obligation: Obligation) -> DischargeRule:
    """The rule of the obligation's duty for its period; what was rolled over is settled by one paper. Reads: `duty`."""
    if obligation.rolled_from_id:
        return DischargeRule.from_mapping(DEFAULT_RULE[Duty.Nature.ONCE])
    return rule_of(obligation.duty, obligation.period_start)


def recurrence_of(duty: Duty) -> Recurrence | None:
    """The duty's recurrence, else its nature's (rule `regulations/natures`); None where neither sets one."""
    data = duty.recurrence or rule("regulations/natures", on=date.max)[f"nature.{duty.nature}"].get(
        "recurrence"
    )
    return Recurrence.from_mapping(data, where=f"职责{duty.code}的周期") if data else None


def core_year(year: WorkYear) -> CoreYear:
    return CoreYear(year.starts_on)


def facts_of(
    discharges: Iterable[Discharge], waivers: Iterable[Waiver], counted: Iterable[Counted] = ()
) -> Facts:
    """What was handed in, excused and counted, as the core judges it."""
    return Facts(
        records=tuple(Record(id=one.id, on=one.on, number=one.number) for one in counted),
        submissions=tuple(
            Submission(
                id=str(d.pk),
                submitted_on=local_day(d.submitted_at),
                state=Decision(d.state),
                decided_on=local_day(d.decided_at) if d.decided_at else None,
            )
            for d in discharges
        ),
        waivers=tuple(
            CoreWaiver(
                on=local_day(w.at),
                by=w.by,
                reason=w.reason,
                revoked_on=local_day(w.lifted_at) if w.lifted_at else None,
            )
            for w in waivers
        ),
    )


def period_of(obligation: Obligation) -> Period:
    """The core period of an obligation, found from its dates within its year (`obligation.year` joined)."""
    year = core_year(obligation.year)
    for every in (Every.YEAR, Every.HALF, Every.QUARTER, Every.MONTH):
        for part in year.split(every):
            if (part.start, part.end) == (obligation.period_start, obligation.period_end):
                return part
    return Period(year, Every.YEAR)


def put_outcome(obligation: Obligation, outcome: Outcome) -> None:
    """Writes what the core derived onto the row: the only place that touches these four columns."""
    obligation.status = outcome.progress.value
    obligation.count_done = outcome.achieved
    obligation.count_needed = outcome.needed
    obligation.done_on = outcome.done_on


def needed_by(rule: DischargeRule) -> int:
    """How many things a fresh obligation needs, for the "0/4" shown before anything happened."""
    return rule.at_least if rule.way is Way.COUNTED else 1


def recurrence_words(data: Mapping[str, Any]) -> str:
    """每季度，次月5日前; nothing where no period is set or the data make no sense."""
    try:
        return Recurrence.from_mapping(data).words() if data else ""
    except BadRule:
        return ""
