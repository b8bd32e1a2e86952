"""约谈: recorded by the office with the tasks it was about; the unit hears of it; the task's story tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.kit import bad_files as make
from tests.work.tasks.conftest import HandOut, at_most, fresh, on, owed, taken
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice
from zhize.apps.work.models import Talk, Task
from zhize.apps.work.services import (
    NewStep,
    Report,
    talk_correct,
    talk_record,
    task_progress_report,
    task_remind,
    task_steps_set,
)
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, EditConflict, NotAllowed
from zhize.kit.things import ThingRef

SignIn = Callable[[str], Client]
SAID: dict[str, Any] = {
    "held_on": date(2012, 3, 2),
    "leader": "副组长",
    "words": "进度严重滞后",
    "promise": "四月底前完成",
}


@pytest.fixture
def task(hand_out: HandOut) -> Task:
    return hand_out("zjj")


@pytest.fixture
def other_task(hand_out: HandOut) -> Task:
    return hand_out("gsj")


@pytest.fixture
def record(world: World, now: datetime) -> Callable[..., Talk]:
    def make(task: Task, *, who: str = "office", task_ids: list[int] | None = None, **more: Any) -> Talk:
        return talk_record(
            jurisdiction=task.jurisdiction, year=task.year, data={**SAID, "unit": task.lead_unit, **more},
            task_ids=[task.pk] if task_ids is None else task_ids, actor=world.actor(who), now=now,
        )  # fmt: skip

    return make


def test_a_talk_is_recorded_and_the_unit_hears_of_it(
    world: World, task: Task, record: Callable[..., Talk]
) -> None:
    talk = record(task)
    assert list(talk.task_links.values_list("task_id", flat=True)) == [task.pk]
    assert Notice.objects.system("test").filter(text__contains="约谈记录已登记").exists()
    assert Entry.objects.system("test").filter(type="work.talk.recorded").count() == 1


def test_what_cannot_be_is_refused_place_by_place(
    world: World, task: Task, other_task: Task, record: Callable[..., Talk]
) -> None:
    with pytest.raises(BadInput) as error:
        record(task, leader=" ", held_on=date(2013, 1, 1), due_on=date(2012, 1, 1), task_ids=[other_task.pk])
    assert {p.where for p in error.value.problems} == {"约谈人", "约谈日期", "整改期限", "涉及任务"}
    assert not Talk.objects.system("test").exists()
    with pytest.raises(NotAllowed):
        record(task, who="liaison")


def test_a_record_is_corrected_over_the_version_one_has_seen(
    world: World, task: Task, record: Callable[..., Talk], now: datetime
) -> None:
    talk = record(task)
    given: dict[str, Any] = {"data": {"promise": "五月底前完成"}, "actor": world.actor("office"), "now": now}
    changed = talk_correct(talk=talk, version=talk.version, task_ids=[], **given)
    assert changed.promise == "五月底前完成" and not changed.task_links.exists()
    with pytest.raises(EditConflict):
        talk_correct(talk=talk, version=talk.version, **given)


def test_the_pages_lead_from_the_task_to_the_record_and_back(
    world: World, task: Task, sign_in: SignIn
) -> None:
    office, unit = sign_in("office"), sign_in("liaison")
    assert f"/work/talks/new/?task={task.pk}" in office.get(f"/work/tasks/{task.pk}/").content.decode()
    assert "登记约谈" not in unit.get(f"/work/tasks/{task.pk}/").content.decode()
    page = office.get(f"/work/talks/new/?task={task.pk}").content.decode()
    assert task.title in page and "checked" in page
    refused = office.post(f"/work/talks/new/?task={task.pk}", {"unit": task.lead_unit.code})
    assert refused.status_code == 400 and "请填写约谈内容" in refused.content.decode()
    said = {**SAID, "unit": task.lead_unit.code, "tasks": [task.pk], "held_on": "2012-03-02"}
    made = office.post(f"/work/talks/new/?task={task.pk}", said, follow=True).content.decode()
    assert "进度严重滞后" in made and task.title in made
    story = unit.get(f"/work/tasks/{task.pk}/").content.decode()
    assert "约谈 2012-03-02 · 副组长" in story
    assert "进度严重滞后" in unit.get("/work/talks/").content.decode()


def test_the_page_of_the_unit_tells_what_was_said_and_promised_to_those_who_may_know(
    world: World, task: Task, record: Callable[..., Talk], sign_in: SignIn
) -> None:
    record(task, due_on=date(2012, 4, 30))
    page = reverse("orgs:unit", args=[task.lead_unit_id])
    for who in ("office", "liaison"):
        told = sign_in(who).get(page).content.decode()
        for words in (
            "约谈 2012-03-02 · 副组长",
            "进度严重滞后",
            "承诺：四月底前完成",
            "整改期限 2012年4月30日",
        ):
            assert words in told
    other = reverse("orgs:unit", args=[world.unit["gsj"].pk])
    assert "进度严重滞后" not in sign_in("office").get(other).content.decode()
    assert "进度严重滞后" not in sign_in("sibling").get(page).content.decode(), "another jurisdiction's talk"


def test_the_page_of_a_task_with_all_there_is_to_tell_keeps_to_the_limit_of_a_page(
    world: World, year: WorkYear, hand_out: HandOut, record: Callable[..., Talk], sign_in: SignIn, settings: Any,
    tmp_path: Any,
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    duty = owed(world.unit["zjj"], year).duty
    whole = ThingRef("work.task", hand_out("gsj").pk)
    task = hand_out(duty_ids=[duty.pk], ref=whole, supports=("gsj",), due_on=date(2012, 3, 1))
    office, unit = world.actor("office"), world.actor("liaison")
    taken(task, unit)
    told = Report(
        "样品已抽",
        40,
        uploads=[SimpleUploadedFile("抽样单.docx", make.docx_file("抽样单"))],
        difficulties="经费不足",
    )
    task_progress_report(task=fresh(task), report=told, actor=unit, now=on(3, 5))
    task_steps_set(task=fresh(task), steps=[NewStep(date(2012, 2, 20), 60, "抽样")], actor=unit, now=on(3, 5))
    task_remind(task=fresh(task), step="remind", actor=office, now=on(3, 5))
    record(fresh(task))
    for who in ("office", "liaison"):
        client, page = sign_in(who), reverse("work:task", args=[task.pk])
        client.get(page)
        with at_most(15):
            shown = client.get(page).content.decode()
        for words in ("样品已抽", "抽样单", "节点计划", "提醒", "进度严重滞后", duty.title, "经费不足"):
            assert words in shown
