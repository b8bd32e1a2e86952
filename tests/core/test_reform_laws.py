"""Reform: who owes does not depend on the order in which reforms were recorded, and nobody is lost or counted twice."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhize.core.duties.reform import Step, reform

UNITS = st.sampled_from("甲乙丙丁戊")
DAYS = st.integers(0, 400).map(lambda n: date(2012, 1, 1) + timedelta(days=n))
STEPS = st.lists(
    st.builds(
        Step, old=UNITS, new=UNITS, kind=st.sampled_from(["renamed", "merged", "split", "transferred"]), on=DAYS,
        primary=st.booleans(),
    ),
    max_size=8,
)  # fmt: skip
HOLDERS = st.lists(st.tuples(UNITS, st.sampled_from(["lead", "joint", "support"])), max_size=6)


@given(HOLDERS, STEPS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_records_makes_no_difference(
    holders: list[tuple[str, str]], steps: list[Step], on: date, chance: random.Random
) -> None:
    mixed = list(steps)
    chance.shuffle(mixed)
    assert reform(holders, mixed, on) == reform(holders, steps, on)


@given(HOLDERS, STEPS, DAYS)
def test_every_holder_is_stood_for_exactly_once(
    holders: list[tuple[str, str]], steps: list[Step], on: date
) -> None:
    found = reform(holders, steps, on)
    assert sorted(u for o in found.owing for u in o.instead_of) == sorted({unit for unit, _role in holders})
    assert len({o.unit for o in found.owing}) == len(found.owing)


@given(HOLDERS, STEPS, DAYS)
def test_a_reform_to_come_changes_nothing(
    holders: list[tuple[str, str]], steps: list[Step], on: date
) -> None:
    assert reform(holders, steps, on) == reform(holders, [s for s in steps if s.on <= on], on)
