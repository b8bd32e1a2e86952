"""Laws of recurrence, discharge and lights, whatever the data: order-free, monotone, adding up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.core.strategies import START, calendars, days, facts, years

from zhize.core.duties.discharge import Outcome, evaluate
from zhize.core.duties.discharge_rule import DischargeRule, Source, Way
from zhize.core.duties.due import InMonth, Offset, OnDay, OnMonthDay, Span, Unit, Which
from zhize.core.duties.facts import Decision, Facts, Record
from zhize.core.duties.recurrence import Adjust, Recurrence
from zhize.core.duties.schedule import schedule
from zhize.core.duties.states import Progress, State
from zhize.core.kernel.periods import Every, Period, WorkYear
from zhize.core.kernel.workdays import WorkCalendar

YEAR = Period(WorkYear(START), Every.YEAR)
DUE = date(2012, 12, 20)

rules = st.builds(
    DischargeRule,
    way=st.sampled_from(Way),
    at_least=st.integers(1, 4),
    every=st.sampled_from([Every.HALF, Every.QUARTER, Every.MONTH]),
    share=st.decimals("0.01", "1", places=2),
    source=st.sampled_from(Source),
    accept_nil=st.booleans(),
).map(
    lambda rule: DischargeRule.from_mapping(rule.to_mapping())
)  # without options that mean nothing for the way

spans = st.builds(Span, st.integers(0, 40), st.sampled_from(Unit))
offsets = st.builds(Offset, st.sampled_from(["after_start", "after_end"]), spans) | st.builds(
    Offset,
    st.sampled_from(["before_start", "before_end"]),
    st.builds(Span, st.integers(-40, -1), st.sampled_from(Unit)),
)
monthly = st.builds(
    Recurrence,
    every=st.sampled_from([Every.HALF, Every.QUARTER, Every.MONTH]),
    due=offsets | st.builds(OnDay, st.integers(0, 31), st.sampled_from(InMonth)),
    adjust=st.sampled_from(Adjust),
    lead=st.none() | st.builds(Span, st.integers(-20, -1), st.sampled_from(Unit)),
)
yearly = st.builds(
    Recurrence,
    every=st.just(Every.YEAR),
    due=offsets | st.builds(OnMonthDay, st.integers(1, 12), st.integers(0, 28), st.sampled_from(Which)),
    adjust=st.sampled_from(Adjust),
)
recurrences = monthly | yearly


def judged(rule: DischargeRule, known: Facts, today: date) -> Outcome:
    return evaluate(rule, known, period=YEAR, due=DUE, today=today)


@given(rules, facts(), days, st.randoms(use_true_random=False))
def test_the_state_does_not_depend_on_the_order_of_facts(
    rule: DischargeRule, known: Facts, today: date, random: Random
) -> None:
    shuffled = Facts(
        tuple(random.sample(known.submissions, len(known.submissions))),
        tuple(random.sample(known.records, len(known.records))),
        tuple(random.sample(known.members, len(known.members))),
        tuple(random.sample(known.waivers, len(known.waivers))),
    )
    assert judged(rule, shuffled, today) == judged(rule, known, today)


@given(rules, facts(), days)
def test_a_fact_told_twice_counts_once(rule: DischargeRule, known: Facts, today: date) -> None:
    twice = replace(
        known, submissions=known.submissions * 2, records=known.records * 2, members=known.members * 2
    )
    assert judged(rule, twice, today) == judged(rule, known, today)


@given(rules, facts(), days)
def test_confirming_what_waits_never_takes_anything_away(
    rule: DischargeRule, known: Facts, today: date
) -> None:
    confirmed = replace(
        known,
        submissions=tuple(
            replace(one, state=Decision.CONFIRMED, decided_on=None)
            if one.as_of(today) is Decision.SUBMITTED
            else one
            for one in known.submissions
        ),
    )
    before, after = judged(rule, known, today), judged(rule, confirmed, today)
    assert after.achieved >= before.achieved
    if before.state is State.CLAIMED:
        assert after.state in (State.DONE, State.DONE_LATE)
    if before.state in (State.DONE, State.WAIVED):
        assert after.state in (State.DONE, State.WAIVED)


@given(rules, facts(), days, days)
def test_the_day_of_confirmation_never_decides_lateness(
    rule: DischargeRule, known: Facts, decided: date, other: date
) -> None:
    """Seen from after every decision, moving the decisions changes neither state nor day."""
    seen_from = date(2014, 1, 1)
    moved = [
        replace(known, submissions=tuple(replace(one, decided_on=day) for one in known.submissions))
        for day in (decided, other)
    ]
    assert judged(rule, moved[0], seen_from) == judged(rule, moved[1], seen_from)


@given(rules, facts(), days, st.integers(1, 200))
def test_what_is_done_stays_done_as_days_pass(
    rule: DischargeRule, known: Facts, today: date, later: int
) -> None:
    """Confirmed, recorded and without waivers or decisions taken back, nothing undoes itself."""
    lasting = replace(
        known, waivers=(), submissions=tuple(replace(one, decided_on=None) for one in known.submissions)
    )
    before = judged(rule, lasting, today)
    after = judged(rule, lasting, today + timedelta(days=later))
    if before.state in (State.DONE, State.DONE_LATE):
        assert after.progress is Progress.DONE
        assert (after.done_on or date.min) <= (before.done_on or date.max)
    if before.state is State.OVERDUE:
        assert after.state is not State.NOT_DUE


@given(rules, facts(), days)
def test_a_state_agrees_with_its_own_numbers(rule: DischargeRule, known: Facts, today: date) -> None:
    found = judged(rule, known, today)
    if found.progress is Progress.DONE:
        assert found.done_on is not None
        assert found.done_on <= today
        assert found.settled or found.achieved >= found.needed > 0
        assert (found.state is State.DONE_LATE) is (found.done_on > DUE)
    if found.state is State.OVERDUE:
        assert today > DUE
        assert not found.settled
        assert found.needed == 0 or found.achieved < found.needed
    assert found.trace.words()


@given(facts(), st.sampled_from([Every.HALF, Every.QUARTER, Every.MONTH]))
def test_records_counted_by_sub_period_add_up_to_those_of_the_year(known: Facts, every: Every) -> None:
    rule = DischargeRule(Way.COUNTED, at_least=1)
    end = date(2014, 1, 1)
    parts = [evaluate(rule, known, period=part, due=None, today=end).achieved for part in YEAR.split(every)]
    assert sum(parts) == evaluate(rule, known, period=YEAR, due=None, today=end).achieved


@given(facts(), st.decimals("0.01", "1", places=2), st.decimals("0.01", "1", places=2))
def test_a_higher_share_never_needs_fewer(known: Facts, one: Decimal, two: Decimal) -> None:
    low, high = sorted((one, two))
    needed = [judged(DischargeRule(Way.COVERAGE, share=share), known, DUE).needed for share in (low, high)]
    assert needed[0] <= needed[1] <= len(known.members)


@given(facts(), st.lists(days, max_size=3))
def test_more_records_never_count_less(known: Facts, more: list[date]) -> None:
    rule = DischargeRule(Way.EACH, every=Every.QUARTER)
    added = replace(known, records=(*known.records, *(Record(f"x{n}", day) for n, day in enumerate(more))))
    assert judged(rule, added, DUE).achieved >= judged(rule, known, DUE).achieved


@given(rules)
def test_a_discharge_rule_survives_being_written_down(rule: DischargeRule) -> None:
    assert DischargeRule.from_mapping(rule.to_mapping()) == rule


@given(recurrences)
def test_a_recurrence_survives_being_written_down(rule: Recurrence) -> None:
    assert Recurrence.from_mapping(rule.to_mapping()) == rule


@given(recurrences, years, calendars())
def test_due_dates_never_run_backwards_and_each_period_comes_once(
    rule: Recurrence, year: WorkYear, calendar: WorkCalendar
) -> None:
    found = schedule(rule, year, calendar)
    dues = [one.due for one in found.occurrences]
    assert dues == sorted(dues)
    assert [one.period for one in found.occurrences] == list(year.split(rule.every))


@given(recurrences, years, calendars(), st.integers(0, 3))
def test_each_level_down_is_never_later_than_the_level_above(
    rule: Recurrence, year: WorkYear, calendar: WorkCalendar, levels: int
) -> None:
    upper = schedule(rule, year, calendar, levels_down=levels).occurrences
    lower = schedule(rule, year, calendar, levels_down=levels + 1).occurrences
    pairs = list(zip(upper, lower, strict=True))
    assert all(low.due < up.due if rule.lead else low.due == up.due for up, low in pairs)


@given(recurrences, years, calendars())
def test_a_rule_that_asks_for_working_days_gets_them(
    rule: Recurrence, year: WorkYear, calendar: WorkCalendar
) -> None:
    for level in (0, 1):
        for one in schedule(rule, year, calendar, levels_down=level).occurrences:
            assert rule.adjust is Adjust.NONE or calendar.is_working(one.due)


@given(recurrences, years, calendars(), st.integers(-30, 400))
def test_nothing_falls_due_before_the_document_is_in_force_and_every_period_is_accounted_for(
    rule: Recurrence, year: WorkYear, calendar: WorkCalendar, offset: int
) -> None:
    in_force = year.start + timedelta(days=offset)
    found = schedule(rule, year, calendar, in_force=in_force)
    assert all(one.due >= in_force for one in found.occurrences)
    told = [one.period for one in found.occurrences] + [one.period for one in found.left_out]
    assert sorted(told) == list(year.split(rule.every))
