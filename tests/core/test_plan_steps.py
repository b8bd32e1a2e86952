"""Steps of a plan's item: golden cases, and laws of what is kept, moved, merged and drawn as a curve."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.errors import BadFact
from zhize.core.plans.found import Year
from zhize.core.plans.steps import (
    LONGEST,
    MOST,
    ItemStep,
    curve,
    steps_kept,
    steps_merged,
    steps_moved,
    steps_read,
    steps_text,
)
from zhize.kit.yaml_text import yaml_of

YEAR, DUE = Year(date(2012, 1, 1), date(2012, 12, 31)), date(2012, 11, 30)
CASES: Any = yaml_of(Path("tests/cases/plan_steps/steps.yaml").read_text("utf-8"))
TEXTS = st.sampled_from(["制定方案", "完成抽样", "50 家企业复查", "公布结果；整改"])


@st.composite
def plans(draw: st.DrawFn) -> list[ItemStep]:
    days = sorted(draw(st.sets(st.integers(0, 334), min_size=1, max_size=8)))
    percents = sorted(draw(st.lists(st.integers(0, 100), min_size=len(days), max_size=len(days))))
    told = draw(st.lists(st.booleans(), min_size=len(days), max_size=len(days)))
    return [
        ItemStep(YEAR.start + timedelta(day), draw(TEXTS), percent if said else None)
        for day, percent, said in zip(days, percents, told, strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_steps_as_clerks_write_them(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(BadFact, match=case["error"]["says"]) as refused:
            steps_read(case["in"], YEAR, DUE)
        assert refused.value.where == case["error"]["where"] and refused.value.remedy
        return
    found = steps_read(case["in"], YEAR, DUE)
    assert [str(one) for one in found] == case["out"]


@given(plans())
def test_what_is_kept_reads_as_it_was_and_reading_it_again_changes_nothing(steps: list[ItemStep]) -> None:
    text = steps_text(steps)
    assert list(steps_kept(text)) == steps == list(steps_read(text, YEAR, DUE))


@given(plans())
def test_a_curve_never_falls_holds_what_was_said_and_stays_within_the_whole(steps: list[ItemStep]) -> None:
    shares = curve(steps)
    assert list(shares) == sorted(shares) and shares[0] >= 0 and shares[-1] <= 100
    assert all(one.percent in (None, share) for one, share in zip(steps, shares, strict=True))


@given(plans(), plans())
def test_merged_steps_hold_the_days_of_both_once_and_in_order(
    one: list[ItemStep], other: list[ItemStep]
) -> None:
    merged = steps_kept(steps_merged([steps_text(one), steps_text(other)]))
    assert [step.day for step in merged] == sorted({step.day for step in (*one, *other)})
    assert all(len(step.text) <= LONGEST for step in merged)


@given(plans())
def test_steps_of_last_year_move_into_this_one_in_order(steps: list[ItemStep]) -> None:
    moved = steps_kept(steps_moved(steps_text(steps), lambda day: day + timedelta(365)))
    assert [step.text for step in moved] == [step.text for step in steps]
    assert moved[0].day == steps[0].day + timedelta(365)


def test_more_steps_than_anybody_plans_are_refused() -> None:
    lines = "\n".join(f"2012-{n // 28 + 1:02d}-{n % 28 + 1:02d} 第{n}步" for n in range(MOST + 1))
    with pytest.raises(BadFact, match=f"步骤有 {MOST + 1} 个"):
        steps_read(lines, YEAR, None)
