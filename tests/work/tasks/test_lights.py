"""Lights of tasks depend on facts and the day alone; SQL and Python agree."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.tasks.conftest import HandOut
from tests.world import World

from zhize.apps.work.models import Task, TaskChange
from zhize.apps.work.selectors.task_lights import TaskLight, task_light, task_light_q
from zhize.apps.years.models import CalendarDay
from zhize.apps.years.selectors import bounds
from zhize.core.duties.lights import Boundaries
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow import task_change
from zhize.core.workflow.table import next_state
from zhize.core.workflow.task import PROGRESS, TABLE
from zhize.kit.yaml_text import yaml_of

TODAY = date(2012, 6, 25)
DAY = Boundaries(TODAY, TODAY + timedelta(days=10))
DATES = [None, *(TODAY + timedelta(days=n) for n in (-30, -1, 0, 5, 10, 11, 60))]
ACTIONS = [action.value for action in TABLE.actions]


def walked(actions: list[str]) -> str:
    """The state after those of the actions that were possible, in turn."""
    state = TABLE.initial
    for action in actions:
        try:
            state = next_state(TABLE, state, action).next_state
        except NoSuchStep:
            continue
    return state


@given(
    st.lists(st.sampled_from(ACTIONS), max_size=12),
    st.lists(st.sampled_from(ACTIONS), max_size=12),
    st.sampled_from(DATES),
    st.sampled_from(DATES),
)
def test_two_histories_that_end_in_the_same_facts_show_the_same_light(
    one: list[str], other: list[str], due: date | None, done: date | None
) -> None:
    states = walked(one), walked(other)
    lights = [task_light(Task(state=state, due_on=due, done_on=done), DAY) for state in states]
    assert states[0] != states[1] or lights[0] is lights[1]
    assert all(light in TaskLight for light in lights)


@pytest.mark.parametrize("due", DATES)
@pytest.mark.parametrize("done", [None, TODAY - timedelta(days=40), TODAY])
@pytest.mark.parametrize("behind", [False, True])
def test_sql_and_python_give_each_row_the_same_light(
    world: World, hand_out: HandOut, due: date | None, done: date | None, behind: bool
) -> None:
    task = hand_out()
    for state in Task.State.values:
        rows = Task.objects.system("test").filter(pk=task.pk)
        rows.update(state=state, due_on=due, done_on=done, behind=behind)
        row = rows.get()
        by_sql = [
            one
            for one in TaskLight
            if Task.objects.system("test").filter(task_light_q(one.value, DAY)).exists()
        ]
        assert by_sql == [task_light(row, DAY)], f"{state} {due} {done}"


@pytest.mark.parametrize(
    ("due", "grey", "yellow"),
    [
        ("2012-02-03", "2012-01-16", "2012-01-17"),
        ("2012-01-29", "2012-01-09", "2012-01-10"),
        ("2012-10-08", "2012-09-17", "2012-09-18"),
        ("2012-10-03", "2012-09-16", "2012-09-17"),
    ],
)
def test_a_task_turns_yellow_ten_working_days_before_by_the_calendar_of_the_house(
    world: World, hand_out: HandOut, due: str, grey: str, yellow: str
) -> None:
    """Around Spring Festival and National Day, from the stored calendar and the rule as shipped."""
    days = yaml_of((Path(__file__).parents[2] / "cases" / "calendars" / "china.yaml").read_text("utf-8"))
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_working=kind == "workdays", name="演示")
        for kind in ("holidays", "workdays")
        for day in days[kind]
    )
    task = hand_out(due_on=date.fromisoformat(due))
    assert task_light(task, bounds(date.fromisoformat(grey))) is TaskLight.NOT_DUE
    assert task_light(task, bounds(date.fromisoformat(yellow))) is TaskLight.SOON
    assert task_light(task, bounds(date.fromisoformat(due))) is TaskLight.SOON
    assert task_light(task, bounds(date.fromisoformat(due) + timedelta(days=1))) is TaskLight.OVERDUE


def test_tables_and_choices_say_the_same() -> None:
    assert {s.value: s.label for s in TABLE.states} == {c.value: str(c.label) for c in Task.State}
    assert {s.value: s.label for s in task_change.TABLE.states} == {
        c.value: str(c.label) for c in TaskChange.State
    }
    assert set(PROGRESS) == {s.value for s in TABLE.states}
