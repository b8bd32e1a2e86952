"""Laws of a task's parts and of its curve: between the least and the most of the parts, whatever their order and unit."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategies import calendars, days

from zhize.core.kernel.workdays import WorkCalendar
from zhize.core.workflow.progress import Part, PlannedStep, is_behind, planned_percent, rolled_up
from zhize.core.workflow.task import PROGRESS, TABLE

STATES = [state.value for state in TABLE.states]
parts = st.lists(
    st.builds(Part, st.sampled_from(STATES), st.integers(0, 100), st.integers(1, 100)), max_size=8
)
plans = st.lists(st.builds(PlannedStep, days, st.integers(0, 100)), max_size=6)


def shares(of: list[Part]) -> list[int]:
    return [100 if one.state == "closed" else one.percent for one in of if one.state != "cancelled"]


@given(parts)
def test_a_whole_lies_between_its_least_and_its_most_part(of: list[Part]) -> None:
    whole = rolled_up(of)
    if not shares(of):
        assert whole is None
    else:
        assert whole is not None and min(shares(of)) <= whole <= max(shares(of))
        assert (whole == 100) == (set(shares(of)) == {100}), "100 only where every part is done"


@given(parts, st.randoms())
def test_neither_order_nor_a_cancelled_part_changes_the_whole(of: list[Part], dice: object) -> None:
    mixed = [*of, Part("cancelled", 70, 9)]
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert rolled_up(mixed) == rolled_up(of)


@given(parts, st.integers(2, 9))
def test_only_the_ratio_of_weights_counts(of: list[Part], times: int) -> None:
    assert rolled_up(Part(one.state, one.percent, one.weight * times) for one in of) == rolled_up(of)


@given(parts.filter(bool), st.data())
def test_a_part_that_gets_on_never_sets_the_whole_back(of: list[Part], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(of) - 1))
    one = of[at]
    further = Part(one.state, data.draw(st.integers(one.percent, 100)), one.weight)
    before, after = rolled_up(of), rolled_up([*of[:at], further, *of[at + 1 :]])
    assert before is after is None or (before is not None and after is not None and before <= after)


@given(plans, days, st.integers(0, 60), st.none() | calendars())
def test_a_curve_never_falls_and_a_day_off_never_brings_a_step_forward(
    plan: list[PlannedStep], today: date, later: int, calendar: WorkCalendar | None
) -> None:
    assert planned_percent(plan, today, calendar) <= planned_percent(plan, today + timedelta(later), calendar)
    assert planned_percent(plan, today, calendar) <= planned_percent(plan, today)


@given(st.sampled_from(STATES), st.integers(0, 100), plans, days)
def test_what_is_not_being_worked_on_or_is_done_is_never_behind(
    state: str, percent: int, plan: list[PlannedStep], today: date
) -> None:
    behind = is_behind(state, percent, plan, today)
    assert behind == (PROGRESS[state].name == "OPEN" and percent < planned_percent(plan, today))
    assert not is_behind(state, 100, plan, today)
