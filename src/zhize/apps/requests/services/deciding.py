"""The office's part: returning with comments on single fields, or taking in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.apps.requests import log_types, mapping, policies
from zhize.apps.requests.events import RequestAccepted, RequestReturned
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services.common import (
    LOGGED,
    TODO_RETURNED,
    locked_request,
    log,
    ref_of,
    refuse_ended,
    save,
    tell,
)
from zhize.core.workflow.table import next_state
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.events import emit
from zhize.kit.versioned import check_version, snapshot

LONGEST = 300


@transaction.atomic
def request_return(
    *,
    request: UnitRequest,
    comment: str,
    version: int | None,
    actor: Actor,
    now: datetime,
    field_comments: Mapping[str, str] | None = None,
) -> UnitRequest:
    """Sends an answer back, saying what is to be mended: in general, or field by field. Emits `RequestReturned`."""
    said = {name: words.strip()[:LONGEST] for name, words in (field_comments or {}).items() if words.strip()}
    if not comment.strip() and not said:
        raise BadInput(
            _("请写明退回理由"),
            where=_("审核意见"),
            why=_("报送单位要据此补正"),
            remedy=_("在审核意见或有问题的填报项下写明缺什么、改哪里"),
        )
    current = _opened(request, version, actor, comment)
    unknown = set(said) - {field.name for field in mapping.fields_of(current.call)}
    if unknown:
        raise BadInput(_("没有填报项“%(name)s”") % {"name": min(unknown)}, where=_("逐项意见"))
    before = snapshot(current, LOGGED)
    current.field_comments = said
    _decide(current, "return", comment, actor, now)
    todo_open(
        todo=NewTodo(
            jurisdiction_id=current.jurisdiction_id,
            unit_id=current.unit_id,
            kind=TODO_RETURNED,
            ref=ref_of(current),
            title=f"补正后重新报送：{current.call.title}",
            due_on=current.due_on,
        ),
        now=now,
    )
    emit(RequestReturned(request=current, actor=actor, now=now))
    log(log_types.REQUEST_RETURNED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


@transaction.atomic
def request_accept(
    *, request: UnitRequest, version: int | None, actor: Actor, now: datetime, comment: str = ""
) -> UnitRequest:
    """Takes an answer in: it counts from the day it was handed in, and is what later answers repeat. Emits `RequestAccepted`."""
    current = _opened(request, version, actor, comment)
    before = snapshot(current, LOGGED)
    current.field_comments = {}
    _decide(current, "accept", comment, actor, now)
    tell([current.unit], f"已接收：{current.call.title}", ref_of(current), now)
    emit(RequestAccepted(request=current, actor=actor, now=now))
    log(log_types.REQUEST_ACCEPTED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current


def _opened(request: UnitRequest, version: int | None, actor: Actor, comment: str) -> UnitRequest:
    current = locked_request(request)
    if not policies.may_review(actor, current):
        raise NotAllowed(
            _("只有本辖区办公室可以审核报送，且不能审核本单位的报送"),
            remedy=_("请由办公室其他身份的人员办理"),
        )
    refuse_ended(current)
    check_version(current, version, mine={"comment": comment})
    return current


def _decide(current: UnitRequest, action: str, comment: str, actor: Actor, now: datetime) -> None:
    current.state = next_state(TABLE, current.state, action).next_state
    current.decided_at, current.decided_by, current.comment = now, actor.name, comment.strip()
    save(current)
    todo_close(ref=ref_of(current), actor=actor, now=now)
