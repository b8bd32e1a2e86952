"""自评: leaf by leaf, with evidence, by the assessed or entered by the office from paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Assessed, Entry, EntryEvidence, Round
from zhize.apps.assessment.services.common import (
    TODO_SELF,
    assessed_locked,
    demand,
    demand_state,
    evidence_new,
    log,
    ref_of,
    save,
)
from zhize.apps.assessment.services.goals import refuse_unfiled
from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.core.scoring.scheme import Node, Part
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.versioned import check_version

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class SelfRow:
    """What an object says of one criterion. `existing` evidence is kept as given: what is left out is taken off."""

    code: str
    points: Decimal | None
    statement: str
    uploads: Sequence[File[bytes]] = ()
    existing: Sequence[Evidence] = field(default=())


@transaction.atomic
def self_save(
    *,
    assessed: Assessed,
    rows: Sequence[SelfRow],
    summary: str,
    version: int | None,
    actor: Actor,
    now: datetime,
    dated_on: date | None = None,
) -> Assessed:
    """Keeps the self-evaluation as far as it is filled in; new files become evidence of the year.

    Raises `BadInput` with all places (more points than the criterion has), `EditConflict` when a colleague saved first.
    """
    current = assessed_locked(assessed)
    by_office = _demand(current, actor)
    check_version(current, version, mine={"self_summary": summary})
    scheme = mapping.scheme_of(current.round)
    leaves = {code: scheme.node(code) for code in mapping.leaf_codes(scheme, current)}
    _refuse_wrong(rows, leaves)
    entries = {one.code: one for one in selectors.entries_of([current]).get(current.pk, [])}
    for row in rows:
        entry = entries[row.code]
        entry.self_points, entry.self_statement = row.points, row.statement.strip()
        entry.version += 1
        _link(entry, row, current, dated_on or local_day(now), actor, now)
    Entry.objects.system("the entries just read").bulk_update(
        [entries[row.code] for row in rows], ["self_points", "self_statement", "version"]
    )
    current.self_summary = summary.strip()
    current.self_total = _total(entries.values())
    current.self_by_office = by_office
    if current.self_state == Assessed.Self.WAITING:
        current.self_state = Assessed.Self.SAVED
    save(current, "自评")
    log(log_types.SELF_SAVED, current, actor, now, after={"entries": [row.code for row in rows], "total": str(current.self_total), "by_office": by_office})  # fmt: skip
    return current


@transaction.atomic
def self_submit(*, assessed: Assessed, version: int | None, actor: Actor, now: datetime) -> Assessed:
    """Hands the self-evaluation in. Every criterion that asks for one must have points and a word on it."""
    current = assessed_locked(assessed)
    by_office = _demand(current, actor)
    check_version(current, version, mine={})
    refuse_unfiled(current)
    scheme = mapping.scheme_of(current.round)
    entries = {one.code: one for one in selectors.entries_of([current]).get(current.pk, [])}
    lacking = [
        Problem(
            "没有填写",
            leaf.name,
            "",
            "请填写自评得分和说明；没有开展的填0分并说明",
        )
        for code in mapping.leaf_codes(scheme, current)
        if (leaf := scheme.node(code)) is not None and asks_self(leaf) and not _filled(entries[code])
    ]
    if lacking:
        raise BadInput(f"还有 {len(lacking)} 项没有填完", lacking)
    current.self_state = Assessed.Self.SUBMITTED
    current.self_submitted_at, current.self_submitted_by = now, actor.name
    current.self_by_office = by_office
    current.return_reason = ""
    save(current, "自评")
    given = Evidence.objects.system("handed in with the self-evaluation").filter(
        assessment_entries__in=list(entries.values())
    )
    evidence_hand_in(evidence=given.values_list("pk", flat=True), now=now)
    todo_close(ref=ref_of(current), actor=actor, now=now, kind=TODO_SELF)
    log(log_types.SELF_SUBMITTED, current, actor, now, after={"total": str(current.self_total), "by_office": by_office})  # fmt: skip
    return current


@transaction.atomic
def self_return(
    *, assessed: Assessed, reason: str, version: int | None, actor: Actor, now: datetime
) -> Assessed:
    """The office sends a self-evaluation back for correction."""
    current = assessed_locked(assessed)
    demand(policies.may_enter_self(actor, current), "只有组织考核的办公室可以退回自评", "请由办公室办理")
    demand_state(current.round, Round.State.SELF, doing="退回自评")
    check_version(current, version, mine={})
    if current.self_state != Assessed.Self.SUBMITTED:
        raise StateConflict("这份自评还没有报送", where=current.name, remedy="报送后才能退回")
    if not reason.strip():
        raise BadInput("没有写明退回原因", where="退回原因", remedy="请写明要补正什么")
    current.self_state, current.return_reason = Assessed.Self.RETURNED, reason.strip()
    save(current, "自评")
    round_ = current.round
    todo = NewTodo(
        round_.jurisdiction_id, current.unit_id, TODO_SELF, ref_of(current), f"补正自评：{round_.title}", due_on=round_.self_due_on
    )  # fmt: skip
    todo_open(todo=todo, now=now)
    log(log_types.SELF_RETURNED, current, actor, now, after={"reason": current.return_reason})
    return current


def asks_self(leaf: Node) -> bool:
    """Whether the object itself must speak about the criterion; additions are claimed only where there is something."""
    return leaf.self_scored and leaf.part is Part.BASE


def _demand(current: Assessed, actor: Actor) -> bool:
    """Who may write here; gives whether it is the office entering for the object."""
    own = policies.may_evaluate_self(actor, current) and not actor.is_system
    entering = policies.may_enter_self(actor, current)
    demand(own or entering, "只有考核对象的人员可以填报自评", "请切换到该单位的身份；纸质自评由办公室代录")
    demand_state(current.round, Round.State.SELF, doing="填报自评")
    if current.self_state == Assessed.Self.SUBMITTED:
        raise StateConflict("自评已经报送", where=current.name, remedy="需要补正的，请办公室退回后再填")
    return not own


def _refuse_wrong(rows: Sequence[SelfRow], leaves: dict[str, Node | None]) -> None:
    problems = []
    for row in rows:
        leaf = leaves.get(row.code)
        if leaf is None:
            problems.append(Problem("考核表没有这一项", row.code, "", "请刷新页面后重填"))
            continue
        most = leaf.method.most(leaf.worth) if leaf.method else None
        low = row.points is not None and row.points < 0 and leaf.part is Part.BASE
        if len(row.statement) > LONGEST:
            problems.append(
                Problem("自评说明过长", row.code, "", f"请控制在 {LONGEST} 字以内，详情放在佐证材料中")
            )
        if row.points is not None and (low or (most is not None and row.points > most)):
            name = leaf.name
            problems.append(Problem(f"自评得分 {row.points} 超出范围", name, "", f"请填 0 至 {most}"))
    if problems:
        raise BadInput(problems[0].what, problems)


def _link(entry: Entry, row: SelfRow, current: Assessed, dated_on: date, actor: Actor, now: datetime) -> None:
    """The evidence as it now is: kept, added, taken off."""
    new = evidence_new(current, row.uploads, dated_on, actor, now)
    wanted = {one.pk: one for one in [*row.existing, *new]}
    held = {one.pk for one in selectors.evidence_of(entry)}
    if gone := held - set(wanted):
        EntryEvidence.objects.filter(entry=entry, evidence_id__in=gone).delete()
    EntryEvidence.objects.bulk_create(
        EntryEvidence(entry=entry, evidence=one) for pk, one in wanted.items() if pk not in held
    )


def _filled(entry: Entry) -> bool:
    return entry.self_points is not None and bool(entry.self_statement)


def _total(entries: object) -> Decimal | None:
    points = [one.self_points for one in entries if one.self_points is not None]  # type: ignore[attr-defined]
    return sum(points, Decimal(0)) if points else None
