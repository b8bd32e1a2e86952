"""Opening a year turns duties × units × periods into obligations, set-wise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs.services.todos import todos_open
from zhize.apps.regulations import log_types, mapping, policies, selectors
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.regulations.selectors.texts import in_year
from zhize.apps.regulations.services.common import awaits_unit, due_todo, words_of
from zhize.apps.regulations.services.owing import Holders
from zhize.apps.years import selectors as years
from zhize.apps.years.models import WorkYear
from zhize.core.duties.discharge import evaluate
from zhize.core.duties.schedule import schedule
from zhize.core.kernel.periods import Every, Period
from zhize.core.kernel.workdays import WorkCalendar
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef

YEAR_KIND = "years.work_year"


@dataclass(frozen=True, slots=True)
class Made:
    """What opening did: rows added, rows that stood already, and duties left without any obligation, with the reason."""

    added: int
    kept: int
    left_out: tuple[tuple[str, str], ...]


@transaction.atomic
def obligations_make(*, year: WorkYear, actor: Actor, now: datetime) -> Made:
    """Makes the year's obligations that are missing; a repeat adds nothing and changes nothing (clauses 三（二）–（四）).

    What registers hold already of the year counts at once (台账自动认定).

    Reads: the duties in force on the year's days, their holders, the members on the year's first day, the
    reforms up to the start of each period (`duties.reform`), the calendar. A duty without holders or dates gets none and is listed (责任空白).
    """
    if not policies.may_keep_register_of(actor, year.jurisdiction_id):
        raise NotAllowed("只有本辖区办公室可以生成履职事项", remedy="请切换到办公室的身份")
    if year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            f"{year.label}已关账，不能再生成履职事项", remedy="如确需补充，请先重新开启该年度"
        )
    calendar = years.calendar((year.starts_on.year, year.ends_on.year + 1))
    holders = Holders(year.jurisdiction, year.starts_on)
    standing = set(
        Obligation.objects.system("what the year has already")
        .filter(year=year)
        .values_list("duty_id", "unit_id", "period_start", "period_end")
    )
    new: list[Obligation] = []
    left: list[tuple[str, str]] = []
    for duty in _duties(year):
        if not holders.of(duty, year.starts_on):
            left.append((duty.code, "没有可以落实到单位的责任主体"))
            continue
        dated = list(_dated(duty, year, calendar))
        if not dated:
            left.append((duty.code, "本年度没有应履行的期间，或尚未设定周期"))
        for period, due in dated:
            for owing in holders.of(duty, period.start):
                # An obligation already made for a forerunner stands for its successor: nobody owes twice.
                units = (owing.unit, *owing.instead_of)
                if not any((duty.pk, int(u), period.start, period.end) in standing for u in units):
                    new.append(_obligation(duty, int(owing.unit), owing.role, period, due, year))
    _judge(new, now)
    Obligation.objects.bulk_create(new, batch_size=1000)
    todos_open(todos=[due_todo(o, words_of(o)) for o in new if awaits_unit(o)], now=now)
    if new:
        digest = rowfile_store(
            {
                "duty": o.duty_id,
                "unit": o.unit_id,
                "period": o.period_label,
                "due": o.due_on,
                "status": o.status,
            }
            for o in new
        )
        record(
            log_types.OBLIGATIONS_MADE,
            actor=actor,
            thing=ThingRef(YEAR_KIND, year.pk),
            now=now,
            after={"added": len(new), "kept": len(standing)},
            rows_digest=digest,
            jurisdiction_code=year.jurisdiction.code,
        )
    return Made(len(new), len(standing), tuple(left))


def _duties(year: WorkYear) -> list[Duty]:
    return list(
        Duty.objects.system("opening the year")
        .filter(in_year(year), jurisdiction_id=year.jurisdiction_id)
        .prefetch_related("holders")
        .order_by("order", "pk")
    )


def _dated(duty: Duty, year: WorkYear, calendar: WorkCalendar) -> Iterator[tuple[Period, date | None]]:
    """Periods and due dates; a standing duty has the year and no date."""
    core = mapping.core_year(year)
    if duty.nature == Duty.Nature.STANDING:
        yield Period(core, Every.YEAR), None
    elif recurrence := mapping.recurrence_of(duty):
        for occurrence in schedule(recurrence, core, calendar, in_force=duty.valid_from).occurrences:
            yield occurrence.period, occurrence.due


def _obligation(
    duty: Duty, unit_id: int, role: str, period: Period, due: date | None, year: WorkYear
) -> Obligation:
    return Obligation(
        jurisdiction_id=year.jurisdiction_id,
        year=year,
        duty=duty,
        unit_id=unit_id,
        role=role,
        period_label="一次性" if period.every is Every.ONCE else period.label,
        period_start=period.start,
        period_end=period.end,
        due_on=due,
    )


def _judge(new: list[Obligation], now: datetime) -> None:
    """Their first state, before anything was handed in: from the entries there are."""
    today = local_day(now)
    for obligation, counted in zip(new, selectors.records_each(new), strict=True):
        outcome = evaluate(
            mapping.rule_for(obligation),
            mapping.facts_of((), (), counted),
            period=mapping.period_of(obligation),
            due=obligation.due_on,
            today=today if counted else obligation.period_start,
        )
        mapping.put_outcome(obligation, outcome)
