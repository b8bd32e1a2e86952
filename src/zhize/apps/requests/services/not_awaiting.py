"""不再等候: a round of comments goes on without a unit that has not answered, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.orgs.services.todos import todo_close
from zhize.apps.requests import log_types, mapping
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services.common import (
    locked_request,
    log,
    ref_of,
    refuse_ended,
    refuse_outsider,
    save,
    tell,
)
from zhize.apps.requests.services.reminding import LONGEST, MISSING
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import snapshot

NOTED = ["state", "not_awaited", "not_awaited_by", "not_awaited_at"]


@transaction.atomic
def request_not_await(*, request: UnitRequest, reason: str, actor: Actor, now: datetime) -> UnitRequest:
    """The office no longer waits for this unit's word and says why; the unit is told, and may still answer until the end.

    Raises `StateConflict` where it has answered or the call is no round of comments, `BadInput` without a reason.
    """
    current = locked_request(request)
    refuse_outsider(actor, current.call)
    refuse_ended(current)
    if current.call.content != mapping.COMMENTS:
        raise StateConflict(
            _("这次征集不是征求意见"),
            where=current.call.title,
            why=_("报送事项应当由单位报送"),
            remedy=_("请催报，或退回后请其补报"),
        )
    if current.state not in MISSING:
        raise StateConflict(
            _("该单位已经回复"), where=current.unit.name, remedy=_("请在意见采纳情况表中答复它的意见")
        )
    words = reason.strip()[:LONGEST]
    if not words:
        raise BadInput(
            _("请写明不再等候的理由"),
            where=_("理由"),
            why=_("该单位和查看采纳情况的人会看到"),
            remedy=_("如“已两次催办，会议时限已到；电话答复无意见”"),
        )
    before = snapshot(current, NOTED)
    current.not_awaited, current.not_awaited_by, current.not_awaited_at = words, actor.name, now
    save(current)
    todo_close(ref=ref_of(current), actor=actor, now=now)
    told = f"“{current.call.title}”不再等候贵单位回复：{words}。结束前仍可回复"
    tell([current.unit], told[:LONGEST], ref_of(current), now)
    log(
        log_types.COMMENTS_NOT_AWAITED,
        current,
        actor,
        now,
        before=before,
        after=snapshot(current, NOTED),
        note=words,
    )
    return current
