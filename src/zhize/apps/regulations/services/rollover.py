"""结转: what a year left open goes on in a later year, with a new date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs.services.todos import notice_send_to_units, todos_close, todos_open
from zhize.apps.regulations import log_types, policies
from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.selectors.rollover import LeftRow, left_open, lines_of
from zhize.apps.regulations.services.common import KIND, due_todo, words_of
from zhize.apps.regulations.services.obligations import YEAR_KIND
from zhize.apps.years.models import WorkYear
from zhize.core.duties.rollover import once_each
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef


@dataclass(frozen=True, slots=True)
class RolledOver:
    """`carried`: rows of the old year that go on; `made`: rows of the new year that stand for them; `refused`: row and reason."""

    carried: int
    made: int
    refused: tuple[tuple[Obligation, str], ...]


@transaction.atomic
def obligations_roll_over(
    *, year: WorkYear, into: WorkYear, ids: Collection[int], due_on: date, actor: Actor, now: datetime
) -> RolledOver:
    """Carries these obligations of `year` into `into`, due on `due_on` (`duties.rollover`; 二（一）: carried out to the end).

    The rows of the old year keep their state and point to their new rows; those that end in the same unit go on as one.
    What may not be carried stays, with the reason. Statements do not grow with the rows.
    """
    if not policies.may_keep_register_of(actor, into.jurisdiction_id):
        raise NotAllowed("只有本辖区办公室可以结转未结事项", remedy="请切换到办公室的身份")
    _refuse_years(year, into)
    if not into.starts_on <= due_on <= into.ends_on:
        raise BadInput(
            f"期限 {due_on} 不在{into.label}之内",
            where="新期限",
            why="结转事项属于新年度，期限也在新年度内",
            remedy=f"请填 {into.starts_on} 至 {into.ends_on} 之间的日期",
        )
    locked = left_open(year.jurisdiction_id, year.pk).select_for_update(of=("self",)).filter(pk__in=list(ids))
    rows = list(locked)
    lines = lines_of(rows, into, local_day(now))
    going = [one for one in lines if one.line.advice.is_open]
    refused = tuple((one.row, one.line.why) for one in lines if not one.line.advice.is_open)
    made = _make(going, into, due_on)
    if going:
        _tell(going, made, into, actor, now)
        digest = rowfile_store(
            {"from": one.row.pk, "into": one.row.rolled_into_id, "due": due_on} for one in going
        )
        record(
            log_types.OBLIGATIONS_ROLLED,
            actor=actor,
            thing=ThingRef(YEAR_KIND, into.pk),
            now=now,
            after={"from": year.label, "carried": len(going), "made": len(made), "due_on": due_on},
            rows_digest=digest,
            jurisdiction_code=into.jurisdiction.code,
        )
    return RolledOver(len(going), len(made), refused)


def _refuse_years(year: WorkYear, into: WorkYear) -> None:
    if year.jurisdiction_id != into.jurisdiction_id or year.ends_on >= into.starts_on:
        raise StateConflict(
            f"{year.label}的事项不能结转到{into.label}", remedy="请选择本辖区在它之后的工作年度"
        )
    if into.state != WorkYear.State.OPEN:
        raise StateConflict(f"{into.label}没有开启，不能接收结转事项", remedy="请先在“工作年度”页开启该年度")


def _make(going: list[LeftRow], into: WorkYear, due_on: date) -> list[Obligation]:
    """The new rows; where one of the same duty, unit and period was carried before, that one stands for these too."""
    key_of = {
        one.line.id: (one.row.duty_id, int(one.line.heir), one.row.period_start, one.row.period_end)
        for one in going
    }
    rows = {one.line.id: one.row for one in going}
    standing = {
        (o.duty_id, o.unit_id, o.period_start, o.period_end): o
        for o in Obligation.objects.system("carried before").filter(
            year=into, rolled_from__isnull=False, duty_id__in={row.duty_id for row in rows.values()}
        )
    }
    groups = once_each([one.line for one in going], key_of)
    new = [
        _row(rows[line.id], int(line.heir), into, due_on)
        for line, _ids in groups
        if key_of[line.id] not in standing
    ]
    Obligation.objects.bulk_create(new, batch_size=1000)
    standing |= {(o.duty_id, o.unit_id, o.period_start, o.period_end): o for o in new}
    for line, ids in groups:
        for pk in ids:
            rows[pk].rolled_into = standing[key_of[line.id]]
            rows[pk].version += 1
    Obligation.objects.system("rolled over").bulk_update(
        list(rows.values()), ["rolled_into", "version"], batch_size=500
    )
    return new


def _row(old: Obligation, unit_id: int, into: WorkYear, due_on: date) -> Obligation:
    return Obligation(
        jurisdiction_id=old.jurisdiction_id,
        year=into,
        duty=old.duty,
        unit_id=unit_id,
        role=old.role,
        period_label=old.period_label,
        period_start=old.period_start,
        period_end=old.period_end,
        due_on=due_on,
        rolled_from_id=old.year_id,
    )


def _tell(going: list[LeftRow], made: list[Obligation], into: WorkYear, actor: Actor, now: datetime) -> None:
    todos_close(refs=[ThingRef(KIND, one.row.pk) for one in going], actor=actor, now=now)
    todos_open(todos=[due_todo(o, words_of(o)) for o in made], now=now)
    numbers: dict[int, int] = {}
    for row in made:
        numbers[row.unit_id] = numbers.get(row.unit_id, 0) + 1
    texts = {unit: f"上年未结事项 {n} 件结转到{into.label}，请按新期限办理" for unit, n in numbers.items()}
    notice_send_to_units(texts=texts, roles=policies.UNIT, ref=None, now=now)
