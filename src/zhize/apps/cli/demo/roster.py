"""联络员名册: asked for in January, given notice of and confirmed; two lines stay incomplete, one liaison changes, one change waits."""

from __future__ import annotations

from datetime import date, timedelta

from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of
from zhize.apps.orgs.models import Membership, UnitContact
from zhize.apps.orgs.selectors.roster import CAPACITIES
from zhize.apps.orgs.services import contact_change, contact_change_decide, roster_remind

OFFICE = "gs-office"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗"
NOBODY, NO_LEADER = 19, 13  # by place in the official order
Part = UnitContact.Part


def play(stage: Stage) -> None:
    """The first roster, in force from January."""
    day = date(2012, 1, 10)
    roster_remind(jurisdiction=stage.jurisdiction, actor=actor(OFFICE, day), now=at(day))
    for number, member in enumerate(_members(stage)):
        day = date(2012, 1, 11) + timedelta(days=number % 3)
        if number == NOBODY or liaison_of([member.unit_id], day) is None:
            continue
        for part, title in ((Part.LEADER, "分管负责人"), (Part.LIAISON, "质量工作处处长")):
            if part == Part.LIAISON or number != NO_LEADER:
                _named(member, number * 2 + (part == Part.LIAISON), part, title, day)


def changes(stage: Stage) -> None:
    """In September a unit's liaison changes; in December a second notice waits for the office."""
    members = _members(stage)
    _named(members[4], 40, Part.LIAISON, "综合处副处长", date(2012, 9, 3), reason="原联络员工作调整")
    _named(members[7], 70, Part.LEADER, "副厅级负责人", date(2012, 12, 17), reason="班子分工调整", wait=True)


def _members(stage: Stage) -> list[Membership]:
    rows = Membership.objects.system("demonstration").filter(
        jurisdiction=stage.jurisdiction, capacity__in=CAPACITIES
    )
    return list(rows.select_related("unit", "jurisdiction").order_by("order", "pk"))


def _named(
    member: Membership,
    number: int,
    part: Part,
    title: str,
    day: date,
    *,
    reason: str = "",
    wait: bool = False,
) -> None:
    username = liaison_of([member.unit_id], day)
    assert username is not None, f"nobody reports for {member.unit.name}"
    data = {
        "part": part, "name": f"{SURNAMES[number % 20]}{'一二三四五'[number % 5]}（演示）", "title": title, "phone": f"0931-0000{100 + number}",
        "valid_from": day, "reason": reason,
    }  # fmt: skip
    row = contact_change(member=member, data=data, actor=actor(username, day), now=at(day))
    if not wait and row.state == UnitContact.State.ASKED:
        contact_change_decide(
            member=member, contact=row, confirm=True, actor=actor(OFFICE, day), now=at(day, 16)
        )
