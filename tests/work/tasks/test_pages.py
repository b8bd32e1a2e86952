"""Pages of tasks: what each shows to whom, refusals in the form, statements that do not grow with the rows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.work.tasks.conftest import DUE, HandOut, asked, fresh, on, taken, year_of
from tests.world import World

from zhize.apps.work.models import Task, TaskChange, TaskReminder
from zhize.apps.work.services import NewTask, Report, task_progress_report, tasks_create
from zhize.apps.years.models import WorkYear

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: on(6, 25).date())


@pytest.fixture
def as_(world: World) -> Any:
    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(world.user[key], BACKEND)
        return client

    return sign_in


def page(client: Client, name: str, *args: Any, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def many(world: World, year: WorkYear, number: int) -> None:
    units = [world.unit["zjj"].pk, world.unit["gsj"].pk]
    new = [NewTask(title=f"任务{n}", lead_unit_id=units[n % 2], due_on=DUE) for n in range(number)]
    tasks_create(
        tasks=new, jurisdiction=year.jurisdiction, year=year, actor=world.actor("office"), now=on(3, 5)
    )


def statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_ledger_costs_the_same_with_twenty_and_with_two_thousand_tasks(
    world: World, year: WorkYear, as_: Any
) -> None:
    client, url = as_("office"), reverse("work:tasks")
    many(world, year, 20)
    few = statements(client, url)
    many(world, year, 1980)
    assert statements(client, url) - few in (0, 1), "a second page adds its total"
    assert statements(client, url) <= 12


def test_a_task_with_a_long_story_costs_no_more_than_a_short_one(
    world: World, hand_out: HandOut, as_: Any
) -> None:
    task = taken(hand_out(supports=("gsj",)), world.actor("liaison"))
    client, url = as_("office"), reverse("work:task", args=[task.pk])
    few = statements(client, url)
    for day in range(1, 29):
        task_progress_report(
            task=task, report=Report(f"第{day}天", day), actor=world.actor("liaison"), now=on(4, day)
        )
    assert statements(client, url) <= few + 1, "the materials of the reports, once"
    assert statements(client, url) <= 16, "one for the materials"


def test_the_lights_on_top_lead_to_exactly_their_rows(world: World, hand_out: HandOut, as_: Any) -> None:
    hand_out(title="近的", due_on=on(6, 28).date())
    hand_out(title="远的", due_on=on(12, 1).date())
    hand_out(title="晚的", due_on=on(6, 1).date())
    asked(hand_out(title="报的"), world.actor("liaison"), on(6, 20))
    client = as_("office")
    html = page(client, "work:tasks")
    for light, title in (("soon", "近的"), ("not_due", "远的"), ("overdue", "晚的"), ("claimed", "报的")):
        link = re.search(rf'href="([^"]*light={light})"', html)
        assert link
        shown = client.get(link[1].replace("&amp;", "&")).content.decode()
        assert [t for t in ("近的", "远的", "晚的", "报的") if f">{t}</a>" in shown] == [title]


def test_the_unit_confirms_reports_and_asks_on_one_page(world: World, hand_out: HandOut, as_: Any) -> None:
    task, client = hand_out(), as_("liaison")
    url = reverse("work:task", args=[task.pk])
    assert "确认承办" in page(client, "work:task", task.pk)
    assert client.post(f"{url}take/", {"version": task.version}).status_code == 302
    assert "申请办结" in page(client, "work:task", task.pk)
    version = fresh(task).version
    answer = client.post(f"{url}ask/", {"version": version, "words": "已完成"}, follow=True)
    assert "已申请办结，等待办公室核查" in answer.content.decode()
    office = page(as_("office"), "work:task", task.pk)
    assert "办结销号" in office and "退回补办" in office
    assert "办结销号</button>" not in page(client, "work:task", task.pk)


def test_a_refusal_comes_back_in_the_form_with_what_was_written(
    world: World, hand_out: HandOut, as_: Any
) -> None:
    task = taken(hand_out(), world.actor("liaison"))
    url = reverse("work:task_extend", args=[task.pk])
    data = {"version": fresh(task).version, "new_due_on": "2012-05-01", "reason": "样品还没有到齐"}
    answer = as_("liaison").post(url, data)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "不晚于现期限 2012-06-30" in html and "样品还没有到齐" in html
    assert as_("liaison").post(url, {"version": fresh(task).version}).status_code == 400


def test_the_second_of_two_checkers_is_shown_that_somebody_was_first(
    world: World, hand_out: HandOut, as_: Any
) -> None:
    task = asked(hand_out(), world.actor("liaison"), on(6, 20))
    data = {"version": task.version, "comment": "材料不全"}
    assert as_("office").post(reverse("work:task_return", args=[task.pk]), data).status_code == 302
    second = as_("director").post(reverse("work:task_close", args=[task.pk]), data)
    assert second.status_code == 409 and fresh(task).state == "returned"


def test_many_are_shown_before_they_are_chased_and_then_chased(
    world: World, hand_out: HandOut, as_: Any
) -> None:
    client = as_("office")
    going = taken(hand_out(title="在办的"), world.actor("liaison"))
    done = asked(hand_out(title="报结的"), world.actor("liaison"), on(6, 20))
    html = page(client, "work:tasks_chase", query=f"?ids={going.pk}&ids={done.pk}&ids=x")
    assert "不督办：已申请办结，不需要督办" in html and "提醒" in html
    answer = client.post(
        reverse("work:tasks_chase"), {"ids": [going.pk, done.pk], "text": "请本周报告"}, follow=True
    )
    assert "督办 1 项，1 项不需要或不能督办" in answer.content.decode()
    assert [r.text for r in TaskReminder.objects.system("test")] == ["请本周报告"]
    assert "请本周报告" in page(client, "work:reminders")
    assert (
        client.get(reverse("work:reminder", args=[TaskReminder.objects.system("test").get().pk])).status_code
        == 302
    )


def test_many_get_another_date_with_the_reason(world: World, hand_out: HandOut, as_: Any) -> None:
    ids, client = [hand_out().pk, hand_out().pk], as_("office")
    url = reverse("work:tasks_reschedule")
    assert page(client, "work:tasks_reschedule", query=f"?ids={ids[0]}&ids={ids[1]}").count('name="ids"') == 2
    assert client.post(url, {"ids": ids, "due_on": "2012-09-30"}).status_code == 400
    assert client.post(url, {"ids": ids, "due_on": "2012-09-30", "reason": "全省统一调整"}).status_code == 302
    assert set(Task.objects.system("test").values_list("due_on", flat=True)) == {on(9, 30).date()}
    assert TaskChange.objects.system("test").filter(kind="due", reason="全省统一调整").count() == 2


def test_a_task_is_handed_out_by_hand_with_support_and_duty(world: World, year: WorkYear, as_: Any) -> None:
    client, url = as_("office"), reverse("work:task_create")
    data = {
        "title": "落实副省长批示", "source": "instruction", "basis": "批示〔2012〕7号", "lead_unit": "test-zjj",
        "supports": ["省工商局"], "due_on": "2012-09-30",
    }  # fmt: skip
    assert client.post(url, data | {"lead_unit": ""}).status_code == 400
    assert client.post(url, data, follow=True).status_code == 200
    task = Task.objects.system("test").get()
    assert (task.source, task.supports, task.lead_unit) == ("instruction", "省工商局", world.unit["zjj"])


def test_a_prefecture_carries_a_task_from_above_further_down_and_the_province_does_not_see_it(
    world: World, hand_out: HandOut, as_: Any
) -> None:
    task = hand_out("lz_gov", goal="合格率 92%")
    year_of(world.jurisdiction["lz"])
    client = as_("sibling")
    assert "分解为本地任务" in page(client, "work:task", task.pk)
    html = page(client, "work:task_create", query=f"?from={task.pk}")
    assert "承接上级任务" in html and "合格率 92%" in html
    answer = client.post(
        reverse("work:task_create") + f"?from={task.pk}",
        {"title": "市里的分解任务", "source": "hand", "lead_unit": "test-lz_office"},
    )
    assert answer.status_code == 302
    below = Task.objects.system("test").get(source="above")
    assert (below.source_id, below.jurisdiction) == (task.pk, world.jurisdiction["lz"])
    assert "市里的分解任务" in page(client, "work:task", task.pk)
    assert "市里的分解任务" not in page(as_("office"), "work:task", task.pk)
    assert as_("office").get(reverse("work:task", args=[below.pk])).status_code == 404
    assert as_("sibling2").get(reverse("work:task_create") + f"?from={task.pk}").status_code == 404


def test_a_units_own_page_shows_first_what_is_to_be_done_first(
    world: World, hand_out: HandOut, as_: Any
) -> None:
    asked(hand_out(title="报结的"), world.actor("liaison"), on(6, 20))
    taken(hand_out(title="在办的"), world.actor("liaison"))
    hand_out(title="新来的")
    hand_out("gsj", supports=("zjj",), title="配合的")
    html = page(as_("liaison"), "work:my_tasks")
    assert [html.index(t) for t in ("新来的", "在办的", "报结的")] == sorted(
        html.index(t) for t in ("新来的", "在办的", "报结的")
    )
    assert "配合 省工商局" in html
    assert "没有本单位的任务" in page(as_("sibling2"), "work:my_tasks")


def test_an_empty_ledger_says_what_will_appear(world: World, as_: Any) -> None:
    assert "还没有任务" in page(as_("office"), "work:tasks")
    assert "还没有督办" in page(as_("office"), "work:reminders")


def test_completion_is_asked_for_after_a_report_without_saying_it_again(
    as_: Any, world: World, hand_out: HandOut
) -> None:
    task = taken(hand_out(), world.actor("liaison"))
    bare = {"percent": "100", "version": fresh(task).version}
    refused = as_("liaison").post(reverse("work:task_ask", args=[task.pk]), bare)
    assert "请填写进展情况" in refused.content.decode()
    report = Report("抽查全部完成。", 100)
    task_progress_report(task=task, report=report, actor=world.actor("liaison"), now=on(6, 20))
    as_("liaison").post(reverse("work:task_ask", args=[task.pk]), {**bare, "version": fresh(task).version})
    asked_for = TaskChange.objects.system("test").get(task=task, kind=TaskChange.Kind.COMPLETION)
    assert (fresh(task).state, asked_for.reason) == ("asked", "抽查全部完成。")
