"""目标备案: taken from the plan's targets and confirmed; changed only by request; sent back one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from zhize.apps.assessment import log_types, policies, selectors
from zhize.apps.assessment.models import Assessed, GoalFiling, Round
from zhize.apps.assessment.services.common import (
    TODO_GOALS,
    TODO_GOALS_ASKED,
    assessed_locked,
    checked,
    demand,
    demand_state,
    log,
    ref_of,
    step_of,
)
from zhize.apps.metrics.services import targets_save
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open, todos_open
from zhize.core.papers.days import printed_day
from zhize.core.workflow.goal_filing import TABLE
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.versioned import check_version, snapshot

LOGGED = ["state", "goals", "filed_by", "by_office", "reason"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What an object wants instead of the plan's value, and why."""

    value: Decimal
    why: str


def goals_open(round_: Round, objects: Sequence[Assessed], now: datetime) -> None:
    """A part of opening a round that asks for goals: every object is asked. Two statements."""
    GoalFiling.objects.bulk_create([GoalFiling(assessed=row) for row in objects], batch_size=500)
    title = f"备案目标：{round_.title}"
    todos_open(
        todos=[
            NewTodo(round_.jurisdiction_id, row.unit_id, TODO_GOALS, ref_of(row), title, due_on=round_.goals_due_on)
            for row in objects
        ],
        now=now,
    )  # fmt: skip


@transaction.atomic
@in_chinese
def goals_file(
    *, assessed: Assessed, asks: Mapping[str, Ask], version: int | None, actor: Actor, now: datetime
) -> GoalFiling:
    """Confirms the goals as the plan has them now. With `asks` (criterion → what is wanted) the office decides first.

    Raises `BadInput` naming the criterion: a goal without a value and without an ask, an ask without a reason.
    """
    current, filing = _locked(assessed)
    own = policies.may_evaluate_self(actor, current) and not actor.is_system
    demand(
        own or policies.may_enter_self(actor, current),
        "只有考核对象的人员可以备案目标", "请切换到该单位的身份；纸质备案由办公室代录",
    )  # fmt: skip
    demand_state(current.round, Round.State.SELF, doing="备案目标")
    check_version(filing, version, mine={})
    goals = selectors.goals_of(current.round, [current])[current.pk]
    _refuse_wrong(goals, asks)
    before = snapshot(filing, LOGGED)
    wanted = {code: ask for code, ask in asks.items() if _differs(goals, code, ask)}
    filing.goals = [
        goal.row(format(wanted[goal.code].value.normalize(), "f"), wanted[goal.code].why.strip())
        if goal.code in wanted
        else goal.row()
        for goal in goals
    ]
    filing.state = step_of(TABLE, filing.state, "ask" if wanted else "file", current.name).next_state
    filing.filed_at, filing.filed_by, filing.by_office, filing.reason = now, actor.name, not own, ""
    _save(filing)
    todo_close(ref=ref_of(current), actor=actor, now=now, kind=TODO_GOALS)
    office = current.round.jurisdiction.office_unit_id
    if wanted and office:
        title = f"目标调整申请：{current.name} {current.round.title}"
        todo_open(
            todo=NewTodo(current.round.jurisdiction_id, office, TODO_GOALS_ASKED, ref_of(current), title),
            now=now,
        )
    log(log_types.GOALS_FILED, current, actor, now, before=before, after=snapshot(filing, LOGGED))
    return filing


@transaction.atomic
@in_chinese
def goals_grant(*, assessed: Assessed, version: int | None, actor: Actor, now: datetime) -> GoalFiling:
    """The office agrees to what is asked: the target of the region changes with it, and the goals are filed."""
    current, filing = _locked(assessed)
    _demand_office(actor, current)
    check_version(filing, version, mine={})
    before = snapshot(filing, LOGGED)
    filing.state = step_of(TABLE, filing.state, "grant", current.name).next_state
    day = printed_day(local_day(now))
    _retarget(current, filing.asks, f"{current.round.title}目标备案（{day}同意调整）", actor, now)
    filing.goals = [
        {**one, "value": one["asked"], "source": f"{day}同意调整，原为{one['value'] or '无'}{one['unit']}", "asked": ""}
        if one.get("asked")
        else one
        for one in filing.goals
    ]  # fmt: skip
    filing.decided_by = actor.by
    _save(filing)
    todo_close(ref=ref_of(current), actor=actor, now=now, kind=TODO_GOALS_ASKED)
    log(log_types.GOALS_GRANTED, current, actor, now, before=before, after=snapshot(filing, LOGGED))
    return filing


@transaction.atomic
@in_chinese
def goals_return(
    *, assessed: Assessed, reason: str, version: int | None, actor: Actor, now: datetime
) -> GoalFiling:
    """The office sends the goals of one object back, saying why; filed ones too, until checking begins."""
    current, filing = _locked(assessed)
    _demand_office(actor, current)
    check_version(filing, version, mine={})
    if not reason.strip():
        raise BadInput("没有写明退回原因", where="退回原因", remedy="请写明要补正什么")
    before = snapshot(filing, LOGGED)
    filing.state = step_of(TABLE, filing.state, "return", current.name).next_state
    filing.reason = reason.strip()
    filing.decided_by = actor.by
    _save(filing)
    round_, ref = current.round, ref_of(current)
    todo_close(ref=ref, actor=actor, now=now, kind=TODO_GOALS_ASKED)
    title = f"重新备案目标：{round_.title}"
    todo_open(
        todo=NewTodo(round_.jurisdiction_id, current.unit_id, TODO_GOALS, ref, title, due_on=round_.goals_due_on),
        now=now,
    )  # fmt: skip
    log(log_types.GOALS_RETURNED, current, actor, now, before=before, after=snapshot(filing, LOGGED), note=filing.reason)  # fmt: skip
    return filing


def refuse_unfiled(assessed: Assessed) -> None:
    """A self-evaluation is against goals: they are filed before it is handed in."""
    filing = selectors.filing_of(assessed)
    if filing is not None and filing.state in (GoalFiling.State.WAITING, GoalFiling.State.RETURNED):
        raise BadInput(
            "目标还没有备案", where="目标备案", why="自评对照备案的目标", remedy="请先备案目标，再报送自评"
        )


def _locked(assessed: Assessed) -> tuple[Assessed, GoalFiling]:
    current = assessed_locked(assessed)
    filing = selectors.filing_of(current)
    if filing is None:
        raise StateConflict(
            "这次考核不要求备案目标", where=current.round.title, remedy="需要备案的，建立考核时填写备案期限"
        )
    return current, filing


def _demand_office(actor: Actor, current: Assessed) -> None:
    demand(policies.may_enter_self(actor, current), "只有组织考核的办公室可以办理目标备案", "请由办公室办理")
    demand_state(current.round, Round.State.SELF, doing="办理目标备案")


def _refuse_wrong(goals: Sequence[selectors.Goal], asks: Mapping[str, Ask]) -> None:
    known = {goal.code: goal for goal in goals}
    problems = [
        Problem("没有目标值", goal.title, "计划没有为它定目标", "请填申请的目标值和理由")
        for goal in goals
        if not goal.value and goal.code not in asks
    ]
    for code, ask in asks.items():
        goal = known.get(code)
        if goal is None or not goal.card:
            problems.append(
                Problem("这一项的目标不能申请调整", goal.title if goal else code, "由考核办法规定", "")
            )
        elif not ask.why.strip():
            problems.append(Problem("没有写明调整的理由", goal.title, "", "请写明依据"))
    if problems:
        raise BadInput(problems[0].what, problems)


def _differs(goals: Sequence[selectors.Goal], code: str, ask: Ask) -> bool:
    value = next(goal.value for goal in goals if goal.code == code)
    return not value or Decimal(value) != ask.value


def _retarget(
    current: Assessed, asks: Sequence[Mapping[str, str]], document: str, actor: Actor, now: datetime
) -> None:
    """The targets of a government's region follow; a department has none of its own on the cards."""
    if current.unit.kind != Unit.Kind.GOVERNMENT:
        return
    cards = selectors.cards_of(current.round, [one["card"] for one in asks])
    rows = [
        {
            "card": cards[one["card"]], "year": current.round.year, "region": current.unit.region, "unit": None,
            "value": Decimal(one["asked"]), "document": document[:200],
        }
        for one in asks
    ]  # fmt: skip
    targets_save(jurisdiction=current.round.jurisdiction, rows=rows, actor=actor, now=now)


def _save(filing: GoalFiling) -> None:
    filing.version += 1
    checked(filing, "目标备案")
    filing.save()
