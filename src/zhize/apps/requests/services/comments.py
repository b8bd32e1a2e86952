"""征求意见: a unit's comments on the draft or its word that it has none, and the office's answer to each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.requests import log_types, mapping, policies
from zhize.apps.requests.events import CommentsDecided
from zhize.apps.requests.models import Call, DraftComment, UnitRequest
from zhize.apps.requests.services.common import (
    CALL,
    LOGGED,
    locked_call,
    locked_request,
    log,
    refuse_ended,
    refuse_others,
    refuse_outsider,
    save,
)
from zhize.apps.requests.services.replies import hand_in
from zhize.core.workflow.table import next_state
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, Problem, StateConflict
from zhize.kit.events import emit
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

WRITTEN = ("place", "present", "proposed", "reason")
ANSWER = ("verdict", "verdict_reason", "decided_by", "decided_at")
Verdict = DraftComment.Verdict
MOST_COMMENTS = 200


@transaction.atomic
def comments_save(
    *,
    request: UnitRequest,
    rows: Sequence[Mapping[str, Any]],
    version: int | None,
    actor: Actor,
    now: datetime,
) -> UnitRequest:
    """Keeps the unit's comments as a draft, in this order; `rows` hold WRITTEN, and `id` where one is kept. What is not
    named is taken out; a comment that was changed loses the answer it had.

    Raises `BadInput` with every comment that says neither where nor what.
    """
    current = _of_round(request, actor)
    check_version(current, version, mine={})
    wanted = [row for row in rows if any(str(row.get(name) or "").strip() for name in WRITTEN)]
    _refuse_incomplete(wanted)
    here = {one.pk: one for one in _rows(current)}
    kept: set[int] = set()
    for number, row in enumerate(wanted, 1):
        known = here.get(row.get("id") or 0)
        one = known or DraftComment(
            request=current, jurisdiction=current.jurisdiction, unit=current.unit, number=number
        )
        _write(one, number, row)
        kept.add(one.pk)
    _rows(current).exclude(pk__in=kept).delete()
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "save").next_state
    current.nil_report = False
    save(current)
    log(
        log_types.COMMENTS_SAVED,
        current,
        actor,
        now,
        before=before,
        after=snapshot(current, LOGGED) | {"comments": len(wanted)},
        rows_digest=rowfile_store({name: str(row.get(name) or "") for name in WRITTEN} for row in wanted),
    )
    return current


@transaction.atomic
def comments_none(*, request: UnitRequest, actor: Actor, now: datetime) -> UnitRequest:
    """无意见: handed in with one click and counted as an answer. Raises `BadInput` where comments are written."""
    current = _of_round(request, actor)
    before = snapshot(current, LOGGED)
    current.nil_report = True
    hand_in(current, at=now, by=actor.name, actor=actor, now=now)
    log(log_types.COMMENTS_NONE, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def comments_decide(
    *,
    call: Call,
    comment_ids: Collection[int],
    verdict: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """The office's answer to one comment, or the same to several that say the same: adopted, partly, not adopted; the two
    latter with the reason. May be changed until the call is closed. Returns how many were answered.

    Raises `BadInput` where the reason is missing or a comment is not one of those handed in.
    """
    current = locked_call(call)
    refuse_outsider(actor, current)
    if current.state != Call.State.ISSUED:
        raise StateConflict(
            _("这次征集%(state)s，不能再答复意见") % {"state": current.get_state_display()},
            where=current.title,
            why=_("各单位看到的采纳情况以结束时为准"),
        )
    if verdict not in Verdict.values or verdict == Verdict.OPEN:
        raise BadInput(_("没有选择采纳情况"), where=_("采纳情况"), remedy=_("请选择采纳、部分采纳或未采纳"))
    words = reason.strip()
    if verdict != Verdict.ADOPTED and not words:
        raise BadInput(
            _("请写明理由"),
            where=_("采纳说明"),
            why=_("部分采纳和未采纳的，提出单位要知道为什么"),
            remedy=_("写明采纳了哪一部分，或没有采纳的依据"),
        )
    chosen = list(
        DraftComment.objects.visible_to(actor)
        .filter(request__call=current, pk__in=list(comment_ids))
        .select_related("request__call", "request__unit", "unit")
        .order_by("pk")
    )
    if not chosen or len(chosen) != len(set(comment_ids)):
        raise BadInput(
            _("没有选中可答复的意见"),
            where=_("意见"),
            why=_("只能答复已报送、没有撤回或退回的意见"),
            remedy=_("请刷新页面，勾选意见后再答复"),
        )
    _refuse_own(actor, chosen)
    before = {str(one.pk): one.verdict for one in chosen}
    for one in chosen:
        one.verdict, one.verdict_reason = verdict, words
        one.decided_by, one.decided_at = actor.name, now
        one.version += 1
        one.full_clean()
    DraftComment.objects.system("answering comments").bulk_update(chosen, [*ANSWER, "version"])
    emit(CommentsDecided(current, tuple(chosen), actor, now))
    record(
        log_types.COMMENTS_DECIDED,
        actor=actor,
        thing=ThingRef(CALL, current.pk),
        now=now,
        before=before,
        after={"verdict": verdict, "reason": words, "comments": [one.pk for one in chosen]},
        jurisdiction_code=current.jurisdiction.code,
    )
    return len(chosen)


def refuse_unanswered(call: Call) -> None:
    """A round of comments ends when each comment taken in has its answer."""
    rows = DraftComment.objects.system("a round ends when its comments are answered").filter(
        request__call=call, request__state=UnitRequest.State.ACCEPTED, verdict=Verdict.OPEN
    )
    if waiting := rows.count():
        raise StateConflict(
            _("还有 %(n)s 条意见没有答复") % {"n": waiting},
            where=call.title,
            why=_("每条意见都要写明采纳、部分采纳或未采纳"),
            remedy=_("请先在意见采纳情况表中逐条答复，再结束征集"),
        )


def _of_round(request: UnitRequest, actor: Actor) -> UnitRequest:
    current = locked_request(request)
    refuse_others(actor, current)
    refuse_ended(current)
    if current.call.content != mapping.COMMENTS:
        raise StateConflict(
            _("这次征集不是征求意见"), where=current.call.title, remedy=_("请按填报项填写后报送")
        )
    return current


def _rows(request: UnitRequest) -> Any:
    return (
        DraftComment.objects.system("the comments of an answer being written")
        .filter(request=request)
        .order_by("number", "pk")
    )


def _refuse_incomplete(rows: Sequence[Mapping[str, Any]]) -> None:
    problems = [
        Problem(_("没有填写%(what)s") % {"what": label}, _("第 %(n)s 条意见") % {"n": number}, remedy=remedy)
        for number, row in enumerate(rows, 1)
        for name, label, remedy in (
            ("place", _("条款或段落"), _("写明改哪里，如“第三条第二款”“全文”")),
            ("proposed", _("修改意见"), _("写明建议改成什么，如“改为……”“删去”")),
        )
        if not str(row.get(name) or "").strip()
    ]
    if len(rows) > MOST_COMMENTS:
        problems.append(
            Problem(
                _("意见有 %(n)s 条，超过 %(most)s 条") % {"n": len(rows), "most": MOST_COMMENTS},
                _("修改意见"),
                remedy=_("请合并同一处的意见，或附文件说明"),
            )
        )
    if problems:
        raise BadInput(_("修改意见不完整"), problems)


def _write(one: DraftComment, number: int, row: Mapping[str, Any]) -> None:
    words = {name: str(row.get(name) or "").strip() for name in WRITTEN}
    changed = any(getattr(one, name) != value for name, value in words.items())
    for name, value in words.items():
        setattr(one, name, value)
    one.number = number
    if changed:
        one.verdict, one.verdict_reason, one.decided_by, one.decided_at = Verdict.OPEN, "", "", None
    if one.pk:
        one.version += 1
    one.full_clean()
    one.save()


def _refuse_own(actor: Actor, chosen: Sequence[DraftComment]) -> None:
    """Nobody answers what the own unit proposes, as nobody takes in its answer."""
    for request in {one.request_id: one.request for one in chosen}.values():
        if not policies.may_review(actor, request):
            raise NotAllowed(
                _("不能答复本单位提出的意见"),
                where=request.unit.name,
                remedy=_("请由办公室其他身份的人员答复"),
            )
