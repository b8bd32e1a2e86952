"""催报: telling many units at once that their answer is missing, by hand and by rule (`years/lights`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.apps.requests import log_types
from zhize.apps.requests.models import Call, Reminder, UnitRequest
from zhize.apps.requests.services.common import CALL, TODO_CHASE, locked_call, refuse_outsider, tell
from zhize.kit.actor import Actor, system_actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.rules import rule
from zhize.kit.scope import ScopedQuerySet
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
        .filter(call=current, state__in=MISSING, not_awaited="")
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
    todo_close(ref=ThingRef(CALL, current.pk), actor=actor, now=now, kind=TODO_CHASE)
    return _reminded(current, late, words, actor, now)


def requests_remind_due(*, actor: Actor, now: datetime) -> int:
    """Each morning, by the rule `years/lights` of the jurisdiction that asks; gives how many reminders were written.

    Before the due date, on the days of `remind_days`, every unit that has not answered is reminded; `escalate_days` after
    it the office that asked is given a to-do naming how many are missing. Each call is a transaction of its own behind its lock,
    and a day's reminder is written once: killed in the middle, the next run goes on with the calls that are left.
    """
    today = local_day(now)
    codes = Call.objects.system("which jurisdictions are waiting for answers").filter(state=Call.State.ISSUED)
    written = 0
    for code in codes.order_by().values_list("jurisdiction__code", flat=True).distinct():
        values = rule("years/lights", on=today, jurisdiction=code)
        days = {today + timedelta(days=int(n)): int(n) for n in values["remind_days"]}
        overdue = today - timedelta(days=int(values["escalate_days"]))
        rows = _missing().filter(call__state=Call.State.ISSUED, jurisdiction__code=code)
        due = rows.filter(due_on__in=[*days, overdue]).order_by().values_list("call_id", "due_on").distinct()
        for call_id, due_on in list(due):
            call = Call(pk=call_id)
            if due_on == overdue:
                _escalate(call, due_on, int(values["escalate_days"]), now)
            if due_on in days:
                written += _remind_once(call, due_on, days[due_on], actor, now)
    return written


def remind_each_day(now: datetime) -> None:
    """What the beat runs."""
    requests_remind_due(actor=system_actor("按规则催报"), now=now)


def _missing() -> ScopedQuerySet[UnitRequest]:
    return UnitRequest.objects.system("whom to remind").filter(state__in=MISSING, not_awaited="")


@transaction.atomic
def _remind_once(call: Call, due_on: date, days: int, actor: Actor, now: datetime) -> int:
    current = locked_call(call)
    start = timezone.make_aware(datetime.combine(local_day(now), time.min))
    told = Reminder.objects.system("who was reminded today").filter(call=current, at__gte=start)
    rows = (
        _missing()
        .filter(call=current, due_on=due_on)
        .exclude(unit_id__in=told.values("unit_id"))
        .select_related("unit")
        .order_by("unit__order", "pk")
    )
    late = list(rows)
    if not late or current.state != Call.State.ISSUED:
        return 0
    left = f"还有 {days} 天" if days else "今天到期"
    words = f"请报送“{current.title}”，期限{due_on:%Y-%m-%d}，{left}"[:LONGEST]
    return len(_reminded(current, late, words, actor, now))


@transaction.atomic
def _escalate(call: Call, due_on: date, days: int, now: datetime) -> None:
    current = locked_call(call)
    missing = _missing().filter(call=current, due_on=due_on).count()
    office = current.jurisdiction.office_unit_id
    if office and missing and current.state == Call.State.ISSUED:
        title = f"催报：“{current.title}”逾期 {days} 天，{missing} 个单位未报送"
        todo_open(
            todo=NewTodo(
                current.jurisdiction_id, office, TODO_CHASE, ThingRef(CALL, current.pk), title, local_day(now)
            ),
            now=now,
        )


def _reminded(
    current: Call, late: Sequence[UnitRequest], words: str, actor: Actor, now: datetime
) -> list[Reminder]:
    """The reminders of one call, their messages, one entry in the log."""
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
