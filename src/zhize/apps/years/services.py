"""Writes of years and the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from holidays import country_holidays

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.years import log_types, policies
from zhize.apps.years.events import YearClosed, YearOpened
from zhize.apps.years.models import CalendarDay, WorkYear
from zhize.core.kernel.periods import WorkYear as CoreYear
from zhize.core.workflow.table import next_state
from zhize.core.workflow.work_year import TABLE
from zhize.kit import memo
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.events import emit
from zhize.kit.fields import Outcome
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "years.work_year"
DAY_KIND = "years.calendar_day"
SOURCE = "国务院办公厅当年节假日安排通知（经 holidays 软件包收录，可由系统管理员更正）"


def calendar_days_known(first: int, last: int) -> list[CalendarDay]:
    """Holidays and make-up working days of the calendar years, from the `holidays` package; weekends are not stored.

    A year not announced yet comes back with the fixed feasts only; the administrator completes it.
    """
    source = country_holidays("CN", years=range(first, last + 1), language="zh_CN")
    off = [
        CalendarDay(date=day, is_working=False, name=str(name)[:40], source=SOURCE)
        for day, name in sorted(source.items())
    ]
    worked = [
        CalendarDay(date=day, is_working=True, name="调休上班", source=SOURCE)
        for day in sorted(source.weekend_workdays)
        if first <= day.year <= last
    ]
    return off + worked


@transaction.atomic
def calendar_load(*, first: int, last: int, actor: Actor, now: datetime) -> Outcome:
    """Adds the known holidays of the years; a day an administrator has entered stays as entered."""
    if not policies.may_edit_calendar(actor):
        raise NotAllowed("只有系统管理员可以导入节假日安排", remedy="请联系系统管理员")
    here = set(
        CalendarDay.objects.system("loading")
        .filter(date__year__range=(first, last))
        .values_list("date", flat=True)
    )
    new = [day for day in calendar_days_known(first, last) if day.date not in here]
    CalendarDay.objects.bulk_create(new)
    memo.forget()
    if new:
        digest = rowfile_store({"date": d.date, "is_working": d.is_working, "name": d.name} for d in new)
        record(
            log_types.CALENDAR_LOADED,
            actor=actor,
            thing=None,
            now=now,
            after={"years": [first, last], "days": len(new)},
            rows_digest=digest,
        )
    return Outcome(added=len(new), changed=0, same=len(here))


@transaction.atomic
def calendar_day_set(*, data: dict[str, Any], actor: Actor, now: datetime) -> CalendarDay:
    """Enters or corrects one day (`date`, `is_working`, `name`, `source`)."""
    if not policies.may_edit_calendar(actor):
        raise NotAllowed("只有系统管理员可以调整节假日", remedy="请联系系统管理员")
    day = CalendarDay.objects.system("correcting a day").select_for_update().filter(date=data["date"]).first()
    before = snapshot(day) if day else None
    day = day or CalendarDay(date=data["date"], version=0)
    for name in ("is_working", "name", "source"):
        setattr(day, name, data.get(name, getattr(day, name)))
    day.version += 1
    day.full_clean(validate_unique=day.pk is None)
    day.save()
    memo.forget()
    record(
        log_types.DAY_CHANGED,
        actor=actor,
        thing=ThingRef(DAY_KIND, day.pk),
        now=now,
        before=before,
        after=snapshot(day),
    )
    return day


@transaction.atomic
def calendar_day_update(
    *, thing: CalendarDay, data: dict[str, Any], version: int | None, actor: Actor, now: datetime
) -> CalendarDay:
    """Corrects one day through its form; the date itself stays."""
    current = CalendarDay.objects.system("correcting a day").select_for_update().get(pk=thing.pk)
    check_version(current, version, mine=data)
    return calendar_day_set(data={**data, "date": current.date}, actor=actor, now=now)


@transaction.atomic
def calendar_day_remove(*, day: CalendarDay, actor: Actor, now: datetime) -> None:
    """Takes a day out of the table: it is then as its weekday is."""
    if not policies.may_edit_calendar(actor):
        raise NotAllowed("只有系统管理员可以调整节假日", remedy="请联系系统管理员")
    ref, before = ThingRef(DAY_KIND, day.pk), snapshot(day)
    CalendarDay.objects.system("removing a day").filter(pk=day.pk).delete()
    memo.forget()
    record(log_types.DAY_REMOVED, actor=actor, thing=ref, now=now, before=before)


@transaction.atomic
def calendar_days_save(*, rows: list[dict[str, Any]], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Bulk door of an import: rows are `date`, `is_working`, `name`, `source`, by the date as natural key."""
    if not policies.may_edit_calendar(actor):
        raise NotAllowed("只有系统管理员可以导入节假日安排", remedy="请联系系统管理员")
    names = ("is_working", "name", "source")
    here = {
        d.date: d for d in CalendarDay.objects.system("import").filter(date__in=[r["date"] for r in rows])
    }
    new = [
        CalendarDay(date=r["date"], **{n: r.get(n, "") for n in names}) for r in rows if r["date"] not in here
    ]
    changed = []
    for row in rows:
        day = here.get(row["date"])
        if day and any(n in row and getattr(day, n) != row[n] for n in names):
            for name in names:
                setattr(day, name, row.get(name, getattr(day, name)))
            day.version += 1
            changed.append(day)
    CalendarDay.objects.bulk_create(new)
    memo.forget()
    CalendarDay.objects.system("import").bulk_update(changed, [*names, "version"], batch_size=500)
    outcome = Outcome(added=len(new), changed=len(changed), same=len(rows) - len(new) - len(changed))
    record(
        log_types.CALENDAR_LOADED,
        actor=actor,
        thing=None,
        now=now,
        after={"added": outcome.added, "changed": outcome.changed},
        rows_digest=digest,
    )
    return outcome


@transaction.atomic
def work_year_create(
    *, jurisdiction: Jurisdiction, starts_on: date, actor: Actor, now: datetime, is_demo: bool = False
) -> WorkYear:
    """Makes a year of twelve months from any date: 1/1-12/31, or 7/1-6/30 as many assessments run.

    Refuses a year that overlaps one already there: an obligation would belong to two.
    """
    if not (
        actor.is_system or (policies.may_manage_years(actor) and jurisdiction.pk == actor.jurisdiction_id)
    ):
        raise NotAllowed("只有本辖区办公室可以建立工作年度", remedy="请切换到办公室的身份")
    core = CoreYear(starts_on)
    clash = (
        WorkYear.objects.system("overlap check")
        .filter(jurisdiction=jurisdiction, starts_on__lte=core.end, ends_on__gte=core.start)
        .first()
    )
    if clash:
        raise StateConflict(
            f"与已有的{clash.label}（{clash.starts_on} 至 {clash.ends_on}）重叠",
            where="开始日期",
            why="同一天只能属于一个工作年度",
            remedy=f"请改为 {clash.ends_on} 之后的日期",
        )
    year = WorkYear(
        jurisdiction=jurisdiction, label=core.label, starts_on=core.start, ends_on=core.end, is_demo=is_demo
    )
    year.full_clean()
    year.save()
    memo.forget()
    record(
        log_types.YEAR_CREATED,
        actor=actor,
        thing=ThingRef(KIND, year.pk),
        now=now,
        after=snapshot(year),
        jurisdiction_code=jurisdiction.code,
    )
    return year


@transaction.atomic
def work_year_move(
    *, year: WorkYear, action: str, version: int | None, actor: Actor, now: datetime
) -> WorkYear:
    """Takes the year along its table: open, close, reopen (`core.workflow.work_year`)."""
    current = (
        WorkYear.objects.system("moving a year")
        .select_for_update()
        .select_related("jurisdiction")
        .get(pk=year.pk)
    )
    if not policies.may_change_year(actor, current):
        raise NotAllowed("只有本辖区办公室可以开启或关账工作年度", remedy="请切换到办公室的身份")
    check_version(current, version, mine={"state": action})
    step = next_state(TABLE, current.state, action)
    before = snapshot(current)
    current.state = step.next_state
    current.version += 1
    current.full_clean()
    current.save()
    memo.forget()
    closed = current.state == WorkYear.State.CLOSED
    emit((YearClosed if closed else YearOpened)(year=current, actor=actor, now=now))
    log = log_types.YEAR_CLOSED if closed else log_types.YEAR_OPENED
    record(
        log, actor=actor, thing=ThingRef(KIND, current.pk), now=now, before=before, after=snapshot(current)
    )
    return current
