"""Tasks of 2012, handed out through the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import World

from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import Task
from zhize.apps.work.services import NewTask, Report, task_completion_ask, task_create, task_take
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor

HandOut = Callable[..., Task]
DUE = date(2012, 6, 30)
DONE = Report(words="抽查已完成，结果已公布。")


def on(month: int, day: int, hour: int = 2) -> datetime:
    """A moment of 2012 (UTC; ten in the morning in Lanzhou)."""
    return datetime(2012, month, day, hour, tzinfo=UTC)


def fresh(task: Task) -> Task:
    return Task.objects.system("test").select_related("lead_unit", "jurisdiction", "year").get(pk=task.pk)


def year_of(jurisdiction: Jurisdiction, state: str = "open") -> WorkYear:
    year, _made = WorkYear.objects.system("test").get_or_create(
        jurisdiction=jurisdiction, label="2012年度",
        defaults={"starts_on": date(2012, 1, 1), "ends_on": date(2012, 12, 31), "state": state},
    )  # fmt: skip
    return year


@pytest.fixture
def year(world: World) -> WorkYear:
    return year_of(world.jurisdiction["gs"])


@pytest.fixture
def hand_out(world: World, year: WorkYear) -> HandOut:
    """hand_out("zjj", supports=["gsj"], due_on=…) → the task, assigned by the office on 5 March."""

    def make(lead: str = "zjj", *, supports: tuple[str, ...] = (), **more: Any) -> Task:
        new = NewTask(
            lead_unit_id=world.unit[lead].pk,
            support_unit_ids=[world.unit[key].pk for key in supports],
            **{"title": "开展五类产品监督抽查", "due_on": DUE, **more},
        )
        return task_create(
            task=new, jurisdiction=year.jurisdiction, year=year, actor=world.actor("office"), now=on(3, 5)
        )

    return make


def taken(task: Task, actor: Actor) -> Task:
    return task_take(task=task, actor=actor, now=on(3, 6))


def asked(task: Task, actor: Actor, when: datetime) -> Task:
    """Taken on and handed in for the check."""
    taken(task, actor)
    task_completion_ask(task=task, report=DONE, actor=actor, now=when)
    return fresh(task)


def owed(unit: Unit, year: WorkYear) -> Obligation:
    """What the unit owes in the year for a duty that closed tasks discharge."""
    number = Duty.objects.system("test").count() + 1
    duty = Duty.objects.create(
        jurisdiction=year.jurisdiction, code=f"1.{number}#1", title="组织监督抽查", text="组织监督抽查。", nature="once",
        sources=["work.task.closed"], order=number,
    )  # fmt: skip
    return Obligation.objects.create(
        jurisdiction=year.jurisdiction, year=year, duty=duty, unit=unit, period_label="2012年", period_start=year.starts_on,
        period_end=year.ends_on, due_on=DUE,
    )  # fmt: skip


@contextmanager
def at_most(most: int) -> Iterator[None]:
    """No more than so many statements; marks of nested transactions (SAVEPOINT) are not counted."""
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(sent) <= most, f"{len(sent)} statements:\n" + "\n".join(sql[:160] for sql in sent)


@pytest.fixture
def tasks(world: World, hand_out: HandOut) -> tuple[Task, Task]:
    """One that the unit leads, one that it supports; both taken on."""
    own = taken(hand_out(), world.actor("liaison"))
    theirs = taken(hand_out("gsj", supports=("zjj",), title="整治无照经营"), world.actor("other"))
    return own, theirs


@pytest.fixture
def called(world: World, year: WorkYear, tasks: tuple[Task, Task]) -> UnitRequest:
    from tests.work.tasks.replying import call_progress, request_of

    return request_of(call_progress(world, year, "zjj", "gsj"), world)
