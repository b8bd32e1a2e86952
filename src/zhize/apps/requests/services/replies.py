"""The unit's part: filling in, handing in, taking back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.orgs.services.todos import todo_close, todo_open
from zhize.apps.requests import log_types, mapping
from zhize.apps.requests.events import RequestSubmitted, RequestWithdrawn
from zhize.apps.requests.models import DraftComment, UnitRequest, UnitRequestFile
from zhize.apps.requests.services.common import (
    LOGGED,
    ask_office,
    due_todo,
    locked_request,
    log,
    ref_of,
    refuse_ended,
    refuse_others,
    save,
)
from zhize.apps.requests.services.files import files_hand_over
from zhize.core.workflow.table import next_state
from zhize.core.workflow.unit_request import TABLE
from zhize.kit import contributions
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem
from zhize.kit.events import emit
from zhize.kit.versioned import check_version, snapshot


@transaction.atomic
def request_save(
    *,
    request: UnitRequest,
    answers: Mapping[str, Any],
    statement: str = "",
    nil_report: bool = False,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> UnitRequest:
    """Keeps a draft: what is required may still be missing, what is there must fit its field. Nobody else sees it.

    `answers` by field name, as values or as text; fields not named are emptied.
    """
    current = locked_request(request)
    refuse_others(actor, current)
    refuse_ended(current)
    mine = {"answers": dict(answers), "statement": statement, "nil_report": nil_report}
    check_version(current, version, mine=mine)
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "save").next_state
    fields = mapping.fields_of(current.call)
    current.answers = mapping.cleaned(fields, answers, actor, draft=True)
    current.statement, current.nil_report = statement.strip(), nil_report
    current.prefilled = [name for name in current.prefilled if name in current.answers]
    save(current)
    log(log_types.REQUEST_SAVED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def request_submit(*, request: UnitRequest, version: int | None, actor: Actor, now: datetime) -> UnitRequest:
    """Hands in what was filled in (三（三）); the day decides lateness. Emits `RequestSubmitted`.

    A nil report (零报告) needs nothing but the call's permission. Otherwise raises `BadInput` with every required
    field that is empty, what the content's own app still misses, and a stamp that was not recorded.
    """
    current = locked_request(request)
    refuse_others(actor, current)
    refuse_ended(current)
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    hand_in(current, at=now, by=actor.name, actor=actor, now=now)
    log(log_types.REQUEST_SUBMITTED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


def hand_in(current: UnitRequest, *, at: datetime, by: str, actor: Actor, now: datetime) -> None:
    """The working copy becomes what was handed in, at `at` in the name of `by`; the caller has locked, allowed, and logs."""
    step = next_state(TABLE, current.state, "submit")
    if problems := _missing(current, actor):
        raise BadInput(_("报送内容不完整"), problems)
    current.state = step.next_state
    current.handed_in = {
        "answers": {} if current.nil_report else current.answers,
        "statement": current.statement,
        "nil_report": current.nil_report,
    }
    current.submitted_at, current.submitted_by = at, by
    current.decided_at, current.decided_by = None, ""
    current.not_awaited, current.not_awaited_by, current.not_awaited_at = "", "", None
    save(current)
    files_hand_over(current, actor, now)
    ask_office(current, actor, now)
    emit(RequestSubmitted(request=current, actor=actor, now=now))


@transaction.atomic
def request_withdraw(
    *, request: UnitRequest, version: int | None, actor: Actor, now: datetime
) -> UnitRequest:
    """Takes back what the office has not decided on; it is the unit's draft again. Emits `RequestWithdrawn`."""
    current = locked_request(request)
    refuse_others(actor, current)
    refuse_ended(current)
    check_version(current, version, mine={})
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "withdraw").next_state
    current.handed_in, current.submitted_at, current.submitted_by = None, None, ""
    save(current)
    UnitRequestFile.objects.filter(request=current).update(handed_in=False)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    todo_open(todo=due_todo(current), now=now)
    emit(RequestWithdrawn(request=current, actor=actor, now=now))
    log(log_types.REQUEST_WITHDRAWN, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


def _missing(request: UnitRequest, actor: Actor) -> list[Problem]:
    """What keeps the answer from being handed in, one place each."""
    call = request.call
    problems: list[Problem] = []
    if request.nil_report and not call.nil_allowed:
        problems.append(Problem(_("这次征集不接受零报告"), _("零报告"), remedy=_("请填写各项，或联系办公室")))
    if call.stamp_needed and not (request.stamped_by and request.stamped_on):
        problems.append(
            Problem(
                _("没有登记本单位审签"),
                _("本单位审签"),
                _("这次征集要求经单位负责人审签后报送"),
                _("请登记审签人和日期，可附扫描件"),
            )
        )
    if request.nil_report:
        if written := DraftComment.objects.system("nothing to say, and said").filter(request=request).count():
            problems.append(
                Problem(
                    _("已写了 %(n)s 条修改意见") % {"n": written},
                    _("无意见"),
                    remedy=_("请报送这些意见；确实没有意见的，请先清空"),
                )
            )
        return problems
    fields = mapping.fields_of(call)
    try:
        mapping.cleaned(fields, request.answers, actor, draft=False)
    except BadInput as error:
        problems += error.problems
    for content in contributions.call_contents.items():
        if content.kind == call.content:
            problems += [Problem(words, str(content.label)) for words in content.check(request.pk)]
    if not fields and not call.content and not request.statement and not _has_files(request):
        problems.append(Problem(_("没有填写内容"), _("说明"), remedy=_("请写说明，或附材料")))
    return problems


def _has_files(request: UnitRequest) -> bool:
    return UnitRequestFile.objects.filter(request=request).exists()
