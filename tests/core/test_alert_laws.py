"""Laws of alerts: only for the worse, never on the line, whatever the numbers; and enough written cases about figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from zhize.core.metrics.alerts import AlertKind, AlertRule, alerts
from zhize.core.metrics.attainment import Direction
from zhize.kit.yaml_text import yaml_of

CASES = Path(__file__).parent.parent / "cases"
numbers = st.decimals(min_value=-(10**6), max_value=10**6, allow_nan=False, places=3)
ways = st.sampled_from([Direction.HIGHER, Direction.LOWER])
positive = st.decimals(min_value="0.001", max_value=10**4, allow_nan=False, places=3)


def rules(line: Decimal, percent: Decimal) -> list[AlertRule]:
    return [AlertRule(AlertKind.THRESHOLD, value=line), AlertRule(AlertKind.YEAR_AGO, percent=percent)]


@given(ways, numbers, positive, numbers, numbers, st.none() | numbers)
def test_a_better_figure_alerts_no_more_than_a_worse_one(
    way: Direction, line: Decimal, percent: Decimal, one: Decimal, two: Decimal, year_ago: Decimal | None
) -> None:
    worse, better = sorted((one, two), reverse=way is Direction.LOWER)
    both = [{a.rule for a in alerts(rules(line, percent), way, value, year_ago)} for value in (worse, better)]
    assert both[1] <= both[0]


@given(ways, numbers, positive)
def test_a_figure_on_the_line_and_as_a_year_ago_alerts_nobody(
    way: Direction, line: Decimal, percent: Decimal
) -> None:
    assert alerts(rules(line, percent), way, line, line) == []


@given(numbers, numbers, numbers)
def test_within_a_range_nobody_is_told_and_outside_somebody(
    low: Decimal, high: Decimal, value: Decimal
) -> None:
    low, high = sorted((low, high))
    rule = AlertRule(AlertKind.THRESHOLD, minimum=low, maximum=high)
    assert bool(alerts([rule], Direction.RANGE, value, None)) is not (low <= value <= high)


def test_formulas_wholes_targets_and_rules_have_at_least_sixty_written_cases() -> None:
    folders = ("expression", "combine", "attainment", "check", "alert")
    counted = {
        one: sum(len(yaml_of(path.read_text("utf-8"))) for path in (CASES / one).glob("*.yaml"))
        for one in folders
    }
    assert sum(counted.values()) >= 60 and min(counted.values()) >= 12, counted
