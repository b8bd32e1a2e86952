"""联络员名册: a change is given notice of, confirmed, the whole checked once a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import (
    CONTACT_CHANGE_ASKED,
    CONTACT_CHANGE_DECIDED,
    ROSTER_CHECKED,
    ROSTER_REMINDED,
)
from zhize.apps.orgs.models import Jurisdiction, Membership, UnitContact
from zhize.apps.orgs.models.people import UNIT_ROLES
from zhize.apps.orgs.selectors.roster import CAPACITIES, KIND, contacts_of, present
from zhize.apps.orgs.selectors.units import in_force
from zhize.apps.orgs.services.saving import assign, checked, demand, locked
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open, todos_open
from zhize.core.workflow.contact_change import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor, system_actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.rules import rule
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

FIELDS = ("part", "name", "title", "phone", "valid_from", "reason")
TODO_CONFIRM, TODO_CHECK = "roster.confirm", "roster.check"
_STATE = UnitContact.State


def _ref(member: Membership) -> ThingRef:
    return ThingRef(KIND, member.pk)


@transaction.atomic
def contact_change(
    *, member: Membership, data: Mapping[str, Any], actor: Actor, now: datetime
) -> UnitContact:
    """变更联络员: who answers for the unit from when on and why. The office confirms; what the office enters itself holds at
    once.

    Raises `StateConflict` where a notice for the same part waits, `BadInput` for a day before the present one's first.
    """
    demand(
        policies.may_name_contacts(actor, member.unit)
        or policies.may_keep_members_of(actor, member.jurisdiction),
        "只有本单位和本辖区办公室可以变更联络员",
    )
    row = UnitContact(
        jurisdiction=member.jurisdiction,
        unit=member.unit,
        asked_at=now,
        asked_by=actor.name,
        state=_STATE.ASKED,
    )
    assign(row, data, FIELDS)
    rows = contacts_of(member)
    if any(one.state == _STATE.ASKED and one.part == row.part for one in rows):
        raise StateConflict(
            f"{member.unit.name}已有一份{row.get_part_display()}变更通知待确认",
            remedy="请等办公室确认，或请其退回后再报",
        )
    former = next((one for one in rows if one.part == row.part and one.state == _STATE.CONFIRMED), None)
    if former and former.valid_from >= row.valid_from:
        raise BadInput(
            f"{former.name}自 {former.valid_from} 起任{former.get_part_display()}，变更日期不能是 {row.valid_from}",
            where="自", remedy="请填写更晚的日期",
        )  # fmt: skip
    if former and not row.reason.strip():
        raise BadInput("没有填写变更原因", where="变更原因", remedy="如“工作调整”")
    checked(row)
    row.save()
    by_office = policies.may_keep_members_of(actor, member.jurisdiction)
    office = member.jurisdiction.office_unit_id
    if by_office:
        _confirm(row, former, actor, now)
        todo_close(ref=_ref(member), kind=TODO_CHECK, actor=actor, now=now)
    elif office:
        title = f"确认{member.unit.name}变更{row.get_part_display()}：{row.name}"
        new = NewTodo(member.jurisdiction_id, office, TODO_CONFIRM, _ref(member), title)
        todo_open(todo=new, now=now)
    record(
        CONTACT_CHANGE_ASKED,
        actor=actor,
        thing=_ref(member),
        now=now,
        after=snapshot(row),
        jurisdiction_code=member.jurisdiction.code,
    )
    return row


def _confirm(row: UnitContact, former: UnitContact | None, actor: Actor, now: datetime) -> None:
    if former and (former.valid_to is None or former.valid_to > row.valid_from):
        former.valid_to = row.valid_from
        former.version += 1
        former.save()
    row.state = next_state(TABLE, row.state, "confirm").next_state
    row.decided_at, row.decided_by, row.checked_on = now, actor.name, local_day(now)
    row.version += 1
    row.save()


@transaction.atomic
def contact_change_decide(
    *,
    member: Membership,
    contact: UnitContact,
    confirm: bool,
    comment: str = "",
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> UnitContact:
    """确认 or 退回 a notice of change; confirmed, the former holder's row ends on the day the next begins."""
    demand(policies.may_keep_members_of(actor, member.jurisdiction), "只有本辖区领导小组办公室可以确认变更")
    row = locked(UnitContact, contact.pk)
    check_version(row, version, mine={"comment": comment})
    before = snapshot(row)
    if confirm:
        rows = contacts_of(member)
        same = (one for one in rows if one.part == row.part and one.state == _STATE.CONFIRMED)
        _confirm(row, next(same, None), actor, now)
    else:
        if not comment.strip():
            raise BadInput("没有填写退回意见", where="意见", remedy="请写明哪里不对")
        row.state = next_state(TABLE, row.state, "refuse").next_state
        row.decided_at, row.decided_by, row.comment = now, actor.name, comment.strip()[:200]
        row.version += 1
        row.save()
    if not any(one.state == _STATE.ASKED for one in contacts_of(member)):
        todo_close(ref=_ref(member), kind=TODO_CONFIRM, actor=actor, now=now)
    word = "已确认" if confirm else f"未确认（{comment.strip()}）"
    desk = member.unit.answers_through_id or member.unit_id
    text = f"变更{row.get_part_display()}{word}：{row.name}"
    notice_send_to_units(texts={desk: text}, roles=sorted(UNIT_ROLES), ref=_ref(member), now=now)
    record(
        CONTACT_CHANGE_DECIDED,
        actor=actor,
        thing=_ref(member),
        now=now,
        before=before,
        after=snapshot(row),
        jurisdiction_code=member.jurisdiction.code,
    )
    return row


@transaction.atomic
def roster_check(*, member: Membership, actor: Actor, now: datetime) -> list[UnitContact]:
    """核对无误: the unit's line still holds; refused where a part has nobody. The day is kept."""
    demand(
        policies.may_name_contacts(actor, member.unit)
        or policies.may_keep_members_of(actor, member.jurisdiction),
        "只有本单位和本辖区办公室可以核对",
    )
    today = local_day(now)
    held = present(contacts_of(member), today)
    if missing := [part.label for part in UnitContact.Part if part.value not in held]:
        raise StateConflict(
            f"{member.unit.name}还没有{'、'.join(str(one) for one in missing)}", remedy="请先填写，再核对"
        )
    for row in held.values():
        row.checked_on = today
        row.version += 1
        row.save()
    todo_close(ref=_ref(member), kind=TODO_CHECK, actor=actor, now=now)
    record(
        ROSTER_CHECKED,
        actor=actor,
        thing=_ref(member),
        now=now,
        after={"on": str(today), "rows": sorted(row.pk for row in held.values())},
        jurisdiction_code=member.jurisdiction.code,
    )
    return list(held.values())


@transaction.atomic
def roster_remind(*, jurisdiction: Jurisdiction, actor: Actor, now: datetime) -> int:
    """Asks every unit of a jurisdiction whose line is incomplete or was not checked this year to check it; gives the number.

    What is open already is not opened again. Three statements.
    """
    today = local_day(now)
    values = rule("orgs/roster", on=today, jurisdiction=jurisdiction.code)
    members = Membership.objects.system("the units of a roster are reminded").filter(
        in_force(today), jurisdiction=jurisdiction, capacity__in=CAPACITIES
    )
    fresh = UnitContact.objects.system("lines checked this year").filter(
        in_force(today),
        jurisdiction=jurisdiction,
        state=_STATE.CONFIRMED,
        checked_on__gte=date(today.year, 1, 1),
    )
    told: dict[int, set[str]] = {}
    for unit_id, part in fresh.values_list("unit_id", "part"):
        told.setdefault(unit_id, set()).add(part)
    due = date(today.year, int(values["month"]), int(values["due_day"]))
    todos = [
        NewTodo(jurisdiction.pk, m.unit_id, TODO_CHECK, _ref(m), f"核对{today.year}年联络员名册", due)
        for m in members
        if told.get(m.unit_id, set()) != set(UnitContact.Part.values)
    ]
    todos_open(todos=todos, now=now)
    record(
        ROSTER_REMINDED,
        actor=actor,
        thing=ThingRef("orgs.jurisdiction", jurisdiction.pk),
        now=now,
        after={"units": len(todos)},
        jurisdiction_code=jurisdiction.code,
    )
    return len(todos)


def roster_each_day(now: datetime) -> None:
    """What the beat runs: on the day of the rule, in each jurisdiction with members."""
    today = local_day(now)
    for jurisdiction in Jurisdiction.objects.system("each roster on its own day").order_by("pk"):
        values = rule("orgs/roster", on=today, jurisdiction=jurisdiction.code)
        if (today.month, today.day) == (int(values["month"]), int(values["day"])):
            roster_remind(jurisdiction=jurisdiction, actor=system_actor("每年核对联络员名册"), now=now)
