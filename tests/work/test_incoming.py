"""来文 and 批示件: registered, proposed, given to units as tasks, answered when the tasks are closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.documents.test_official_pages import client, text_of
from tests.kit import bad_files as make
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import Incoming, IncomingHolder
from zhize.apps.orgs.models import Todo
from zhize.apps.work.events.tasks import TaskClosed
from zhize.apps.work.models import Task
from zhize.apps.work.services import task_reassign, tasks_hand_over
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.incoming import TABLE
from zhize.kit import clock
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.events import emit

pytestmark = pytest.mark.django_db
DAY = date(2012, 3, 5)
DATA: dict[str, Any] = {
    "sort": "instruction", "title": "关于电梯安全情况的报告", "from_name": "省质监局", "number": "甘质监〔2012〕8号",
    "received_on": DAY, "due_on": date(2012, 3, 30), "leader": "组长（演示）", "words": "请省质监局牵头排查，月底前报结果。",
}  # fmt: skip
GIVEN: dict[str, dict[str, Any]] = {
    "edit": {"data": {"number": "甘质监〔2012〕9号"}},
    "propose": {"proposal": "请省质监局办理。"},
    "answer": {"answer": "已排查整改。", "on": DAY},
    "file": {"reason": "供参阅"},
}


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "demonstration_date", lambda: now.date())


@pytest.fixture(autouse=True)
def year(world: World) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction["gs"], label="2012年度", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), state="open"
    )  # fmt: skip


@pytest.fixture
def incoming(world: World, office: Actor, now: datetime) -> Incoming:
    return services.incoming_register(jurisdiction=world.jurisdiction["gs"], data=DATA, actor=office, now=now)


def take(row: Incoming, action: str, world: World, actor: Actor, now: datetime, *units: str) -> Incoming:
    name = {"edit": "update"}.get(action, action)
    more = GIVEN.get(action) or {"unit_ids": [world.unit[key].pk for key in units or ["zjj"]], "due_on": None}
    done: Incoming = getattr(services, f"incoming_{name}")(
        incoming=row, version=None, actor=actor, now=now, **more
    )
    return done


def close(task: Task, office: Actor, now: datetime) -> None:
    task.last_word = "排查 120 部，整改 3 部。"
    emit(TaskClosed(task, office, now))


WAYS = {
    "registered": (),
    "proposed": ("propose",),
    "assigned": ("propose", "assign"),
    "answered": ("propose", "assign", "close", "answer"),
    "filed": ("file",),
}


@pytest.mark.parametrize("action", [one.value for one in TABLE.actions if one.value != "sign"])
@pytest.mark.parametrize("state", list(WAYS))
def test_every_state_and_action_as_the_table_says(
    world: World, incoming: Incoming, office: Actor, now: datetime, state: str, action: str
) -> None:
    row = incoming
    for step in WAYS[state]:
        if step == "close":
            close(Task.objects.system("t").get(), office, now)
        else:
            row = take(row, step, world, office, now)
    if state == "assigned" and action == "answer":
        close(Task.objects.system("t").get(), office, now)
    wanted = {step.action: step.next_state for step in TABLE.steps_from(state)}.get(action)
    if wanted is None:
        with pytest.raises(StateConflict, match="来文不能"):
            take(row, action, world, office, now, "gsj")
    else:
        assert take(row, action, world, office, now, "gsj").state == wanted


@pytest.mark.parametrize("action", ["edit", "propose", "file"])
@pytest.mark.parametrize("key", ["leader", "head", "liaison", "auditor", "sibling"])
def test_nobody_but_the_office(
    world: World, incoming: Incoming, now: datetime, key: str, action: str
) -> None:
    with pytest.raises(NotAllowed):
        take(incoming, action, world, world.actor(key), now)


def test_an_instruction_becomes_tasks_and_is_answered_when_they_are_closed(
    world: World, incoming: Incoming, office: Actor, now: datetime
) -> None:
    assert incoming.serial == "收〔2012〕1号"
    row = take(take(incoming, "propose", world, office, now), "assign", world, office, now, "zjj", "gsj")
    tasks = list(Task.objects.system("t").order_by("pk"))
    assert [(one.source, one.lead_unit.name, one.due_on) for one in tasks] == [
        ("instruction", "省质监局", date(2012, 3, 30)), ("instruction", "省工商局", date(2012, 3, 30)),
    ]  # fmt: skip
    assert tasks[0].basis.startswith("组长（演示）批示：请省质监局牵头排查")
    assert [card is not None for _row, card in selectors.holders_of(office, row)] == [True, True]
    close(tasks[0], office, now)
    with pytest.raises(StateConflict, match="还有单位没有办结：省工商局"):
        take(row, "answer", world, office, now)
    close(tasks[1], office, now)
    open_kinds = Todo.objects.system("t").filter(ref_kind="documents.incoming", done_at=None)
    assert list(open_kinds.values_list("kind", flat=True)) == ["incoming.answer"]
    assert take(row, "answer", world, office, now).state == "answered"
    assert not open_kinds.exists()


def test_one_leads_the_others_support_and_the_paper_follows_the_task(
    world: World, incoming: Incoming, office: Actor, now: datetime
) -> None:
    lead, support = world.unit["gsj"], world.unit["zjj"]
    ids = [lead.pk, support.pk]
    row = services.incoming_assign(
        incoming=take(incoming, "propose", world, office, now), unit_ids=ids, lead_id=lead.pk, due_on=None,
        version=None, actor=office, now=now,
    )  # fmt: skip
    task = Task.objects.system("t").get()
    assert (task.lead_unit, task.supports) == (lead, support.name)
    held = IncomingHolder.objects.system("t").order_by("pk")
    assert set(held.values_list("unit", "supports", "ref")) == {
        (lead.pk, False, f"work.task:{task.pk}"), (support.pk, True, f"work.task:{task.pk}"),
    }  # fmt: skip
    task_reassign(task=task, lead_unit_id=support.pk, reason="职责分工", actor=office, now=now)
    assert list(held.values_list("unit", "supports")) == [(support.pk, False)], (
        "who supported leads and holds it"
    )
    close(Task.objects.system("t").get(), office, now)
    assert take(row, "answer", world, office, now).state == "answered"


def test_the_successor_of_a_merged_unit_holds_the_paper_with_the_task(
    world: World, incoming: Incoming, office: Actor, now: datetime, year: WorkYear
) -> None:
    take(take(incoming, "propose", world, office, now), "assign", world, office, now)
    heir = world.unit["gsj"]
    tasks_hand_over(year=year, unit=world.unit["zjj"], heir=heir, actor=office, now=now)
    assert Task.objects.system("t").get().lead_unit == heir
    assert IncomingHolder.objects.system("t").get().unit == heir


def test_what_is_missing_is_said(world: World, office: Actor, now: datetime) -> None:
    home = world.jurisdiction["gs"]
    with pytest.raises(BadInput, match="批示件须写明批示人"):
        services.incoming_register(jurisdiction=home, data=DATA | {"leader": ""}, actor=office, now=now)
    with pytest.raises(BadInput, match="晚于今天"):
        services.incoming_register(
            jurisdiction=home, data=DATA | {"received_on": date(2012, 3, 6)}, actor=office, now=now
        )
    with pytest.raises(NotAllowed):
        services.incoming_register(jurisdiction=home, data=DATA, actor=world.actor("liaison"), now=now)


def test_by_forms_alone_with_the_scan(world: World) -> None:
    office = client(world, "office")
    scan = SimpleUploadedFile("批示件.pdf", make.pdf_file())
    answer = office.post("/papers/incoming/new/", DATA | {"version": "", "scan": scan})
    assert answer.status_code == 302
    url = answer["Location"]
    assert "查看扫描件" in text_of(office.get(url))
    steps: list[tuple[str, dict[str, Any]]] = [
        ("propose", {"proposal": "请省质监局办理。"}),
        ("assign", {"unit_ids": [world.unit["zjj"].pk], "due_on": "2012-03-30"}),
    ]
    for version, (step, data) in enumerate(steps, 1):
        assert office.post(f"{url}{step}/", data | {"version": version}).status_code == 302, step
    page = text_of(office.get(url))
    assert "办理中" in page
    assert "/tasks/" in page, "the task is a click away"
    assert "收〔2012〕1号" in text_of(office.get("/papers/received/"))
    assert client(world, "liaison").get(url).status_code == 404
    wrong = office.post("/papers/incoming/new/", DATA | {"leader": "", "version": ""})
    assert wrong.status_code == 422
    assert "批示件须写明批示人" in text_of(wrong)
