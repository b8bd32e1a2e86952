"""移交: what a unit that ended still owes goes to the one that takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import notice_send_to_units, todos_close, todos_open
from zhize.apps.regulations import log_types, policies
from zhize.apps.regulations.events import UnitHandedOver
from zhize.apps.regulations.models import Obligation, Waiver
from zhize.apps.regulations.selectors.heirs import ended_holders, owed_by_ended
from zhize.apps.regulations.services.common import KIND, awaits_unit, due_todo, words_of
from zhize.apps.regulations.services.judging import obligations_judge
from zhize.apps.regulations.services.obligations import YEAR_KIND
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.events import emit
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`moved`: rows the successor now owes; `joined`: rows it owed already, excused so that it owes once."""

    moved: int
    joined: int


@transaction.atomic
def obligations_hand_over(
    *, year: WorkYear, unit: Unit, heir: Unit, actor: Actor, now: datetime
) -> HandedOver:
    """What `unit`, which ended, still owes in `year` goes to `heir` with everything handed in for it (`duties.reform`).

    Where the successor owes the same duty of the same period already, the row is excused: a merged unit counts once. The
    successor is one of those recorded in 机构沿革; where there are several a person chooses. Emits `UnitHandedOver`: tasks follow.
    Statements do not grow with rows.
    """
    if not policies.may_keep_register_of(actor, year.jurisdiction_id):
        raise NotAllowed("只有本辖区办公室可以移交履职事项", remedy="请切换到办公室的身份")
    if year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            f"{year.label}已关账，不能再移交", remedy="未结事项可结转到下一年度，由承接单位履行"
        )
    today = local_day(now)
    ended = next((one for one in ended_holders(year, today) if one.unit.pk == unit.pk), None)
    if ended is None:
        raise StateConflict(
            f"{unit.name}没有需要移交的履职事项", why="单位没有撤并，或已经移交", remedy="可刷新页面查看"
        )
    if heir.pk not in {one.pk for one in ended.among}:
        raise BadInput(
            f"{heir.name}不是{unit.name}的承接单位",
            where="承接单位",
            remedy="请从所列单位中选择；没有列出的，先在机构沿革中登记",
        )
    rows = list(
        owed_by_ended(year, today)
        .filter(unit=unit)
        .select_for_update(of=("self",))
        .select_related("duty", "unit", "year", "jurisdiction")
        .order_by("pk")
    )
    owed = set(
        Obligation.objects.system("what the successor owes already")
        .filter(year=year, unit=heir)
        .values_list("duty_id", "period_start", "period_end")
    )
    joined = [o for o in rows if (o.duty_id, o.period_start, o.period_end) in owed]
    moved = [o for o in rows if o not in joined]
    todos_close(refs=[ThingRef(KIND, o.pk) for o in rows], actor=actor, now=now, unit_id=unit.pk)
    _move(moved, heir)
    _join(joined, unit, heir, actor, now)
    todos_open(todos=[due_todo(o, words_of(o)) for o in moved if awaits_unit(o)], now=now)
    if rows:
        text = f"{unit.name}已撤并，其 {len(rows)} 件履职事项由本单位承接，请按期办理"
        notice_send_to_units(texts={heir.pk: text}, roles=policies.UNIT, ref=None, now=now)
    emit(UnitHandedOver(year, unit, heir, actor, now))
    digest = rowfile_store(
        {"obligation": o.pk, "from": unit.code, "to": heir.code, "joined": o in joined} for o in rows
    )
    record(
        log_types.OBLIGATIONS_HANDED_OVER,
        actor=actor,
        thing=ThingRef(YEAR_KIND, year.pk),
        now=now,
        after={"from": unit.name, "to": heir.name, "moved": len(moved), "joined": len(joined)},
        rows_digest=digest,
        jurisdiction_code=year.jurisdiction.code,
    )
    return HandedOver(len(moved), len(joined))


def _move(moved: list[Obligation], heir: Unit) -> None:
    for obligation in moved:
        obligation.unit = heir
        obligation.version += 1
    Obligation.objects.system("handed over").bulk_update(moved, ["unit", "version"], batch_size=500)


def _join(joined: list[Obligation], unit: Unit, heir: Unit, actor: Actor, now: datetime) -> None:
    """Excused one and all: the successor's own row stands for these."""
    Waiver.objects.bulk_create(
        Waiver(
            obligation=obligation,
            jurisdiction_id=obligation.jurisdiction_id,
            reason=f"{unit.name}并入{heir.name}，由其一并履行",
            at=now,
            by=actor.name,
        )
        for obligation in joined
    )
    obligations_judge(joined, now)
