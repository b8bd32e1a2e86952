"""联络员名册: a change is told, confirmed, kept by date; gaps named; checked once a year; as a list and on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from tests.world import World

from zhize.apps.orgs.models import Membership, Todo, UnitContact
from zhize.apps.orgs.selectors.roster import contacts_of, present, roster, roster_member
from zhize.apps.orgs.services import contact_change, contact_change_decide, roster_check, roster_each_day
from zhize.core.workflow.contact_change import TABLE
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def at(month: int, day: int) -> datetime:
    return datetime(2012, month, day, 2, tzinfo=UTC)


@pytest.fixture
def member(world: World) -> Membership:
    rows = Membership.objects.system("test").select_related("unit", "jurisdiction")
    return rows.get(unit=world.unit["zjj"])


def told(
    world: World,
    member: Membership,
    who: str,
    since: date,
    name: str,
    part: str = "liaison",
    reason: str = "",
) -> UnitContact:
    data: dict[str, Any] = {
        "part": part, "name": name, "title": "处长", "phone": "0931-0000000", "valid_from": since, "reason": reason,
    }  # fmt: skip
    now = at(since.month, since.day)
    return contact_change(member=member, data=data, actor=world.actor(who), now=now)


def waiting(kind: str) -> list[str]:
    rows = Todo.objects.system("test").filter(kind=kind, done_at=None)
    return sorted(rows.values_list("unit__name", flat=True))


def test_the_states_of_the_table_and_of_the_model_are_the_same_words() -> None:
    assert {s.value: s.label for s in TABLE.states} == {s.value: s.label for s in UnitContact.State}


def test_a_change_holds_once_the_office_confirms_it_and_the_former_stays_readable_by_date(
    world: World, member: Membership
) -> None:
    told(world, member, "office", date(2012, 1, 5), "甲（演示）")
    new = told(world, member, "liaison", date(2012, 6, 1), "乙（演示）", reason="工作调整")
    assert waiting("roster.confirm") == ["领导小组办公室"]
    assert present(contacts_of(member), date(2012, 6, 2))["liaison"].name == "甲（演示）"
    contact_change_decide(member=member, contact=new, confirm=True, actor=world.actor("office"), now=at(6, 2))
    assert waiting("roster.confirm") == []
    rows = contacts_of(member)
    assert [present(rows, date(2012, m, 30))["liaison"].name for m in (5, 6)] == ["甲（演示）", "乙（演示）"]


def test_a_notice_is_sent_back_with_words_and_may_be_given_again(world: World, member: Membership) -> None:
    office, row = world.actor("office"), told(world, member, "liaison", date(2012, 3, 1), "甲（演示）")
    with pytest.raises(StateConflict, match="待确认"):
        told(world, member, "liaison", date(2012, 3, 2), "乙（演示）")
    with pytest.raises(BadInput, match="退回意见"):
        contact_change_decide(member=member, contact=row, confirm=False, actor=office, now=at(3, 2))
    contact_change_decide(
        member=member, contact=row, confirm=False, comment="电话有误", actor=office, now=at(3, 2)
    )
    assert told(world, member, "liaison", date(2012, 3, 3), "甲（演示）").state == "asked"


def test_others_name_nobody_and_the_unit_confirms_nothing_itself(world: World, member: Membership) -> None:
    with pytest.raises(NotAllowed):
        told(world, member, "other", date(2012, 3, 1), "甲（演示）")
    row = told(world, member, "liaison", date(2012, 3, 1), "甲（演示）")
    with pytest.raises(NotAllowed):
        contact_change_decide(
            member=member, contact=row, confirm=True, actor=world.actor("liaison"), now=at(3, 2)
        )
    assert roster_member(world.actor("sibling2"), member.pk) is None


def test_an_earlier_day_than_the_present_ones_and_a_change_without_reason_are_refused(
    world: World, member: Membership
) -> None:
    told(world, member, "office", date(2012, 3, 1), "甲（演示）")
    with pytest.raises(BadInput, match="变更日期不能是"):
        told(world, member, "office", date(2012, 2, 1), "乙（演示）", reason="调整")
    with pytest.raises(BadInput, match="变更原因"):
        told(world, member, "office", date(2012, 4, 1), "乙（演示）")


def test_once_a_year_every_unit_that_has_not_checked_its_line_is_asked_to(
    world: World, member: Membership
) -> None:
    roster_each_day(at(1, 9))
    assert waiting("roster.check") == []
    for part in UnitContact.Part:
        told(world, member, "office", date(2012, 1, 5), "甲（演示）", part=part.value)
    roster_each_day(at(1, 10))
    roster_each_day(at(1, 10))
    assert waiting("roster.check") == ["兰州市人民政府", "天水市人民政府", "省工商局"]
    roster_each_day(datetime(2013, 1, 10, 2, tzinfo=UTC))
    assert "省质监局" in waiting("roster.check")
    with pytest.raises(StateConflict, match="还没有"):
        other = Membership.objects.system("test").select_related("unit", "jurisdiction")
        roster_check(member=other.get(unit=world.unit["gsj"]), actor=world.actor("other"), now=at(1, 11))
    checked = datetime(2013, 1, 11, 2, tzinfo=UTC)
    rows = roster_check(member=member, actor=world.actor("liaison"), now=checked)
    assert {row.checked_on for row in rows} == {date(2013, 1, 11)}
    assert "省质监局" not in waiting("roster.check")


def test_the_roster_names_gaps_and_goes_out_on_paper(
    world: World, member: Membership, sign_in: SignIn
) -> None:
    for part in UnitContact.Part:
        told(world, member, "office", date(2012, 1, 5), "甲（演示）", part=part.value)
    assert {row.unit.name: row.liaison_name for row in roster(world.actor("office"), date(2012, 3, 5))}[
        "省质监局"
    ] == "甲（演示）"
    client = sign_in("office")
    page = client.get(reverse("orgs:roster")).content.decode()
    assert "甲（演示）" in page and "名册不全的单位" in page
    lacking = client.get(reverse("orgs:roster"), {"gap": "any", "export": "csv"})
    file = b"".join(lacking.streaming_content).decode()  # type: ignore[attr-defined]
    assert "省工商局" in file and "省质监局" not in file
    paper = client.get(reverse("orgs:roster"), {"as": "docx"})
    sheet = docx.Document(io.BytesIO(paper.content)).tables[0]
    assert any(cell.text == "甲（演示）" for row in sheet.rows for cell in row.cells)


def test_a_unit_gives_notice_on_its_page_and_the_office_confirms_there(
    world: World, member: Membership, sign_in: SignIn
) -> None:
    page = reverse("orgs:roster_unit", args=[member.pk])
    data = {
        "part": "liaison",
        "name": "甲（演示）",
        "title": "处长",
        "phone": "0931-0000000",
        "valid_from": "2012-03-01",
    }
    unit, office = sign_in("liaison"), sign_in("office")
    assert unit.post(f"{page}change/", data | {"phone": "无"}).status_code == 400
    assert unit.post(f"{page}change/", data).status_code == 302
    assert unit.post(f"{page}change/", data).status_code == 409
    row = UnitContact.objects.system("test").get()
    assert "变更待办公室确认" in office.get(page).content.decode()
    decided = {"contact": row.pk, "version": row.version, "comment": ""}
    assert office.post(f"{page}decide/", decided).status_code == 302
    assert office.post(f"{page}decide/", decided).status_code == 409
    assert "甲（演示）" in unit.get(page).content.decode()
