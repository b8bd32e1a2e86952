"""Work years and their parts: together they are the year, whatever its first day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategies import years

from zhize.core.kernel.errors import BadRule
from zhize.core.kernel.periods import Every, Period, WorkYear, add_months

kinds = st.sampled_from(Every)


@given(years, kinds)
def test_the_parts_of_a_year_follow_each_other_without_gap_or_overlap(year: WorkYear, every: Every) -> None:
    parts = year.split(every)
    assert parts[0].start == year.start
    assert parts[-1].end == year.end
    assert all(after.start == before.end + timedelta(days=1) for before, after in pairwise(parts))
    assert sum((part.end - part.start).days + 1 for part in parts) == (year.end - year.start).days + 1


@given(years)
def test_one_work_year_follows_the_other(year: WorkYear) -> None:
    assert year.next().start == year.end + timedelta(days=1)


@given(years, kinds, kinds)
def test_the_parts_of_a_part_are_the_part(year: WorkYear, outer: Every, inner: Every) -> None:
    for part in year.split(outer):
        if inner.months <= outer.months:
            smaller = part.split(inner)
            assert (smaller[0].start, smaller[-1].end) == (part.start, part.end)
        else:
            with pytest.raises(BadRule, match="不能再按"):
                part.split(inner)


@given(years, kinds, st.integers(0, 364))
def test_each_day_of_the_year_lies_in_exactly_one_part(year: WorkYear, every: Every, number: int) -> None:
    day = year.start + timedelta(days=number)
    assert [part for part in year.split(every) if day in part] == [year.part_of(every, day)]
    assert year.part_of(every, year.end + timedelta(days=1)) is None


@given(years)
def test_codes_and_labels_of_one_year_are_all_different(year: WorkYear) -> None:
    parts = [part for every in Every for part in year.split(every)]
    assert len({part.code for part in parts}) == len(parts)
    assert len({part.label for part in parts}) == len(parts)


@pytest.mark.parametrize(
    ("start", "every", "index", "label", "code", "first", "last"),
    [
        (date(2012, 1, 1), Every.YEAR, 1, "2012年", "2012", date(2012, 1, 1), date(2012, 12, 31)),
        (
            date(2012, 1, 1),
            Every.ONCE,
            1,
            "2012年（一次性）",
            "2012-ONCE",
            date(2012, 1, 1),
            date(2012, 12, 31),
        ),
        (date(2012, 1, 1), Every.HALF, 1, "2012年上半年", "2012-H1", date(2012, 1, 1), date(2012, 6, 30)),
        (
            date(2012, 1, 1),
            Every.QUARTER,
            1,
            "2012年第一季度",
            "2012-Q1",
            date(2012, 1, 1),
            date(2012, 3, 31),
        ),
        (date(2012, 1, 1), Every.MONTH, 3, "2012年3月", "2012-M03", date(2012, 3, 1), date(2012, 3, 31)),
        (date(2011, 7, 1), Every.YEAR, 1, "2011—2012年度", "20110701", date(2011, 7, 1), date(2012, 6, 30)),
        (
            date(2011, 7, 1),
            Every.QUARTER,
            1,
            "2011—2012年度第一季度",
            "20110701-Q1",
            date(2011, 7, 1),
            date(2011, 9, 30),
        ),
        (
            date(2011, 7, 1),
            Every.HALF,
            2,
            "2011—2012年度下半年",
            "20110701-H2",
            date(2012, 1, 1),
            date(2012, 6, 30),
        ),
        (date(2011, 7, 1), Every.MONTH, 8, "2012年2月", "20110701-M08", date(2012, 2, 1), date(2012, 2, 29)),
        (
            date(2011, 12, 26),
            Every.MONTH,
            1,
            "2011—2012年度第1个月",
            "20111226-M01",
            date(2011, 12, 26),
            date(2012, 1, 25),
        ),
    ],
)
def test_periods_are_called_as_officials_call_them(
    start: date, every: Every, index: int, label: str, code: str, first: date, last: date
) -> None:
    period = Period(WorkYear(start), every, index)
    assert (period.label, period.code, period.start, period.end) == (label, code, first, last)
    assert next(iter(period.days())) == first
    assert list(period.days())[-1] == last


def test_a_year_has_no_fifth_quarter() -> None:
    with pytest.raises(BadRule, match="请填 1 至 4"):
        Period(WorkYear(date(2012, 1, 1)), Every.QUARTER, 5)


def test_a_month_later_than_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert add_months(date(2012, 1, 31), 1) == date(2012, 2, 29)
    assert add_months(date(2012, 3, 31), -1) == date(2012, 2, 29)
    assert add_months(date(2012, 12, 31), 2) == date(2013, 2, 28)
