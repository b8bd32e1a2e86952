"""Errors in words, exact numbers, traces; and the examples in the kernel's own docstrings."""

from __future__ import annotations

import doctest
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel import errors, periods, rounding, trace
from zhize.core.kernel.errors import BadFact, BadRule, CoreError
from zhize.core.kernel.rounding import Rounding, exact, round_once, share
from zhize.core.kernel.trace import Trace

exact_numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
)


@pytest.mark.parametrize("module", [errors, periods, rounding, trace], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_are_true(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_an_error_says_what_where_why_and_what_to_do() -> None:
    error = CoreError("月份应为 1 至 12", where="due.month", why="没有第 13 个月", remedy="改成 12。")
    assert str(error) == "due.month：月份应为 1 至 12。没有第 13 个月。改成 12。"
    assert error.as_dict() == {
        "what": "月份应为 1 至 12",
        "where": "due.month",
        "why": "没有第 13 个月",
        "remedy": "改成 12。",
    }


def test_an_error_seen_from_further_out_keeps_its_kind_and_gets_the_place_in_front() -> None:
    outer = BadRule("不合适", where="due").within("duties[3]")
    assert isinstance(outer, BadRule)
    assert outer.where == "duties[3].due"
    assert BadRule("不合适").within("duties[3]").where == "duties[3]"


def test_the_published_2007_index_is_80_99_from_80_985() -> None:
    assert round_once("80.985") == Decimal("80.99")
    assert round_once("80.985", mode=Rounding.HALF_EVEN) == Decimal("80.98")
    assert round_once("80.985", mode=Rounding.DOWN) == Decimal("80.98")
    assert round_once("80.981", mode=Rounding.UP) == Decimal("80.99")


def test_rounding_twice_gives_another_figure_than_rounding_once() -> None:
    assert round_once("89.45", 0) == 89
    assert round_once(round_once("89.45", 1), 0) == 90


def test_a_very_long_figure_is_rounded_not_refused() -> None:
    assert round_once("1234567890123456789012345678901234567890.125") == Decimal(
        "1234567890123456789012345678901234567890.13"
    )


@pytest.mark.parametrize("value", [80.985, True, None, "八十", "NaN", "Infinity", Decimal("NaN")])
def test_what_is_not_an_exact_number_is_refused_with_a_remedy(value: object) -> None:
    with pytest.raises(BadFact) as caught:
        exact(value, where="得分")  # type: ignore[arg-type]
    assert caught.value.where == "得分"
    assert caught.value.remedy


@given(exact_numbers, st.integers(0, 4))
def test_rounding_moves_a_figure_by_no_more_than_half_a_unit_and_is_symmetric(
    value: Decimal, places: int
) -> None:
    rounded = round_once(value, places)
    assert abs(rounded - value) * 2 <= Decimal(1).scaleb(-places)
    assert round_once(-value, places) == -rounded
    assert round_once(rounded, places) == rounded


@given(exact_numbers, exact_numbers)
def test_rounding_keeps_order(one: Decimal, two: Decimal) -> None:
    low, high = sorted((one, two))
    assert round_once(low) <= round_once(high)


def test_a_share_of_nothing_is_no_share() -> None:
    assert share(0, 0) is None
    assert share(1, 4) == Decimal("0.25")


def tree() -> Trace:
    leaf = Trace.of("a.b", "规定日期", date(2012, 3, 31), {"期限": "3月31日"}, clause="二（二）")
    return Trace.of("a", "排期", Decimal("1.50"), {"顺延": True, "宽限": None}, children=(leaf,))


def test_a_trace_reads_as_indented_lines() -> None:
    assert (
        tree().words()
        == "排期：1.50（顺延＝是，宽限＝无）\n　规定日期：2012年3月31日（期限＝3月31日）〔二（二）〕"
    )
    assert [(depth, node.rule) for depth, node in tree().walk()] == [(0, "a"), (1, "a.b")]


def test_a_trace_becomes_plain_json_without_losing_digits() -> None:
    assert tree().as_dict() == {
        "rule": "a",
        "title": "排期",
        "value": "1.50",
        "inputs": {"顺延": True, "宽限": None},
        "children": [
            {
                "rule": "a.b",
                "title": "规定日期",
                "value": "2012-03-31",
                "inputs": {"期限": "3月31日"},
                "clause": "二（二）",
            }
        ],
    }
