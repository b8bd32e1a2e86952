"""Many people and killed programs: nothing lost, nothing twice."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from tests.work.tasks.conftest import DONE, HandOut, fresh, on, taken
from tests.world import World

from zhize.apps.work.models import Task, TaskProgress, TaskReminder
from zhize.apps.work.services import (
    NewTask,
    Report,
    task_cancel,
    task_check,
    task_completion_ask,
    task_completion_withdraw,
    task_divide,
    task_hand_back,
    task_progress_report,
    task_reassign,
    task_remind,
    task_resume,
    task_suspend,
    task_take,
    tasks_remind,
)
from zhize.core.kernel.errors import CoreError
from zhize.core.workflow.progress import Part, rolled_up
from zhize.core.workflow.task import TABLE
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import ZhizeError

PEOPLE = 200
NIGHT = system_actor("test")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_people_report_on_one_task_and_every_word_is_kept(
    world: World, hand_out: HandOut
) -> None:
    task = taken(hand_out(), world.actor("liaison"))
    actor = world.actor("liaison")

    def run(number: int) -> int:
        try:
            report = Report(f"第{number}个人的话", number % 100)
            return task_progress_report(task=task, report=report, actor=actor, now=on(4, 1)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(run, range(PEOPLE)))
    assert len(set(made)) == PEOPLE
    words = TaskProgress.objects.system("test").values_list("words", flat=True)
    assert set(words) == {f"第{number}个人的话" for number in range(PEOPLE)}
    now, last = fresh(task), TaskProgress.objects.system("test").order_by("-pk").first()
    assert (now.version, now.last_word) == (task.version + PEOPLE, last.words)  # type: ignore[union-attr]


def test_a_worker_killed_in_the_middle_leaves_no_reminder_and_the_next_run_sends_one(
    world: World, hand_out: HandOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    task, office = taken(hand_out(due_on=date(2012, 5, 31)), world.actor("liaison")), world.actor("office")

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["zhize.apps.work.services.task_remind"], "notice_send_to_units", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            tasks_remind(task_ids=[task.pk], actor=office, now=on(6, 10))
    assert not TaskReminder.objects.system("test").exists()
    assert fresh(task).reminders == 0
    tasks_remind(task_ids=[task.pk], actor=office, now=on(6, 10))
    assert (TaskReminder.objects.system("test").count(), fresh(task).reminders) == (1, 1)


def steps(world: World) -> list[tuple[str, object]]:
    """Everything a person can do with a task, as the person who may."""
    liaison, office, head = world.actor("liaison"), world.actor("office"), world.actor("head")

    def part(task: Task, at: object) -> None:
        new = NewTask(title="一部分", lead_unit_id=task.lead_unit_id, weight=1 + task.pk % 3)
        task_divide(task=task, part=new, actor=NIGHT, now=on(3, 20))

    def move(task: Task, _at: object) -> None:
        other = world.unit["gsj" if task.lead_unit_id == world.unit["zjj"].pk else "zjj"]
        task_reassign(task=task, lead_unit_id=other.pk, reason="改派", actor=office, now=on(3, 20))

    def plain(service: object, actor: Actor, **more: object) -> object:
        return lambda task, at: service(task=task, actor=actor, now=on(3, 20), **more)  # type: ignore[operator]

    return [
        ("take", plain(task_take, NIGHT)),
        (
            "report",
            lambda task, at: task_progress_report(
                task=task, report=Report("进展", at), actor=NIGHT, now=on(3, 20)
            ),
        ),
        ("ask", plain(task_completion_ask, NIGHT, report=DONE)),
        ("withdraw", plain(task_completion_withdraw, NIGHT)),
        ("close", plain(task_check, NIGHT, close=True)),
        ("return", plain(task_check, NIGHT, close=False, comment="补材料")),
        ("hand_back", plain(task_hand_back, liaison, reason="不属本单位")),
        ("suspend", plain(task_suspend, office, reason="等文件")),
        ("resume", plain(task_resume, office, reason="可以办了")),
        ("cancel", plain(task_cancel, office, reason="不再需要")),
        ("remind", plain(task_remind, office, step="remind")),
        ("check", plain(task_check, head, close=True)),
        ("divide", part),
        ("move", move),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_nothing_is_lost_and_the_parts_add_up(
    world: World, hand_out: HandOut, seed: int
) -> None:
    """Random sequences over all services: refused or done whole; the sum of parts holds after each; none is stuck."""
    dice = random.Random(seed)
    whole, *_others = [taken(hand_out(), world.actor("liaison")) for _n in range(4)]
    acts = steps(world)
    often = [1 if name in ("cancel", "suspend", "hand_back", "move") else 6 for name, _act in acts]
    done = reports = 0
    for _turn in range(100):
        rows = list(Task.objects.system("test").order_by("pk"))
        task, (name, act) = dice.choice(rows), dice.choices(acts, often)[0]
        try:
            with transaction.atomic():
                act(task, dice.randrange(101))  # type: ignore[operator]
        except (ZhizeError, CoreError):
            assert fresh(task).version == task.version, name
            continue
        done += 1
        reports += name in ("report", "ask")
        for one in Task.objects.system("test"):
            parts = Task.objects.system("test").filter(source_kind="work.task", source_id=one.pk)
            rolled = rolled_up(Part(*row) for row in parts.values_list("state", "percent", "weight"))
            if rolled is not None and one.state not in ("asked", "closed", "cancelled"):
                assert one.percent == rolled, f"{name}: {one.percent} is not {rolled}"
            if one.state == "closed":
                assert not parts.exclude(state__in=("closed", "cancelled")).exists()
            assert TABLE.status(one.state).final or TABLE.steps_from(one.state)
    assert done > 5
    assert TaskProgress.objects.system("test").count() == reports
    assert Task.objects.system("test").filter(pk=whole.pk).exists()
