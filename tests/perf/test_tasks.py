"""The generated tasks are what the services would have made, and the log verifies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.perf.acts import acts
from tests.perf.data import units_of, year_of
from tests.perf.measure import measure_once
from tests.perf.tasks import TODOS, grow_tasks
from tests.world import World
from zhize.apps.audit.models import Entry
from zhize.apps.audit.selectors import chains_verify, checkpoints_read
from zhize.apps.orgs.models import Todo
from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.services.task_common import RELATIONS
from zhize.apps.work.services.tasks import NewTask, tasks_create
from zhize.kit.rowfile import rowfile_problem
from zhize.kit.scope import framework_internals

pytestmark = pytest.mark.django_db
N = 230


@pytest.fixture
def tasks(world: World, settings: Any, tmp_path: Path) -> list[Task]:
    settings.MEDIA_ROOT = tmp_path
    grow_tasks(world, N // 2)
    grow_tasks(world, N)
    return list(Task.objects.system("test").order_by("seq"))


def test_every_row_is_sound_by_the_models_own_checks(tasks: list[Task]) -> None:
    assert [task.seq for task in tasks] == list(range(1, N + 1))
    with framework_internals():
        for task in tasks:
            task.full_clean(exclude=RELATIONS)
        for row in TaskUnit.objects.system("test"):
            row.full_clean()
        for todo in Todo.objects.system("test"):
            todo.full_clean()


def test_units_words_and_to_dos_belong_together_as_after_a_service(tasks: list[Task]) -> None:
    rows = list(TaskUnit.objects.system("test").select_related("unit"))
    for task in tasks:
        own = [row for row in rows if row.task_id == task.pk]
        assert [row.unit_id for row in own if row.role == TaskUnit.Role.LEAD] == [task.lead_unit_id]
        assert "、".join(row.unit.name for row in own if row.role == TaskUnit.Role.SUPPORT) == task.supports
        assert (task.done_on is not None) == (task.state == Task.State.CLOSED) == (task.percent == 100)
    waiting = {(t.ref_id, t.unit_id, t.kind, t.due_on) for t in Todo.objects.system("test")}
    assert waiting == {(t.pk, t.lead_unit_id, TODOS[t.state], t.due_on) for t in tasks if t.state in TODOS}  # type: ignore[index]


def test_a_circular_of_many_tasks_is_drafted_with_as_many_statements_as_one_of_a_few(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    sent = []
    for number in (N // 2, N * 2):
        grow_tasks(world, number)
        sent.append(measure_once(acts(world)["digest_draft"]).statements)
    assert sent[0] == sent[1], sent


def test_a_service_goes_on_counting_after_them(world: World, tasks: list[Task], now: Any) -> None:
    new = NewTask(title="新任务", lead_unit_id=units_of(world)[0].pk)
    (made,) = tasks_create(
        tasks=[new],
        jurisdiction=world.jurisdiction["gs"],
        year=year_of(world),
        actor=world.actor("office"),
        now=now,
    )
    assert made.code == f"2012-{N + 1}"


def test_each_growth_is_one_entry_whose_row_file_is_there_and_the_log_verifies(tasks: list[Task]) -> None:
    entries = Entry.objects.system("test").filter(type="work.task.imported")
    assert [entry.after["added"] for entry in entries.order_by("pk")] == [N // 2, N - N // 2]
    assert [rowfile_problem(entry.rows_digest) for entry in entries] == ["", ""]
    assert all(report.is_clean for report in chains_verify(checkpoints_read()))
