"""When something registered falls due: months of the calendar, printed dates first, how it stands on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.errors import BadFact
from zhize.core.registers.due import Standing, due_bounds, months_after, next_due, standing_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2012, 3, 5), 12, date(2013, 3, 5)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2011, 1, 31), 1, date(2011, 2, 28)),
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2012, 11, 30), 3, date(2013, 2, 28)),
        (date(2012, 12, 31), 6, date(2013, 6, 30)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, due: date) -> None:
    assert months_after(day, months) == due


@given(DAYS, st.integers(1, 240), st.integers(1, 240))
def test_more_months_are_never_earlier(day: date, one: int, more: int) -> None:
    assert months_after(day, one) < months_after(day, one + more)


def test_the_printed_date_goes_first_and_what_never_falls_due_has_none() -> None:
    verified = {"after": date(2012, 3, 5), "months": 12, "less_days": 1}
    assert next_due(**verified) == date(2013, 3, 4)  # type: ignore[arg-type]
    assert next_due(printed=date(2012, 12, 31), **verified) == date(2012, 12, 31)  # type: ignore[arg-type]
    assert next_due(falls_due=False, **verified) is None  # type: ignore[arg-type]
    assert next_due(failed=True, **verified) is None  # type: ignore[arg-type]
    assert next_due(after=date(2012, 3, 5)) is None, "without a cycle nobody can say"


@given(DAYS, st.none() | DAYS, st.booleans(), st.integers(0, 400))
def test_how_it_stands_is_what_counting_the_days_says(
    today: date, due: date | None, failed: bool, warn: int
) -> None:
    said = standing_of(due, failed=failed, bounds=due_bounds(today, warn))
    if failed:
        assert said is Standing.FAILED
    elif due is None:
        assert said is Standing.ENDLESS
    else:
        left = (due - today) // timedelta(days=1)
        assert said is (Standing.EXPIRED if left < 0 else Standing.SOON if left <= warn else Standing.VALID)


def test_what_leaves_the_calendar_is_refused_in_words() -> None:
    for wrong in (lambda: months_after(date(9999, 1, 1), 12), lambda: months_after(date(2012, 1, 1), 0)):
        with pytest.raises(BadFact) as caught:
            wrong()
        assert caught.value.remedy
