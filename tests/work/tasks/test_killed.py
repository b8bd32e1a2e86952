"""A program killed by the system: reminders go out once each, an answer taken in is on the tasks whole or not at all."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connections
from tests.work.tasks.conftest import HandOut, fresh, on
from tests.work.tasks.replying import accept, submit, write
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Matter, Task, TaskProgress, TaskReminder
from zhize.apps.work.services import task_replies_follow, task_rule
from zhize.apps.work.services.task_replies import Written
from zhize.kit.actor import system_actor

pytestmark = pytest.mark.django_db(transaction=True)
ON_THE_DAY = on(6, 27, 0)


def killed_at(
    patch: pytest.MonkeyPatch, module: Any, name: str, time: int, act: Callable[[], object]
) -> None:
    """Does `act` in a process of its own that the system kills when it calls this for the so many-th time."""
    left, real = iter(range(time, 0, -1)), getattr(module, name)

    def dying(*given: Any, **more: Any) -> Any:
        if next(left) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **more)

    connections.close_all()
    child = os.fork()
    if child == 0:
        patch.setattr(module, name, dying)
        act()
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was never called so often"


def _remind(now: datetime) -> None:
    task_rule.tasks_remind_due(actor=system_actor("test"), now=now)


@pytest.mark.parametrize(("name", "stands"), [("reminders_write", 2), ("record", 2), ("proposals_follow", 5)])
def test_a_worker_killed_by_the_system_sends_each_reminder_once_and_tells_each_person_once(
    world: World, hand_out: HandOut, monkeypatch: pytest.MonkeyPatch, name: str, stands: int
) -> None:
    for number in range(5):
        hand_out(title=f"任务{number}")
    monkeypatch.setattr(task_rule, "AT_ONCE", 2)
    time = 1 if name == "proposals_follow" else 2
    killed_at(monkeypatch, task_rule, name, time, lambda: _remind(ON_THE_DAY))
    rows = TaskReminder.objects.system("test")
    assert rows.count() == stands, "what was sent stands, of the rest nothing"
    _remind(on(6, 28, 0))
    _remind(on(6, 28, 1))
    assert sorted(rows.values_list("task__title", flat=True)) == [f"任务{number}" for number in range(5)]
    told = Notice.objects.system("test").filter(user=world.user["liaison"], text__startswith="提醒")
    assert told.count() == 3, "one message a set: two, two and one"
    todos = Todo.objects.system("test").filter(kind="task.reminded", done_at__isnull=True)
    assert todos.count() == 5


@pytest.mark.parametrize("moment", ["reports_add", "_save", "_raise", "log_reply"])
def test_a_server_killed_while_an_answer_is_taken_in_leaves_nothing_of_it_and_it_can_be_taken_in_again(
    world: World, tasks: tuple[Task, Task], called: UnitRequest, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    own, theirs = tasks
    hard = Written(percent=40, words="已抽样", difficulties="经费未到位", wanted="请财政厅拨付检验经费")
    write(called, world, {own: hard, theirs: Written(nothing=True)})
    submit(called, world)
    entries = Entry.objects.system("test").count()
    killed_at(monkeypatch, task_replies_follow, moment, 1, lambda: accept(called, world))
    assert (fresh(own).percent, fresh(own).last_word, Entry.objects.system("test").count()) == (
        0,
        "",
        entries,
    )
    assert not TaskProgress.objects.system("test").exists()
    accept(called, world)
    assert (fresh(own).percent, fresh(own).reported_on) == (40, date(2012, 4, 3))
    assert TaskProgress.objects.system("test").count() == 2 and Matter.objects.system("test").count() == 1
