"""会议: called, answered, held, decided, minuted; what it discharges; who may."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.work.conferences.conftest import DAY, Convene, fresh, held, place_of
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.work.handlers.conferences import on_official_issued
from zhize.apps.work.models import Conference, ConferenceCheck, Task
from zhize.apps.work.services import (
    attendance_reply,
    call_draft,
    check_tick,
    conference_call,
    conference_call_off,
    conference_hold,
    conference_update,
    minutes_draft,
    paper_add,
    problems_note,
    resolution_add,
    resolution_remove,
    resolutions_to_tasks,
)
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.measures import By, Where, measures, sources


def _owed(
    world: World, year: WorkYear, unit: str, source: str, nature: str = "periodic", **rule: object
) -> Obligation:
    number = Duty.objects.system("test").count() + 1
    duty = Duty.objects.create(
        jurisdiction=year.jurisdiction, code=f"1.{number}#1", title="会议", text="会议。", nature=nature, sources=[source],
        rule=rule, order=number,
    )  # fmt: skip
    return Obligation.objects.create(
        jurisdiction=year.jurisdiction, year=year, duty=duty, unit=world.unit[unit], period_label="2012年",
        period_start=year.starts_on, period_end=year.ends_on, due_on=date(2012, 12, 31),
    )  # fmt: skip


def test_the_checklist_is_counted_backwards_from_the_day_and_moves_with_it(
    world: World, convene: Convene
) -> None:
    conference = convene()
    checks = ConferenceCheck.objects.system("test").filter(conference=conference)
    days = dict(checks.values_list("key", "due_on"))
    assert days["item.notice"] == date(2012, 6, 6), "ten working days before"
    assert days["item.minutes"] == date(2012, 7, 4)
    office = world.actor("office")
    check_tick(check=checks.get(key="item.topics"), done=True, actor=office, now=on(6, 2))
    conference_update(
        conference=conference, data={"held_on": date(2012, 6, 27)}, version=None, actor=office, now=on(6, 3)
    )
    moved = dict(checks.values_list("key", "due_on"))
    assert moved["item.notice"] == date(2012, 6, 13)
    assert moved["item.topics"] == days["item.topics"], "what is done stays where it was"


def test_the_units_called_get_a_message_and_a_todo_and_answer_for_themselves(
    world: World, convene: Convene
) -> None:
    conference = convene()
    conference_call(conference=conference, actor=world.actor("office"), now=on(6, 5))
    todos = Todo.objects.system("test").filter(kind="conference.reply", done_at__isnull=True)
    assert sorted(t.unit.name for t in todos) == ["兰州市人民政府", "省工商局", "省质监局"]
    assert {t.due_on for t in todos} == {date(2012, 6, 15)}
    told = Notice.objects.system("test").filter(user=world.user["liaison"]).get()
    assert told.text == "会议通知：2012年6月20日09:00在省政府会议室召开2012年全省质量振兴联席会议"
    row = place_of(conference, "zjj", world)
    for reply, words in (({"reply": "proxy"}, "没有填写代会人"), ({"reply": "leave"}, "没有填写请假事由")):
        with pytest.raises(BadInput, match=words):
            attendance_reply(row=row, **reply, actor=world.actor("liaison"), now=on(6, 6))
    attendance_reply(
        row=row, reply="proxy", attendee="副局长（演示）", actor=world.actor("liaison"), now=on(6, 6)
    )
    assert todos.all().count() == 2
    with pytest.raises(NotAllowed):
        attendance_reply(row=row, reply="will", actor=world.actor("other"), now=on(6, 6))
    attendance_reply(
        row=place_of(conference, "lz_gov", world), reply="will", actor=world.actor("sibling"), now=on(6, 7)
    )
    assert todos.all().count() == 1, "a prefecture's office answers for its government"


def test_a_held_joint_conference_discharges_the_groups_duty_and_counts_for_who_came(
    world: World, year: WorkYear, convene: Convene
) -> None:
    hold = _owed(world, year, "group", "work.conference.held")
    prepare = _owed(world, year, "office", "work.conference.held")
    attend = [
        _owed(world, year, u, "work.conference.attended", "counted", way="counted", at_least=1)
        for u in ("zjj", "gsj")
    ]
    held(convene(), world, "zjj", "lz_gov")
    state = {o.pk: (o.status, o.done_on) for o in Obligation.objects.system("test").all()}
    assert state[hold.pk] == state[prepare.pk] == ("done", DAY)
    assert state[attend[0].pk] == ("done", DAY)
    assert state[attend[1].pk][0] == "open"
    where = Where(
        year.jurisdiction_id, year.starts_on, year.ends_on, (world.unit["zjj"].pk, world.unit["gsj"].pk)
    )
    records = sources()["work.conference.attended"].records
    assert records is not None and [c.unit_id for c in records(where)] == [world.unit["zjj"].pk]
    rate = measures()["work.conference.attendance"].load(where, By.UNIT)
    assert [(rate[u].numerator, rate[u].denominator) for u in where.ids] == [(1, 1), (0, 1)]


def test_other_kinds_of_conferences_discharge_neither(world: World, year: WorkYear, convene: Convene) -> None:
    hold = _owed(world, year, "group", "work.conference.held")
    held(convene(kind="topic"), world, "zjj")
    assert Obligation.objects.system("test").get(pk=hold.pk).status == "open"


def test_decisions_become_tasks_once_with_source_support_and_date(world: World, convene: Convene) -> None:
    conference, office = convene(), world.actor("office")
    with pytest.raises(StateConflict, match="筹备中的会议不能记录决定"):
        resolution_add(conference=conference, text="开展整治", lead_unit=None, actor=office, now=on(6, 2))
    held(conference, world, "zjj")
    resolution_add(
        conference=conference, text="开展建材质量专项整治", lead_unit=world.unit["zjj"], supports="省工商局",
        due_on=date(2012, 9, 30), actor=office, now=on(6, 21),
    )  # fmt: skip
    wrong = resolution_add(conference=conference, text="写错的", lead_unit=None, actor=office, now=on(6, 21))
    resolution_remove(resolution=wrong, actor=office, now=on(6, 21))
    (task,) = resolutions_to_tasks(conference=conference, actor=office, now=on(6, 22))
    assert (task.source, task.source_id, task.supports, task.due_on) == (
        "resolution",
        conference.pk,
        "省工商局",
        date(2012, 9, 30),
    )
    with pytest.raises(StateConflict, match="没有要转为任务的决定"):
        resolutions_to_tasks(conference=conference, actor=office, now=on(6, 23))
    assert Task.objects.system("test").count() == 1


def test_minutes_are_drafted_from_what_was_noted_and_close_the_conference_when_issued(
    world: World, convene: Convene
) -> None:
    conference, office = convene(), world.actor("office")
    held(conference, world, "zjj", "lz_gov")
    problems_note(
        conference=conference,
        data={"product": "合格率 90.1%，建材偏低。"},
        version=None,
        actor=office,
        now=on(6, 21),
    )
    resolution_add(
        conference=conference, text="开展建材质量专项整治", lead_unit=world.unit["zjj"], due_on=date(2012, 9, 30), actor=office,
        now=on(6, 21),
    )  # fmt: skip
    document = minutes_draft(conference=conference, actor=office, now=on(6, 22))
    assert (document.kind, document.source_id) == ("minutes", conference.pk)
    text = str(document.blocks)
    for words in ("合格率 90.1%，建材偏低。", "由省质监局牵头，2012年9月30日前完成", "缺席：省工商局"):
        assert words in text
    with pytest.raises(StateConflict, match="已有一份纪要"):
        minutes_draft(conference=conference, actor=office, now=on(6, 23))
    from zhize.apps.documents.events import OfficialIssued

    on_official_issued(OfficialIssued(document, office, on(6, 28)))
    assert fresh(conference).state == "minuted"
    assert ConferenceCheck.objects.system("test").get(key="item.minutes").done_at == on(6, 28)


def test_the_call_drafted_as_a_paper_calls_the_conference_when_it_goes_out(
    world: World, convene: Convene
) -> None:
    from zhize.apps.documents.events import OfficialIssued

    conference, office = convene(), world.actor("office")
    document = call_draft(conference=conference, actor=office, now=on(6, 3))
    assert document.kind == OfficialDocument.Kind.NOTICE and "关于召开" in document.title
    assert fresh(conference).state == "preparing", "a draft calls nobody"
    on_official_issued(OfficialIssued(document, office, on(6, 5)))
    assert fresh(conference).state == "called"


def test_what_makes_no_sense_is_refused(world: World, convene: Convene) -> None:
    office = world.actor("office")
    empty = convene(units=())
    with pytest.raises(BadInput, match="还没有参会单位"):
        conference_call(conference=empty, actor=office, now=on(6, 5))
    with pytest.raises(BadInput, match="会期 2012-06-20 已过"):
        conference_call(conference=convene(), actor=office, now=on(6, 25))
    conference = convene()
    conference_call(conference=conference, actor=office, now=on(6, 5))
    with pytest.raises(BadInput, match="还没有到"):
        conference_hold(conference=conference, attended_ids=[], actor=office, now=on(6, 19))
    with pytest.raises(BadInput, match="到会单位不在参会单位中"):
        conference_hold(
            conference=conference, attended_ids=[world.unit["ts_gov"].pk], actor=office, now=on(6, 20, 8)
        )
    conference_hold(conference=conference, attended_ids=[], actor=office, now=on(6, 20, 8))
    with pytest.raises(NoSuchStep, match="已召开的会议不能取消会议"):
        conference_call_off(conference=conference, reason="改期", actor=office, now=on(6, 21))


def test_only_the_office_prepares_and_units_bring_papers(world: World, convene: Convene) -> None:
    conference = convene()
    for key in ("liaison", "leader", "sibling", "auditor"):
        with pytest.raises(NotAllowed):
            conference_call(conference=conference, actor=world.actor(key), now=on(6, 5))
    conference_call(conference=conference, actor=world.actor("office"), now=on(6, 5))
    upload = SimpleUploadedFile("发言材料.txt", "演示数据".encode())
    paper = paper_add(conference=conference, upload=upload, actor=world.actor("liaison"), now=on(6, 8))
    assert (paper.title, paper.unit) == ("发言材料", world.unit["zjj"])
    with pytest.raises(NotAllowed):
        paper_add(conference=conference, upload=upload, actor=world.actor("sibling2"), now=on(6, 8))


def test_a_conference_being_prepared_is_seen_by_its_jurisdiction_a_called_one_by_the_units_called(
    world: World, convene: Convene
) -> None:
    conference = convene()
    assert list(Conference.objects.visible_to(world.actor("liaison"))) == [conference]
    assert not Conference.objects.visible_to(world.actor("sibling")).exists()
    conference_call(conference=conference, actor=world.actor("office"), now=on(6, 5))
    assert list(Conference.objects.visible_to(world.actor("sibling"))) == [conference]
    assert not Conference.objects.visible_to(world.actor("sibling2")).exists()


def test_a_called_off_conference_tells_the_units_and_takes_back_the_todos(
    world: World, convene: Convene
) -> None:
    conference, office = convene(), world.actor("office")
    conference_call(conference=conference, actor=office, now=on(6, 5))
    conference_call_off(conference=conference, reason="时间冲突，另行通知", actor=office, now=on(6, 8))
    assert not Todo.objects.system("test").filter(done_at__isnull=True).exists()
    assert (
        Notice.objects.system("test").filter(user=world.user["liaison"], text__startswith="会议取消").count()
        == 1
    )
    assert Entry.objects.system("test").filter(type="work.conference.called_off").count() == 1
