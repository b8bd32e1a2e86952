"""The task of a problem: closed in one step once the second look found it put right; closed before, its page says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.inspection.conftest import Plan
from tests.inspection.test_draws import unit_of
from tests.inspection.test_findings import DUE, one
from tests.inspection.test_places import DAY
from tests.work.tasks.conftest import DONE, on, taken
from tests.world import World

from zhize.apps.inspection import services
from zhize.apps.inspection.models import Finding
from zhize.apps.orgs.models import Todo
from zhize.apps.work.models import Task, TaskChange
from zhize.apps.work.services import task_check, task_completion_ask
from zhize.kit.errors import NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def sent(world: World, ready: Plan) -> Finding:
    """One problem, sent to 兰州市 as a task due on 31 August."""
    checked = unit_of(world, ready)
    services.finding_add(checked=checked, data={"words": "台账不全"}, actor=world.actor("clerk"), now=DAY)
    services.findings_send(checked=checked, due_on=DUE, actor=world.actor("office"), now=DAY)
    return one()


def looked(world: World, row: Finding) -> Finding:
    services.finding_look(
        finding=row,
        fixed=True,
        words="台账已补齐",
        on=date(2012, 8, 20),
        actor=world.actor("clerk"),
        now=on(8, 20),
    )
    return one()


def awaiting() -> list[tuple[str, str]]:
    rows = Todo.objects.system("test").filter(done_at__isnull=True).order_by("pk")
    return list(rows.values_list("kind", "unit__name"))


@pytest.mark.parametrize("asked", [False, True])
def test_put_right_the_office_is_asked_to_close_the_task_and_does_so_in_one_step(
    world: World, ready: Plan, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    row, unit = sent(world, ready), world.actor("sibling")
    assert row.task
    if asked:
        taken(row.task, unit)
        task_completion_ask(task=row.task, report=DONE, actor=unit, now=on(8, 10))
    looked(world, row)
    waiting = awaiting()
    assert ("finding.close", "领导小组办公室") in waiting, waiting
    assert "task.check" not in dict(waiting), "one decision, one to-do"
    office, clerk = sign_in("office"), sign_in("clerk")
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: date(2012, 8, 21))
    at = reverse("inspection:finding", args=[row.pk])
    assert (
        "台账已补齐" in office.get(at).content.decode() and f"{at}settle/" in office.get(at).content.decode()
    )
    assert f"{at}settle/" not in clerk.get(at).content.decode()
    assert clerk.post(f"{at}settle/").status_code == 403
    shown = office.post(f"{at}settle/", {"version": one().version}, follow=True).content.decode()
    assert "整改任务已办结销号" in shown and f"{at}settle/" not in shown
    task = Task.objects.system("test").get()
    day = date(2012, 8, 10) if asked else date(2012, 8, 20)
    assert (task.state, task.percent, task.done_on, task.closed_on) == ("closed", 100, day, date(2012, 8, 21))
    change = TaskChange.objects.system("test").get(task=task, kind="completion")
    assert change.state == "granted" and "台账已补齐" in change.reason + change.comment
    assert awaiting() == []
    assert office.post(f"{at}settle/", {"version": one().version}).status_code == 409


def test_a_task_closed_before_the_second_look_is_told_on_the_page_of_the_problem(
    world: World, ready: Plan, sign_in: SignIn
) -> None:
    row, unit = sent(world, ready), world.actor("sibling")
    assert row.task
    taken(row.task, unit)
    task_completion_ask(task=row.task, report=DONE, actor=unit, now=on(8, 1))
    task_check(task=row.task, close=True, actor=world.actor("office"), now=on(8, 2))
    page = sign_in("clerk").get(reverse("inspection:finding", args=[row.pk])).content.decode()
    assert "整改任务已于2012年8月2日办结销号，回头看还没有登记" in page
    assert looked(world, row).state == "fixed"
    assert awaiting() == [], "nothing is left to close"


def test_closed_from_its_own_page_the_proposal_goes_and_what_was_not_put_right_is_not_proposed(
    world: World, ready: Plan
) -> None:
    row, unit, office = sent(world, ready), world.actor("sibling"), world.actor("office")
    assert row.task
    with pytest.raises(StateConflict, match="请先登记回头看"):
        services.finding_settle(finding=row, actor=office, now=on(8, 3))
    taken(row.task, unit)
    looked(world, row)
    with pytest.raises(NotAllowed):
        services.finding_settle(finding=row, actor=world.actor("clerk"), now=on(8, 21))
    task_completion_ask(task=row.task, report=DONE, actor=unit, now=on(8, 22))
    task_check(task=row.task, close=True, actor=office, now=on(8, 23))
    assert awaiting() == []
