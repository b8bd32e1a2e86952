"""申辩: filed by the assessed after the feedback, answered by people who did not score it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Appeal, AppealEvidence, Assessed, Round
from zhize.apps.assessment.services.common import (
    TODO_ANSWER,
    TODO_FEEDBACK,
    assessed_locked,
    checked,
    days_on,
    demand,
    demand_state,
    evidence_new,
    log,
    ref_of,
    step_of,
)
from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open
from zhize.core.workflow.appeal import TABLE
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import check_version, snapshot

LOGGED = ["code", "text", "state", "answer"]


@transaction.atomic
def appeal_file(
    *,
    assessed: Assessed,
    code: str,
    text: str,
    uploads: Sequence[File[bytes]] = (),
    existing: Sequence[Evidence] = (),
    actor: Actor,
    now: datetime,
) -> Appeal:
    """Objects to a criterion (or, with an empty code, to the whole) by the day the feedback named. New files become
    evidence of the year, `existing` is what was handed in with the self-evaluation; who answers sees both.

    Raises `BadInput` in words where a file is refused: nothing is kept then.
    """
    current = assessed_locked(assessed)
    demand(policies.may_file_appeal(actor, current), "只有考核对象的人员可以提出申辩", "请切换到该单位的身份")
    demand_state(current.round, Round.State.APPEALS, doing="提出申辩")
    due = current.round.appeal_due_on
    if due is not None and local_day(now) > due:
        raise StateConflict(
            f"申辩期限（{due}）已过", where=current.round.title, remedy="请联系办公室说明情况"
        )
    if code and code not in mapping.leaf_codes(mapping.scheme_of(current.round), current):
        raise BadInput("考核表没有这一项", where="申辩项目", remedy="请从列表中选择")
    if not text.strip():
        raise BadInput("没有写明申辩意见", where="申辩意见", remedy="请写明事实、依据和要求")
    appeal = Appeal(assessed=current, code=code, text=text.strip(), filed_at=now, filed_by=actor.name)
    checked(appeal, "申辩")
    appeal.save()
    _refuse_others(current, existing)
    given = [*existing, *evidence_new(current, uploads, local_day(now), actor, now)]
    AppealEvidence.objects.bulk_create(AppealEvidence(appeal=appeal, evidence=one) for one in given)
    evidence_hand_in(evidence=[one.pk for one in given], now=now)
    todo_close(ref=ref_of(current), actor=actor, now=now, kind=TODO_FEEDBACK)
    if office := current.round.jurisdiction.office_unit_id:
        title = f"答复申辩：{current.name}（{current.round.title}）"
        due_on = days_on(current.round, "answer_days", now)
        todo_open(
            todo=NewTodo(
                current.round.jurisdiction_id, office, TODO_ANSWER, ref_of(current), title, due_on=due_on
            ),
            now=now,
        )
    after = snapshot(appeal, LOGGED) | {"evidence": [one.pk for one in given]}
    log(log_types.APPEAL_FILED, current, actor, now, after=after)
    return appeal


@transaction.atomic
def appeal_withdraw(*, appeal: Appeal, version: int | None, actor: Actor, now: datetime) -> Appeal:
    """The assessed take an objection back before it is answered."""
    row = _locked(appeal)
    demand(
        policies.may_file_appeal(actor, row.assessed), "只有提出申辩的单位可以撤回", "请切换到该单位的身份"
    )
    check_version(row, version, mine={})
    before = snapshot(row, LOGGED)
    row.state = step_of(TABLE, row.state, "withdraw", row.assessed.name).next_state
    _save(row)
    _close_todo(row, actor, now)
    log(log_types.APPEAL_WITHDRAWN, row.assessed, actor, now, before=before, after=snapshot(row, LOGGED))
    return row


@transaction.atomic
def appeal_answer(
    *, appeal: Appeal, action: str, answer: str, version: int | None, actor: Actor, now: datetime
) -> Appeal:
    """uphold, uphold_partly or reject, with the reasons. What is upheld is then changed by a new check of the criterion,
    or by lifting the veto; the answer itself changes no figure."""
    row = _locked(appeal)
    judges, served = selectors.judges_of([row])[row.pk], selectors.units_served(actor, row.assessed.round)
    demand(
        policies.may_answer_appeal(actor, row, judges, served),
        "您不能答复这件申辩",
        "由办公室或领导答复；给这一项评分、登记否决的人和服务于该对象的人须回避",
    )
    demand_state(row.assessed.round, Round.State.APPEALS, doing="答复申辩")
    check_version(row, version, mine={"answer": answer})
    if not answer.strip():
        raise BadInput("没有写明答复理由", where="答复", remedy="请写明核查情况和结论")
    before = snapshot(row, LOGGED)
    row.state = step_of(TABLE, row.state, action, row.assessed.name).next_state
    row.answer, row.answered_at, row.answered_by = answer.strip(), now, actor.name
    _save(row)
    _close_todo(row, actor, now)
    unit = row.assessed.unit.answers_through_id or row.assessed.unit_id
    notice_send_to_units(
        texts={unit: f"申辩已答复（{row.get_state_display()}）：{row.assessed.round.title}"},
        roles=policies.UNIT,
        ref=ref_of(row.assessed),
        now=now,
    )
    log(log_types.APPEAL_ANSWERED, row.assessed, actor, now, before=before, after=snapshot(row, LOGGED))
    return row


def _locked(appeal: Appeal) -> Appeal:
    return (
        Appeal.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("assessed__unit", "assessed__round__jurisdiction", "assessed__round__year")
        .get(pk=appeal.pk)
    )


def _refuse_others(assessed: Assessed, existing: Sequence[Evidence]) -> None:
    """Only what the object handed in with its own self-evaluation may be named again."""
    own = {
        one.pk
        for entry in selectors.entries_of([assessed]).get(assessed.pk, [])
        for one in selectors.evidence_of(entry)
    }
    if foreign := [one for one in existing if one.pk not in own]:
        raise BadInput(
            f"“{foreign[0].title}”不是本对象自评时报送的材料",
            where="佐证",
            remedy="请从列出的材料中选择，或上传文件",
        )


def _save(row: Appeal) -> None:
    row.version += 1
    checked(row, "申辩")
    row.save()


def _close_todo(row: Appeal, actor: Actor, now: datetime) -> None:
    """The to-do goes when nothing of the object waits any more."""
    waiting = Appeal.objects.system("whether another waits").filter(
        assessed=row.assessed, state=Appeal.State.FILED
    )
    if not waiting.exists():
        todo_close(ref=ref_of(row.assessed), actor=actor, now=now, kind=TODO_ANSWER)
