"""Carrying a round from step to step (the office's steps; approving and circulating have services of their own)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Assessed, Entry, Round, Scorer
from zhize.apps.assessment.services.common import (
    LOGGED,
    TODO_APPROVE,
    TODO_CHECK,
    TODO_FEEDBACK,
    TODO_GOALS,
    TODO_GOALS_ASKED,
    TODO_SELF,
    days_on,
    demand_keeping,
    demand_open_year,
    log,
    ref_of,
    round_locked,
    round_step,
    save,
)
from zhize.apps.assessment.services.goals import goals_open
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todos_close, todos_open
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import check_version, snapshot


@transaction.atomic
def round_move(
    *, round_: Round, action: str, version: int | None, actor: Actor, now: datetime, reason: str = ""
) -> Round:
    """A step of the office: open, check, conclude, feed_back, recheck, close (the others have services of their own).

    open: the objects get their tables and a to-do to evaluate themselves. check: self-evaluation ends, the scoring units
    and the office get theirs. conclude: needs a total for every object, worked out on what is there now. feed_back: each
    object sees its own result and may object. recheck: needs a reason. Raises `StateConflict` in words.
    """
    current = round_locked(round_)
    demand_keeping(policies.may_keep(actor, current))
    check_version(current, version, mine={"state": action})
    demand_open_year(current.year)
    before = snapshot(current, LOGGED)
    act = _ACTS.get(action)
    if act is None:
        raise StateConflict("这一步有专门的办理页面", where=current.title, remedy="请从考核页面办理")
    round_step(current, action)
    act(current, reason.strip(), actor, now)
    save(current, "考核")
    log(log_types.ROUND_MOVED, current, actor, now, before=before, note=reason.strip())
    return current


def _open(round_: Round, _reason: str, _actor: Actor, now: datetime) -> None:
    objects = selectors.objects_of(round_)
    scheme = mapping.scheme_of(round_)
    Entry.objects.bulk_create(
        [Entry(assessed=row, code=code) for row in objects for code in mapping.leaf_codes(scheme, row)],
        batch_size=500,
    )
    if round_.goals_due_on is not None:
        goals_open(round_, objects, now)
    todos_open(
        todos=[
            NewTodo(
                round_.jurisdiction_id, row.unit_id, TODO_SELF, ref_of(row), f"自评：{round_.title}", due_on=round_.self_due_on
            )
            for row in objects
        ],
        now=now,
    )  # fmt: skip


def _check(round_: Round, _reason: str, actor: Actor, now: datetime) -> None:
    objects = selectors.objects_of(round_)
    for kind in (TODO_SELF, TODO_GOALS, TODO_GOALS_ASKED):
        todos_close(refs=[ref_of(row) for row in objects], actor=actor, now=now, kind=kind)
    round_.check_due_on = days_on(round_, "check_days", now)
    units = [row.unit_id for row in Scorer.objects.system("who scores").filter(round=round_)]
    office = [round_.jurisdiction.office_unit_id] if round_.jurisdiction.office_unit_id else []
    todos_open(
        todos=[
            NewTodo(round_.jurisdiction_id, unit, TODO_CHECK, ref_of(round_), f"核查评分：{round_.title}", due_on=round_.check_due_on)
            for unit in dict.fromkeys([*office, *units])
        ],
        now=now,
    )  # fmt: skip


def _conclude(round_: Round, _reason: str, actor: Actor, now: datetime) -> None:
    if round_.computed_at is None or round_.stale_since is not None:
        raise StateConflict(
            "数据有变动，得分还没有重新计算", where=round_.title, remedy="请先计算得分，再形成初评"
        )
    open_ones = [row.name for row in selectors.objects_of(round_) if row.state == Assessed.State.MISSING]
    if open_ones:
        named = "、".join(open_ones[:3]) + ("等" if len(open_ones) > 3 else "")
        raise StateConflict(
            f"还有 {len(open_ones)} 个对象的得分不全（{named}）",
            where=round_.title,
            why="没有数据的项目不能当作0分",
            remedy="请补齐数据或认定不适用；办法规定缺项计0分的，请在办法中写明",
        )
    todo_close(ref=ref_of(round_), actor=actor, now=now)


def _feed_back(round_: Round, _reason: str, _actor: Actor, now: datetime) -> None:
    round_.appeal_due_on = days_on(round_, "appeal_days", now)
    todos_open(
        todos=[
            NewTodo(
                round_.jurisdiction_id, row.unit_id, TODO_FEEDBACK, ref_of(row),
                f"查看初评结果：{round_.title}", due_on=round_.appeal_due_on,
            )
            for row in selectors.objects_of(round_)
        ],
        now=now,
    )  # fmt: skip
    if office := round_.jurisdiction.office_unit_id:
        title = f"提请审定：{round_.title}"
        todos_open(
            todos=[NewTodo(round_.jurisdiction_id, office, TODO_APPROVE, ref_of(round_), title)], now=now
        )


def _recheck(round_: Round, reason: str, actor: Actor, now: datetime) -> None:
    if not reason:
        raise BadInput("没有写明重新核查的原因", where="原因", remedy="一两句话写清即可")
    todo_close(ref=ref_of(round_), actor=actor, now=now)
    todos_close(
        refs=[ref_of(row) for row in selectors.objects_of(round_)], actor=actor, now=now, kind=TODO_FEEDBACK
    )
    round_.approved_on = round_.appeal_due_on = None


def _close(round_: Round, _reason: str, actor: Actor, now: datetime) -> None:
    todo_close(ref=ref_of(round_), actor=actor, now=now)


_ACTS = {
    "open": _open,
    "check": _check,
    "conclude": _conclude,
    "feed_back": _feed_back,
    "recheck": _recheck,
    "close": _close,
}
