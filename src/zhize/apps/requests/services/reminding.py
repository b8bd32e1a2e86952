"""催报: telling many units at once that their answer is missing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.requests import log_types
from zhize.apps.requests.models import Call, Reminder, UnitRequest
from zhize.apps.requests.services.common import CALL, locked_call, refuse_outsider, tell
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef

MISSING = (
    UnitRequest.State.WAITING,
    UnitRequest.State.DRAFTING,
    UnitRequest.State.RETURNED,
    UnitRequest.State.WITHDRAWN,
)
LONGEST = 300


@transaction.atomic
def requests_remind(
    *, call: Call, actor: Actor, now: datetime, unit_ids: Collection[int] | None = None, text: str = ""
) -> list[Reminder]:
    """Reminds these units (all that have not answered, where none is named): a message each, one entry in the log.

    Who has answered is left out. Raises `StateConflict` for a call that is not running, `BadInput` where nobody is left.
    """
    current = locked_call(call)
    refuse_outsider(actor, current)
    if current.state != Call.State.ISSUED:
        raise StateConflict(
            _("这次征集%(state)s，不需要催报") % {"state": current.get_state_display()},
            where=current.title,
            remedy=_("只有已发出的征集可以催报"),
        )
    rows = (
        UnitRequest.objects.system("whom to remind")
        .filter(call=current, state__in=MISSING)
        .select_related("unit")
        .order_by("unit__order", "pk")
    )
    late = list(rows if unit_ids is None else rows.filter(unit_id__in=list(unit_ids)))
    if not late:
        raise BadInput(
            _("没有需要催报的单位"),
            where=current.title,
            why=_("所选单位都已报送"),
            remedy=_("请刷新页面查看"),
        )
    words = (text.strip() or f"请尽快报送“{current.title}”，期限{current.due_on:%Y-%m-%d}")[:LONGEST]
    reminders = [
        Reminder(
            call=current, jurisdiction=current.jurisdiction, unit=r.unit, at=now, by=actor.name, text=words
        )
        for r in late
    ]
    Reminder.objects.bulk_create(reminders)
    ref = ThingRef(CALL, current.pk)
    tell([r.unit for r in late], words, ref, now)
    record(
        log_types.REQUESTS_REMINDED,
        actor=actor,
        thing=ref,
        now=now,
        after={"units": len(late)},
        note=words,
        rows_digest=rowfile_store({"unit": r.unit.code, "state": r.state} for r in late),
        jurisdiction_code=current.jurisdiction.code,
    )
    return reminders
