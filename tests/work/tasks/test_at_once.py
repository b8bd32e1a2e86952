"""Many people and killed programs: nothing lost, nothing twice."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.world import World

from zhize.apps.work.models import TaskProgress, TaskReminder
from zhize.apps.work.services import (
    Report,
    task_progress_report,
    tasks_remind,
)
from zhize.kit.actor import system_actor

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
