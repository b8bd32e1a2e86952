"""任务进展填报: one row a task, drafts nobody else sees, single rows returned, what is accepted stands on the tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.work.tasks.replying import (
    SENT,
    TAKEN,
    accept,
    reply_to,
    request_of,
    submit,
    write,
)
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services import request_save, request_withdraw
from zhize.apps.work import services
from zhize.apps.work.models import Task, TaskProgress, TaskReply
from zhize.apps.work.selectors.task_replies import sheet_of
from zhize.apps.work.selectors.task_reply_words import words
from zhize.apps.work.services.task_replies import Written
from zhize.kit.errors import BadInput

pytestmark = pytest.mark.django_db
DONE = Written(percent=40, words="已抽样 40 批次")


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def titles(request: UnitRequest) -> tuple[list[str], list[tuple[str, str]]]:
    sheet = sheet_of(request, SENT.date(), handed=False)
    return [row.task.title for row in sheet.rows], [(row.task.title, row.why_not) for row in sheet.others]


def test_a_unit_is_asked_about_the_tasks_it_leads_and_supports_and_told_which_take_no_report(
    world: World, hand_out: HandOut, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    liaison, office = world.actor("liaison"), world.actor("office")
    paused = taken(hand_out(title="暂停的"), liaison)
    services.task_suspend(task=paused, reason="等待机构改革", actor=office, now=on(3, 8))
    hand_out(title="没有承办确认的")
    hand_out("gsj", title="别人的")
    rows, others = titles(called)
    assert rows == ["开展五类产品监督抽查", "整治无照经营"]
    assert others == [
        ("暂停的", "已暂停，恢复后再报"),
        ("没有承办确认的", "还没有承办确认，确认后才能报进展"),
    ]


def test_what_is_accepted_stands_on_the_tasks_with_the_unit_as_its_author_and_the_day_it_was_handed_in(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    own, theirs = tasks
    write(called, world, {own: DONE, theirs: Written(words="已移送线索 6 条", difficulties="人手不足")})
    submit(called, world)
    assert fresh(own).percent == 0 and not TaskProgress.objects.system("test").exists()
    accept(called, world)
    row = fresh(own)
    assert (row.state, row.percent, row.last_word, row.reported_on) == (
        "running",
        40,
        "已抽样 40 批次",
        SENT.date(),
    )
    told = TaskProgress.objects.system("test").get(task=own)
    assert (told.unit, told.by, told.at, told.period, told.percent) == (
        world.unit["zjj"], world.user["liaison"].name, SENT, "2012年第一季度", 40,
    )  # fmt: skip
    assert reply_to(own).progress == told
    other = fresh(theirs)
    assert (other.percent, other.last_word) == (0, "已移送线索 6 条")
    assert TaskProgress.objects.system("test").get(task=theirs).difficulties == "人手不足"
    entry = Entry.objects.system("test").get(type="work.task_reply.taken")
    assert entry.after["tasks"] == [own.pk, theirs.pk]


def test_a_draft_is_seen_by_nobody_else_and_a_correction_only_once_it_is_handed_in(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    own, theirs = tasks
    office = world.actor("office")
    write(called, world, {own: DONE, theirs: Written(nothing=True)})
    assert TaskReply.objects.visible_to(world.actor("liaison")).count() == 2
    for other in (office, world.actor("other"), world.actor("sibling")):
        assert not TaskReply.objects.visible_to(other).exists()
    submit(called, world)
    assert TaskReply.objects.visible_to(office).count() == 2
    assert not TaskReply.objects.visible_to(world.actor("other")).exists()
    assert words([called.pk]) == {called.pk: "任务 2 项：有进展 1 项"}
    services.task_replies_return(
        request=called, comments={reply_to(own).pk: "请写明批次合格率"}, comment="", version=None, actor=office, now=TAKEN
    )  # fmt: skip
    write(called, world, {own: Written(percent=45, words="合格率 96%")}, now=on(4, 7))
    shown = sheet_of(request_of(called.call, world), TAKEN.date(), handed=True)
    assert [row.said["words"] for row in shown.rows] == ["已抽样 40 批次", ""]
    submit(called, world, now=on(4, 8))
    assert reply_to(own).comment == ""
    accept(called, world, now=on(4, 9))
    assert (fresh(own).last_word, fresh(own).reported_on) == ("合格率 96%", date(2012, 4, 8))
    assert TaskProgress.objects.system("test").filter(task=own).count() == 1


def test_what_is_withdrawn_is_a_draft_again(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    write(called, world, {tasks[0]: DONE, tasks[1]: Written(nothing=True)})
    submit(called, world)
    request_withdraw(request=called, version=None, actor=world.actor("liaison"), now=SENT)
    assert not TaskReply.objects.visible_to(world.actor("office")).exists()
    assert reply_to(tasks[0]).words == "已抽样 40 批次"


def test_every_row_that_says_nothing_is_named_before_it_may_go(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    write(called, world, {tasks[0]: Written(words="已抽样", wanted="请财政厅拨付经费")})
    with pytest.raises(BadInput) as refused:
        submit(called, world)
    assert [one.what for one in refused.value.problems] == [
        "“开展五类产品监督抽查”没有填写进度。请填 0 至 100 的整数",
        "“开展五类产品监督抽查”提请协调没有写明困难。请写明卡在哪里、影响什么",
        "“整治无照经营”没有填写进展情况。请写做了什么、到哪一步；没有的选“本期无新进展”",
    ]


def test_a_nil_report_says_of_every_task_that_there_is_nothing_new(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    own, theirs = tasks
    write(called, world, {own: DONE})
    request_save(
        request=called, answers={}, nil_report=True, version=None, actor=world.actor("liaison"), now=SENT
    )
    submit(called, world)
    accept(called, world)
    assert [fresh(one).last_word for one in (own, theirs)] == ["本期无新进展"] * 2
    assert fresh(own).percent == 0
