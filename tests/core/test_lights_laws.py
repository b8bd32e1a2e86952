"""Laws of lights: the boundary form equals the rule a person would say."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategies import calendars, days

from zhize.core.duties.lights import ALL, boundaries, light_of, light_within
from zhize.core.duties.states import Progress
from zhize.core.kernel.workdays import WorkCalendar


@given(
    st.sampled_from(Progress),
    st.none() | days,
    st.none() | days,
    days,
    st.integers(0, 30),
    st.none() | calendars(),
)
def test_two_boundary_dates_say_the_same_as_counting_the_days_left(
    progress: Progress,
    due: date | None,
    done_on: date | None,
    today: date,
    warn_days: int,
    calendar: WorkCalendar | None,
) -> None:
    bounds = boundaries(today, warn_days, calendar)
    light = light_within(progress, due, done_on, bounds)
    assert light == light_of(progress, due, done_on, today, warn_days, calendar)
    assert light in ALL


@given(days, st.integers(0, 30), calendars(), st.integers(1, 30))
def test_the_boundaries_move_only_forward(
    today: date, warn_days: int, calendar: WorkCalendar, later: int
) -> None:
    now, then = (
        boundaries(today, warn_days, calendar),
        boundaries(today + timedelta(days=later), warn_days, calendar),
    )
    assert now.today <= now.warn_until <= then.warn_until
    assert boundaries(today, warn_days + 1, calendar).warn_until > now.warn_until


def test_no_two_lights_share_word_or_shape() -> None:
    assert len({light.word for light in ALL}) == len({light.shape for light in ALL}) == len(ALL)
