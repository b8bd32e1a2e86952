"""Working days against two programs we did not write, and the laws of counting them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategies import calendars, days

from zhize.core.kernel.errors import BadRule
from zhize.core.kernel.workdays import WorkCalendar
from zhize.kit.yaml_text import yaml_of

CHINA = Path(__file__).parent.parent / "cases" / "calendars" / "china.yaml"


def every_day(first: int, last: int) -> list[date]:
    return [
        date(first, 1, 1) + timedelta(days=n) for n in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)
    ]


def test_a_calendar_from_the_holidays_package_agrees_with_chinesecalendar_on_every_day_from_2011_to_2026() -> (
    None
):
    china = holidays.country_holidays("CN", years=range(2010, 2028))
    ours = WorkCalendar.of(china.keys(), china.weekend_workdays, range(2011, 2027))
    differing = [
        day for day in every_day(2011, 2026) if ours.is_working(day) is not chinese_calendar.is_workday(day)
    ]
    assert differing == []


@pytest.mark.parametrize("year", [2011, 2012, 2013, 2026])
def test_the_calendar_of_the_golden_cases_agrees_with_chinesecalendar(year: int) -> None:
    ours = WorkCalendar.from_mapping(yaml_of(CHINA.read_text(encoding="utf-8")))
    assert [
        d for d in every_day(year, year) if ours.is_working(d) is not chinese_calendar.is_workday(d)
    ] == []


@given(calendars(), days, st.integers(1, 40))
def test_adding_working_days_lands_on_the_nth_working_day(
    calendar: WorkCalendar, day: date, number: int
) -> None:
    landed = calendar.add(day, number)
    assert calendar.is_working(landed)
    assert calendar.count(day, landed) == number


@given(calendars(), days, st.integers(1, 40))
def test_going_back_as_many_working_days_returns_to_a_working_day(
    calendar: WorkCalendar, day: date, number: int
) -> None:
    start = calendar.on_or_after(day)
    assert calendar.add(calendar.add(start, number), -number) == start


@given(calendars(), days)
def test_moving_to_a_working_day_leaves_working_days_alone_and_never_skips_one(
    calendar: WorkCalendar, day: date
) -> None:
    later, earlier = calendar.on_or_after(day), calendar.on_or_before(day)
    assert earlier <= day <= later
    assert calendar.is_working(later)
    assert calendar.is_working(earlier)
    between = [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]
    assert not any(calendar.is_working(one) for one in between)


@given(calendars(), days, days, days)
def test_counts_of_working_days_add_up(calendar: WorkCalendar, one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert calendar.count(first, middle) + calendar.count(middle, last) == calendar.count(first, last)


def test_a_calendar_without_any_working_day_is_refused_in_words() -> None:
    closed = WorkCalendar.of([date(2012, 1, 1) + timedelta(days=n) for n in range(800)], [])
    with pytest.raises(BadRule, match="没有工作日"):
        closed.on_or_after(date(2012, 2, 1))


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"holidays": ["2012-13-01"]}, "calendar.holidays[1]"),
        ({"years": ["2012"]}, "calendar.years[1]"),
        ({"holidays": "2012-01-01"}, "calendar.holidays"),
        ({False: []}, "calendar"),
        ([], "calendar"),
    ],
)
def test_a_calendar_written_wrongly_names_the_entry(data: object, where: str) -> None:
    with pytest.raises(BadRule) as caught:
        WorkCalendar.from_mapping(data)
    assert caught.value.where == where
    assert caught.value.remedy
