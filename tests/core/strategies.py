"""Hypothesis strategies shared by the property tests of the core."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from zhize.core.duties.facts import Decision, Facts, Form, Member, Record, Submission, Waiver
from zhize.core.kernel.periods import WorkYear
from zhize.core.kernel.workdays import WorkCalendar

START = date(2012, 1, 1)

days = st.dates(date(2011, 6, 1), date(2013, 6, 30))
years = (
    st.dates(date(1990, 1, 1), date(2060, 12, 31))
    .filter(lambda day: (day.month, day.day) != (2, 29))
    .map(WorkYear)
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any calendar: days off and make-up days thrown at random over two years."""
    span = st.integers(0, 760).map(lambda number: date(2011, 6, 1) + timedelta(days=number))
    off = draw(st.sets(span, max_size=60))
    return WorkCalendar.of(off, draw(st.sets(span, max_size=40)) - off)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Any facts about one obligation, with ids that never clash."""

    def several(build: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(build, max_size=6))

    submissions = several(
        st.tuples(
            days,
            st.sampled_from(Decision),
            st.sampled_from(Form),
            st.none() | days,
            st.none() | st.integers(0, 90),
        )
    )
    records = several(st.tuples(days, st.integers(0, 3)))
    members = several(st.none() | days)
    waivers = draw(st.lists(st.tuples(days, st.none() | days), max_size=1))
    return Facts(
        tuple(
            Submission(
                f"s{n}", on, state, form, covers, on + timedelta(days=wait) if wait is not None else None
            )
            for n, (on, state, form, covers, wait) in enumerate(submissions)  # type: ignore[misc]
        ),
        tuple(Record(f"r{n}", on, number) for n, (on, number) in enumerate(records)),  # type: ignore[misc]
        tuple(Member(f"m{n}", on) for n, on in enumerate(members)),  # type: ignore[arg-type]
        tuple(Waiver(on, "办公室", "演示数据", revoked) for on, revoked in waivers),
    )
