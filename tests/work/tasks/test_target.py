"""A task's target as a figure or as yes or no: set, filed, reported against, shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.work.tasks.test_import import HEAD, published, staged
from tests.world import World

from zhize.apps.work.models import Task, TaskProgress
from zhize.apps.work.selectors.task_target import target_words
from zhize.apps.work.services import Report, task_progress_report, task_update
from zhize.core.workflow.progress import reached_percent
from zhize.kit.errors import BadInput

pytestmark = pytest.mark.django_db
RATE: dict[str, Any] = {"target_value": Decimal(92), "target_unit": "%", "base_value": Decimal("90.5")}


@pytest.fixture(autouse=True)
def surroundings(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: on(6, 25).date())


@pytest.mark.parametrize(
    ("base", "target", "reached", "percent"),
    [
        (None, "200", "50", 25),
        ("90.5", "92", "91.9", 93),
        ("90.5", "92", "90", 0),
        ("90.5", "92", "95", 100),
        ("8", "5", "6", 66),
        ("8", "0", "8", 0),
        ("5", "5", "5", None),
        (None, "0", "0", None),
    ],
)
def test_a_figure_makes_so_much_of_the_way_from_its_base_to_its_target(
    base: str | None, target: str, reached: str, percent: int | None
) -> None:
    start = None if base is None else Decimal(base)
    assert reached_percent(start, Decimal(target), Decimal(reached)) == percent


def test_a_figure_is_reported_against_its_target_and_makes_the_percent(
    hand_out: HandOut, world: World
) -> None:
    task, liaison = hand_out(**RATE), world.actor("liaison")
    assert task.target_kind == "figure" and target_words(task) == "92%，基期 90.5%"
    taken(task, liaison)
    said = Report("二季度抽查已汇总", value=Decimal("91.25"))
    row = task_progress_report(task=task, report=said, actor=liaison, now=on(6, 1))
    assert (row.value, row.percent) == (Decimal("91.25"), 50)
    assert fresh(task).percent == 50 and target_words(fresh(task)).endswith("报告完成 91.25%")
    own = Report("按工作量计", percent=70, value=Decimal("91.4"))
    task_progress_report(task=task, report=own, actor=liaison, now=on(6, 2))
    assert fresh(task).percent == 70
    with pytest.raises(BadInput, match="不是“是否完成”"):
        task_progress_report(task=task, report=Report("已完成", is_reached=True), actor=liaison, now=on(6, 3))


def test_a_yes_or_no_is_done_or_not(hand_out: HandOut, world: World) -> None:
    task, liaison = hand_out(target_kind="yes_no"), world.actor("liaison")
    taken(task, liaison)
    task_progress_report(
        task=task, report=Report("办法已送审", 60, is_reached=False), actor=liaison, now=on(6, 1)
    )
    assert fresh(task).percent == 60 and target_words(fresh(task)) == "是否完成：未完成"
    task_progress_report(task=task, report=Report("办法已印发", is_reached=True), actor=liaison, now=on(6, 2))
    assert fresh(task).percent == 100 and fresh(task).is_reached
    with pytest.raises(BadInput, match="没有数值目标"):
        task_progress_report(task=task, report=Report("五件", value=Decimal(5)), actor=liaison, now=on(6, 3))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"target_kind": "figure"}, "没有填写目标值"),
        ({"target_value": Decimal(5), "base_value": Decimal(5)}, "与基期值相同"),
        ({"target_kind": "yes_no", "target_value": Decimal(5)}, "没有数值"),
        ({"target_unit": "家"}, "没有目标值"),
    ],
)
def test_a_target_whose_parts_do_not_fit_is_refused(
    hand_out: HandOut, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        hand_out(**given)


def test_the_office_corrects_a_target_and_zero_is_a_figure(hand_out: HandOut, world: World) -> None:
    task = hand_out()
    data = {"target_value": Decimal(0), "target_unit": "起", "base_value": Decimal(3)}
    task_update(thing=task, data=data, version=None, actor=world.actor("office"), now=on(3, 9))
    assert target_words(fresh(task)) == "0起，基期 3起"


def test_the_ledger_brings_targets_and_a_repeat_changes_what_differs(world: World, year: Any) -> None:
    head = [*HEAD, "目标形式", "目标值", "计量单位", "基期值"]
    row = ["2012", "督1", "降低不合格批次", "省质监局", "", "2012-09-30", "办理中", ""]
    published(
        world,
        staged(
            world,
            [
                head,
                [*row, "", 0, "批", 12],
                ["2012", "督2", "出台办法", "省质监局", "", "", "", "", "是否完成", "", "", ""],
            ],
        ),
    )
    words = [target_words(one) for one in Task.objects.system("test").order_by("code")]
    assert words == ["0批，基期 12批", "是否完成：未报告"]
    published(world, staged(world, [head, [*row, "数值", 3, "批", 12]]))
    assert target_words(Task.objects.system("test").get(code="督1")) == "3批，基期 12批"


def test_the_page_asks_for_the_figure_and_shows_it(hand_out: HandOut, world: World) -> None:
    task = hand_out(**RATE)
    taken(task, world.actor("liaison"))
    client = Client()
    client.force_login(world.user["liaison"], "django.contrib.auth.backends.ModelBackend")
    page = reverse("work:task", args=[task.pk])
    text = client.get(page).content.decode()
    assert "92%，基期 90.5%" in text and "完成值（%）" in text and 'name="is_reached"' not in text
    sent = {"version": fresh(task).version, "words": "已汇总", "value": "91.4", "percent": ""}
    client.post(reverse("work:task_report", args=[task.pk]), sent)
    assert TaskProgress.objects.system("test").get().value == Decimal("91.4")
    assert "，完成值 91.4%" in client.get(page).content.decode() and fresh(task).percent == 60
