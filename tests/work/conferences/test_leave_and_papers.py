"""请假和代会 need the office's word; papers have a deadline, versions, and a list of who still owes one."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.work.conferences.conftest import Convene, fresh, place_of
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.work import services
from zhize.apps.work.models import Conference, ConferencePaper, ConferenceUnit
from zhize.apps.work.selectors.conference_figures import digest
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.measures import By, Where, measures

WHY = "与全国会议时间冲突"


def called(convene: Convene, world: World) -> Conference:
    conference = convene()
    services.conference_call(conference=conference, actor=world.actor("office"), now=on(6, 5))
    return fresh(conference)


def leave(conference: Conference, world: World) -> ConferenceUnit:
    return services.attendance_reply(
        row=place_of(conference, "zjj", world),
        reply="leave",
        note=WHY,
        actor=world.actor("liaison"),
        now=on(6, 6),
    )


def waiting(kind: str) -> list[str]:
    rows = Todo.objects.system("test").filter(kind=kind, done_at__isnull=True)
    return [row.title for row in rows.order_by("pk")]


def test_leave_asked_by_a_unit_waits_for_the_office(world: World, convene: Convene) -> None:
    conference = called(convene, world)
    assert leave(conference, world).leave == "asked"
    assert waiting("conference.leave") == ["审批请假、代会 1 件：2012年全省质量振兴联席会议"]
    office = world.actor("office")
    with pytest.raises(NotAllowed):
        services.leave_decide(
            row=place_of(conference, "zjj", world), granted=True, actor=world.actor("liaison"), now=on(6, 7)
        )
    row = services.leave_decide(
        row=place_of(conference, "zjj", world), granted=True, actor=office, now=on(6, 7)
    )
    assert (row.leave, row.leave_by) == ("granted", office.name)
    assert waiting("conference.leave") == []
    told = Notice.objects.system("test").filter(user=world.user["liaison"]).order_by("-pk")[0]
    assert told.text.startswith("请假同意")
    with pytest.raises(StateConflict):
        services.leave_decide(row=row, granted=False, word="须到会", actor=office, now=on(6, 7))


def test_a_refusal_says_why_and_the_unit_is_asked_again(world: World, convene: Convene) -> None:
    conference, office = called(convene, world), world.actor("office")
    row = leave(conference, world)
    with pytest.raises(BadInput, match="没有写明不同意的理由"):
        services.leave_decide(row=row, granted=False, actor=office, now=on(6, 7))
    services.leave_decide(row=row, granted=False, word="须主要负责人到会", actor=office, now=on(6, 7))
    assert "重新回执：2012年全省质量振兴联席会议" in waiting("conference.reply")
    again = services.attendance_reply(
        row=row, reply="will", attendee="局长（演示）", actor=world.actor("liaison"), now=on(6, 8)
    )
    assert (again.leave, again.leave_word) == ("", ""), "who comes after all needs nobody's word"


def test_what_the_office_enters_from_the_telephone_is_granted(world: World, convene: Convene) -> None:
    conference = called(convene, world)
    row = services.attendance_reply(
        row=place_of(conference, "zjj", world), reply="proxy", attendee="处长（演示）", actor=world.actor("office"),
        now=on(6, 6),
    )  # fmt: skip
    assert row.leave == "granted"


def test_leave_granted_is_no_absence_and_leave_refused_is(
    world: World, year: WorkYear, convene: Convene
) -> None:
    conference, office = called(convene, world), world.actor("office")
    services.leave_decide(row=leave(conference, world), granted=True, actor=office, now=on(6, 7))
    other = services.attendance_reply(
        row=place_of(conference, "gsj", world),
        reply="leave",
        note=WHY,
        actor=world.actor("other"),
        now=on(6, 6),
    )
    services.leave_decide(row=other, granted=False, word="须到会", actor=office, now=on(6, 7))
    services.conference_hold(
        conference=conference, attended_ids=[world.unit["lz_gov"].pk], actor=office, now=on(6, 20, 8)
    )
    units = (world.unit["zjj"].pk, world.unit["gsj"].pk)
    where = Where(year.jurisdiction_id, year.starts_on, year.ends_on, units)
    rate = measures()["work.conference.attendance"].load(where, By.UNIT)
    assert {pk: (one.numerator, one.denominator) for pk, one in rate.items()} == {units[1]: (0, 1)}
    said = [digest(pk, year.jurisdiction_id, year.starts_on, year.ends_on) for pk in units]
    assert [one.lines[1].rsplit("：", 1)[1] for one in said if one] == ["请假（经同意）。", "未到会。"]


def bring(conference: Conference, world: World, words: bytes) -> ConferencePaper:
    upload = SimpleUploadedFile("上半年情况.txt", words, content_type="text/plain")
    return services.paper_add(
        conference=conference, upload=upload, actor=world.actor("liaison"), now=on(6, 8)
    )


def test_who_owes_a_paper_has_a_todo_until_it_is_brought(world: World, convene: Convene) -> None:
    conference, office = called(convene, world), world.actor("office")
    units = [world.unit["zjj"].pk, world.unit["gsj"].pk]
    asked = {"conference": conference, "unit_ids": units, "version": None, "actor": office, "now": on(6, 7)}
    with pytest.raises(BadInput, match="晚于会期"):
        services.papers_ask(**asked, due_on=date(2012, 6, 21))
    services.papers_ask(**asked, due_on=date(2012, 6, 15))
    assert len(waiting("conference.paper")) == 2
    bring(conference, world, b"one")
    assert len(waiting("conference.paper")) == 1
    services.papers_ask(**asked, due_on=date(2012, 6, 18))
    assert len(waiting("conference.paper")) == 1, "asked again, who has brought one owes none"


def test_the_same_paper_brought_again_is_its_next_version(world: World, convene: Convene) -> None:
    conference = called(convene, world)
    numbers = [bring(conference, world, words).number for words in (b"one", b"two")]
    assert numbers == [1, 2]
    assert ConferencePaper.objects.system("test").filter(conference=conference).count() == 2, "both are kept"


def test_the_record_is_for_the_office_that_holds_it(world: World, convene: Convene) -> None:
    conference = called(convene, world)
    words = {"conference": conference, "record": "省质监局：…", "version": None}
    with pytest.raises(NotAllowed):
        services.record_keep(**words, actor=world.actor("liaison"), now=on(6, 20))
    services.record_keep(**words, actor=world.actor("office"), now=on(6, 20))
    assert fresh(conference).record == "省质监局：…"
