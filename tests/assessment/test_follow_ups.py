"""What a result asks of an object: a task with the circular, once; the talk and the second look recorded with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import cast

import pytest
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import BODY, DECEMBER, Play
from tests.documents.acts import sent
from tests.world import World

from zhize.apps.assessment import mapping, services
from zhize.apps.assessment.models import FollowUp
from zhize.apps.assessment.selectors import Edition
from zhize.apps.audit.models import Entry as LogEntry
from zhize.apps.documents.models import Issuer
from zhize.apps.orgs.models import Todo
from zhize.apps.work.models import Talk, TalkTask, Task
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

As = Callable[..., Client]
JANUARY = datetime(2013, 1, 15, 2, 0, tzinfo=UTC)
DEMANDS = [
    {"says": "书面说明情况并限期整改", "grades": ["D"], "days": 33},
    {"says": "约谈主要负责人", "grades": ["D"], "by": "talk"},
    {"says": "通报表扬", "grades": ["A"]},
]


@pytest.fixture
def edition() -> Edition:
    """The small scheme: who is in D puts things right in writing and is talked with."""
    scheme, body = mapping.edition_body({**BODY, "demands": DEMANDS[:2]})
    return Edition("small", scheme.title, "", "测试", date(2012, 1, 1), scheme, body, digest_of(scheme))


def published(play: Play, world: World, before: Callable[[], object] = bool) -> None:
    """天水市 in D by a veto, the circular out on Monday 10 December 2012; `before` happens while it is being approved."""
    director = world.actor("director")
    play.to_appeals()
    services.veto_record(
        assessed=play.row("ts"), code="incident", reason="事件", actor=director, now=DECEMBER
    )
    play.compute()
    play.approve()
    before()
    sent(
        services.notice_draft(round_=play.round, actor=director, now=DECEMBER),
        world.actor("office"),
        DECEMBER,
    )


def rows() -> list[FollowUp]:
    return list(FollowUp.objects.system("test").select_related("task", "assessed").order_by("number"))


def task_of(row: FollowUp) -> Task:
    assert row.task is not None
    return row.task


def look(row: FollowUp, actor: Actor, **said: object) -> FollowUp:
    given = {"fixed": True, "words": "现场核看，已改", "on": date(2013, 1, 15), "version": None, **said}
    return services.follow_up_look(follow_up=row, **given, actor=actor, now=JANUARY)  # type: ignore[arg-type]


def test_with_the_circular_each_demand_becomes_one_task_of_its_object(
    play: Play, issuer: Issuer, world: World, office: Actor
) -> None:
    published(play, world)
    report, talk = rows()
    assert (report.assessed.name, report.says, report.by, report.state) == (
        "天水市", "书面说明情况并限期整改", "rectify", "sent",
    )  # fmt: skip
    assert report.due_on == date(2013, 1, 14), "33 days end on a Saturday: put off to Monday"
    assert (talk.by, talk.due_on) == ("talk", date(2013, 1, 7)), "20 working days by the rule"
    task = task_of(report)
    assert (task.source, task.source_kind, task.source_id) == (
        "result", "assessment.assessed", play.row("ts").pk,
    )  # fmt: skip
    assert (task.lead_unit_id, task.due_on) == (world.unit["ts_gov"].pk, report.due_on)
    todos = Todo.objects.system("test").filter(ref_kind="work.task", ref_id=task.pk, done_at=None)
    assert [todo.due_on for todo in todos] == [report.due_on]
    with pytest.raises(StateConflict, match="没有待下达的后续要求"):
        services.follow_ups_issue(round_=play.round, actor=office, now=DECEMBER)
    assert Task.objects.system("test").count() == 2
    entry = LogEntry.objects.system("test").get(type="assessment.follow_ups.sent")
    assert sorted((entry.after or {})["follow_ups"].values()) == [
        "天水市：书面说明情况并限期整改",
        "天水市：约谈主要负责人",
    ]


def test_without_an_open_year_the_circular_still_goes_out_and_the_office_sends_them_later(
    play: Play, issuer: Issuer, world: World, year: WorkYear, as_: As
) -> None:
    play.to_appeals()
    services.veto_record(
        assessed=play.row("ts"), code="incident", reason="事件", actor=world.actor("director"), now=DECEMBER
    )
    play.compute()
    play.approve()
    WorkYear.objects.system("test").filter(pk=year.pk).update(state="closed")
    draft = services.notice_draft(round_=play.round, actor=world.actor("director"), now=DECEMBER)
    sent(draft, world.actor("office"), DECEMBER)
    assert play.round.is_public and rows() == []
    page, address = (
        reverse("assessment:round", args=[play.pk]),
        reverse("assessment:follow_ups", args=[play.pk]),
    )
    assert "还有 2 项后续要求没有下达" in as_("office").get(page).content.decode()
    with pytest.raises(StateConflict, match="没有进行中的年度"):
        services.follow_ups_issue(round_=play.round, actor=world.actor("office"), now=DECEMBER)
    WorkYear.objects.system("test").filter(pk=year.pk).update(state="open")
    assert as_("office").post(address).status_code == 302
    assert len(rows()) == 2 and "没有下达" not in as_("office").get(page).content.decode()


def test_the_object_sees_its_own_and_the_office_begins_the_talk_from_there(
    play: Play, issuer: Issuer, world: World, as_: As
) -> None:
    published(play, world)
    report, talk = rows()
    page = reverse("assessment:object", args=[play.row("ts").pk])
    own, ours = as_("sibling2").get(page).content.decode(), as_("office").get(page).content.decode()
    assert "书面说明情况并限期整改" in own and task_of(report).code in own and "记录回头看" not in own
    begin = reverse("work:talk_create") + f"?task={talk.task_id}"
    assert begin in ours and begin not in own and reverse("assessment:look", args=[report.pk]) in ours
    assert "天水市" in as_("office").get(begin).content.decode()
    held = Talk.objects.create(
        jurisdiction=world.jurisdiction["gs"], year=play.round.year, unit=world.unit["ts_gov"], held_on=date(2012, 12, 10),
        leader="组长", words="指出问题", at=DECEMBER, by="办",
    )  # fmt: skip
    TalkTask.objects.create(talk=held, task=task_of(talk))
    again = as_("office").get(page).content.decode()
    assert reverse("work:talk", args=[held.pk]) in again and begin not in again
    assert not FollowUp.objects.visible_to(world.actor("sibling")).exists(), "nobody else's"


def test_the_second_look_settles_it_or_sends_it_once_more(
    play: Play, issuer: Issuer, world: World, office: Actor, as_: As
) -> None:
    published(play, world)
    report, talk = rows()
    WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"], label="2013年度", starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31), state="open",
    )  # fmt: skip
    with pytest.raises(BadInput, match="没有再次整改的期限"):
        look(report, office, fixed=False)
    with pytest.raises(BadInput, match="回头看日期"):
        look(report, office, on=date(2012, 12, 1))
    again = look(report, office, fixed=False, words="台账仍未建立", due_on=date(2013, 2, 28))
    assert (again.state, again.look, again.due_on) == ("sent", "台账仍未建立", date(2013, 2, 28))
    assert again.task_id != report.task_id and task_of(again).title.startswith("再次整改：")
    assert task_of(again).year.label == "2013年度", "handed out in the year of the day"
    address = reverse("assessment:look", args=[talk.pk])
    answer = as_("office", "2013-01-15").post(
        address, {"fixed": "1", "words": "已改", "on": "2013-01-15", "version": talk.version}
    )
    assert answer.status_code == 302 and rows()[1].state == "fixed"
    with pytest.raises(StateConflict):
        look(rows()[1], office)
    for who in ("sibling2", "sibling"):
        with pytest.raises(NotAllowed):
            look(again, world.actor(who))


def test_a_demand_of_the_first_kind_is_written_as_before() -> None:
    """A scheme without `by` keeps its digest, so that rounds sealed before are not touched."""
    scheme, body = mapping.edition_body({**BODY, "demands": DEMANDS})
    assert [one.by.value for one in scheme.demands] == ["rectify", "talk", "rectify"]
    assert ["by" in one for one in cast("list[dict[str, object]]", body["demands"])] == [False, True, False]
