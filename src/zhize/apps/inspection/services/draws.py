"""Drawing places: the list is fixed and its digest shown, then the seed is typed in and places are drawn, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from zhize.apps.inspection import log_types
from zhize.apps.inspection.models import InspectedUnit, Inspection, PlaceDraw
from zhize.apps.inspection.policies import may_draw
from zhize.apps.inspection.selectors.draws import JOINS, places_of
from zhize.apps.inspection.services.common import demand_state, locked, log
from zhize.apps.inspection.services.places import places_from_draw, places_leave
from zhize.apps.orgs.services.saving import checked as clean
from zhize.core.sampling.draw import METHOD, Place, draw
from zhize.core.sampling.listing import digest_of
from zhize.core.workflow.place_draw import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.versioned import check_version, snapshot

LOGGED = [
    "title", "origin", "digest", "numbers", "by_size", "spare", "seed_rule", "method", "state", "seed", "seed_source",
    "seed_on", "witnesses", "drawn", "substitutes", "reason",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewDraw:
    """What is drawn: the list, how many of each stratum, where the seed will come from."""

    title: str
    origin: str
    places: Sequence[Place]
    numbers: Mapping[str, int]
    seed_rule: str
    by_size: bool = False
    spare: int = 0


@transaction.atomic
def draw_fix(*, checked: InspectedUnit, new: NewDraw, actor: Actor, now: datetime) -> PlaceDraw:
    """Fixes the list: from now on it cannot change, and nobody knows the seed yet. What cannot be drawn is said now."""
    inspection = locked(checked.inspection, None)
    _demand(actor, checked)
    demand_state(inspection, [Inspection.State.ANNOUNCED], "抽取", "请先批准并通知")
    draw(new.places, seed="试抽", numbers=new.numbers, by_size=new.by_size, substitutes=new.spare)
    row = PlaceDraw(
        checked=checked, title=new.title.strip(), origin=new.origin.strip(), places=[asdict(p) for p in new.places],
        digest=digest_of(new.places), numbers=dict(new.numbers), by_size=new.by_size, spare=new.spare,
        seed_rule=new.seed_rule.strip(), method=METHOD, fixed_at=now, fixed_by=actor.by,
    )  # fmt: skip
    clean(row)
    row.save()
    log(
        log_types.DRAW_FIXED,
        inspection,
        actor,
        now,
        None,
        snapshot(row, LOGGED),
        f"{row.title}：{row.digest}",
    )
    return row


@transaction.atomic
def draw_run(
    *,
    row: PlaceDraw,
    seed: str,
    seed_source: str,
    seed_on: date,
    witnesses: str = "",
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> PlaceDraw:
    """抽取 with the seed that was announced after the list was fixed. Who has list and seed draws the same."""
    current = _locked(row, version)
    inspection = current.checked.inspection
    _demand(actor, current.checked)
    demand_state(inspection, [Inspection.State.ANNOUNCED], "抽取", "请与办公室联系")
    if seed_on > local_day(now):
        raise BadInput(
            f"种子公布日期 {seed_on} 还没有到", where="种子公布日期", remedy="请在种子公布之后再抽取"
        )
    if seed_on < local_day(current.fixed_at):
        raise BadInput(
            f"种子公布日期 {seed_on} 早于名单固定的 {local_day(current.fixed_at)}",
            where="种子公布日期",
            why="名单固定之前就知道种子，抽取结果可以事先安排",
            remedy="请用名单固定之后才公布的种子",
        )
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "draw").next_state
    done = draw(
        places_of(current), seed=seed.strip(), numbers=current.numbers, by_size=current.by_size,
        substitutes=current.spare,
    )  # fmt: skip
    current.seed, current.seed_source, current.seed_on = seed.strip(), seed_source.strip(), seed_on
    current.witnesses, current.drawn_at = witnesses.strip(), now
    current.drawn_by = actor.by
    current.drawn = [asdict(one) for one in done.drawn]
    current.substitutes = [asdict(one) for one in done.substitutes]
    _save(current)
    places_from_draw(current)
    names = "、".join(one.id for one in done.drawn)
    log(
        log_types.DRAWN,
        inspection,
        actor,
        now,
        before,
        snapshot(current, LOGGED),
        f"{current.title}：{names}",
    )
    return current


@transaction.atomic
def draw_void(
    *, row: PlaceDraw, reason: str, version: int | None = None, actor: Actor, now: datetime
) -> PlaceDraw:
    """作废, with the reason, which everybody who sees the draw reads; only then another may be made."""
    current = _locked(row, version)
    _demand(actor, current.checked)
    if not reason.strip():
        raise BadInput("没有填写作废理由", where="作废理由", remedy="写明为什么要重新抽取")
    before = snapshot(current, LOGGED)
    places_leave(current)
    current.state = next_state(TABLE, current.state, "void").next_state
    current.reason = reason.strip()
    _save(current)
    log(
        log_types.DRAW_VOIDED,
        current.checked.inspection,
        actor,
        now,
        before,
        snapshot(current, LOGGED),
        current.reason,
    )
    return current


def _locked(row: PlaceDraw, version: int | None) -> PlaceDraw:
    rows = PlaceDraw.objects.system("locked for a write").select_for_update(of=("self",))
    current: PlaceDraw = rows.select_related(*JOINS).get(pk=row.pk)
    check_version(current, version, mine={"reason": "", "seed": ""})
    return current


def _demand(actor: Actor, checked: InspectedUnit) -> None:
    if not may_draw(actor, checked):
        raise NotAllowed("只有去这个单位的核查组和办公室可以抽取", remedy="请由核查组的人员办理")


def _save(row: PlaceDraw) -> None:
    row.version += 1
    clean(row, exclude=("checked",))
    row.save()
