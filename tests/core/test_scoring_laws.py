"""Laws of scoring, whatever the table: order-free, bounded, monotone, adding up, the same when repeated."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.scoring_cases import cases
from tests.core.scoring_cases import given as input_of

from zhize.core.kernel.rounding import Rounding
from zhize.core.scoring.calc import calc_score, differences
from zhize.core.scoring.facts import Given, Supply
from zhize.core.scoring.methods import METHODS, method_from
from zhize.core.scoring.numbers import publish, rational, say, shown
from zhize.core.scoring.reading import scheme_from
from zhize.core.scoring.writing import digest_of, scheme_mapping

figures = st.decimals(0, 200, places=2).map(lambda value: format(value, "f"))
marks = st.decimals(0, 10, places=2).map(lambda value: format(value, "f"))
leaf_facts = st.one_of(
    st.builds(lambda a, t: {"actual": a, "target": t}, figures, st.integers(1, 200)),
    st.just({"not_applicable": "无"}),
)
ways = st.sampled_from(["redistribute", "exclude", "full", "leave_out"])


def table(sizes: list[list[int]], way: str = "redistribute", **more: Any) -> dict[str, Any]:
    """A table of blocks of leaves scored in proportion, with these points."""
    blocks = [
        {
            "code": f"b{n}",
            "title": f"第{n}部分",
            "children": [
                {"code": f"b{n}.{m}", "title": f"第{m}项", "points": points, "method": {"kind": "proportion"}}
                for m, points in enumerate(leaves)
            ],
        }
        for n, leaves in enumerate(sizes)
    ]
    return {"title": "示例", "not_applicable": way, "blocks": blocks, **more}


sizes = st.lists(st.lists(st.integers(1, 40), min_size=1, max_size=4), min_size=1, max_size=4)


@st.composite
def rounds(draw: st.DrawFn) -> dict[str, Any]:
    scheme = table(draw(sizes), draw(ways), order={"publish": True})
    scheme["scale"] = {"grades": [{"code": "A", "from": "50"}, {"code": "B", "from": "20", "below": "50"}, {"code": "C", "below": "20"}]}  # fmt: skip
    codes = [leaf["code"] for block in scheme["blocks"] for leaf in block["children"]]
    objects = [
        {"id": str(n), "name": f"对象{n}", "facts": {code: draw(leaf_facts) for code in codes}}
        for n in range(draw(st.integers(1, 5)))
    ]
    return {"scheme": scheme, "objects": objects}


def rows(result: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {one["id"]: one for one in result["objects"]}
    return found


@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_objects_and_facts_does_not_matter(data: dict[str, Any], random: Random) -> None:
    shuffled = [
        {**one, "facts": dict(random.sample(list(one["facts"].items()), len(one["facts"])))}
        for one in random.sample(data["objects"], len(data["objects"]))
    ]
    assert rows(calc_score(data)) == rows(calc_score({**data, "objects": shuffled}))


@given(rounds())
def test_repeating_gives_the_same_and_nothing_differs(data: dict[str, Any]) -> None:
    assert differences(calc_score(data), calc_score(data)) == []


@given(rounds())
def test_parts_add_up_to_the_total_exactly(data: dict[str, Any]) -> None:
    for one in calc_score(data)["objects"]:  # type: ignore[attr-defined]
        if one["total"] is None:
            continue
        parts = {part["code"]: part for part in one["parts"]}
        tops = [part for code, part in parts.items() if "." not in code]
        leaves = [part for code, part in parts.items() if "." in code]
        for some in (tops, leaves):
            total = sum((Decimal(part["score"] or 0) for part in some), Decimal(0))
            assert abs(total - Decimal(one["total"])) < Decimal("0.0000001")


@given(sizes, st.data())
def test_redistribution_keeps_the_total(blocks: list[list[int]], data: st.DataObject) -> None:
    scheme = table(blocks)
    codes = [leaf["code"] for block in scheme["blocks"] for leaf in block["children"]]
    away = data.draw(st.sets(st.sampled_from(codes), max_size=len(codes) - 1))
    facts = {code: {"not_applicable": "无"} if code in away else {"actual": 1, "target": 1} for code in codes}
    (one,) = calc_score({"scheme": scheme, "objects": [{"id": "a", "facts": facts}]})["objects"]  # type: ignore[misc]
    assert one["total"] == str(sum(sum(block) for block in blocks))


@given(sizes, ways, st.data())
def test_full_marks_everywhere_are_the_full_total(
    blocks: list[list[int]], way: str, data: st.DataObject
) -> None:
    scheme = table(blocks, way)
    facts = {
        leaf["code"]: {"actual": 1, "target": 1} for block in scheme["blocks"] for leaf in block["children"]
    }
    (one,) = calc_score({"scheme": scheme, "objects": [{"id": "a", "facts": facts}]})["objects"]  # type: ignore[misc]
    assert one["total"] == str(sum(sum(block) for block in blocks)) and not one["lost"]


BOUNDED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "proportion", "target": 80, "floor": "0.5"}, "actual"),
    ({"kind": "deduction", "per": "0.7", "required": 20}, "actual"),
    ({"kind": "deduction", "per": "0.7", "required": 20, "whole": True, "most_off": "4"}, "actual"),
    ({"kind": "bonus", "per": "0.3", "cap": "10"}, "count"),
    ({"kind": "formula", "expression": "points × done ÷ 80 - 1"}, "done"),
    ({"kind": "difference", "per": "1.5", "target": "90", "base": "8", "up_cap": "2"}, "actual"),
    ({"kind": "tiers", "tiers": [{"from": "90", "points": "10"}, {"from": "60", "points": "5"}]}, "value"),
    (
        {
            "kind": "bands",
            "bands": [
                {"below": "60", "points": "0"},
                {"from": "60", "below": "90", "points": "2", "points_to": "9"},
                {"from": "90", "points": "10"},
            ],
        },
        "value",
    ),
]


@pytest.mark.parametrize(("rule", "name"), BOUNDED, ids=[rule["kind"] for rule, _ in BOUNDED])
@given(one=figures, other=figures)
def test_more_is_never_worth_less_and_points_stay_within_the_leaf(
    rule: dict[str, Any], name: str, one: str, other: str
) -> None:
    method = method_from(rule, "method")
    points = Fraction(10)

    def score(value: str) -> Fraction:
        found = method.score(points, Given(Supply.GIVEN, values={name: value}), ()).points
        assert found is not None
        return found

    low, high = sorted((one, other), key=Decimal)
    assert 0 <= score(low) <= score(high) <= points


@given(st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_places_depend_on_values_alone_and_equal_values_share_one(values: list[int]) -> None:
    method = method_from({"kind": "rank", "step": "1"}, "method")
    peers = tuple(Fraction(value) for value in values)
    scores = {
        value: method.score(Fraction(10), Given(Supply.GIVEN, values={"value": value}), peers).points
        for value in values
    }
    order = sorted(scores, reverse=True)
    assert [scores[value] for value in order] == sorted(scores.values(), reverse=True)  # type: ignore[type-var]
    assert scores[order[0]] == 10


@given(st.lists(marks, min_size=1, max_size=12), st.sampled_from(["0.2", "0.3", "0.5"]))
def test_a_quota_is_never_exceeded_and_a_better_total_never_has_a_worse_grade(
    totals: list[str], share: str
) -> None:
    scheme = {
        "title": "示例",
        "blocks": [{"code": "m", "title": "全部", "points": 10, "method": {"kind": "manual"}}],
        "scale": {"ties": "out", "grades": [{"code": "A", "at_most": {"share": share}}, {"code": "B"}]},
    }
    objects = [{"id": str(n), "facts": {"m": {"value": mark}}} for n, mark in enumerate(totals)]
    found: Any = calc_score({"scheme": scheme, "objects": objects})["objects"]
    best = [one for one in found if one["grade"] == "A"]
    assert len(best) <= Fraction(share) * len(totals)
    worst = min((Decimal(one["total"]) for one in best), default=Decimal(11))
    assert all(Decimal(one["total"]) < worst for one in found if one["grade"] == "B")


@pytest.mark.parametrize(
    "case", [case for _, case in cases() if "error" not in case], ids=lambda case: str(case["name"])
)
def test_a_scheme_written_and_read_again_is_the_same_edition(case: dict[str, Any]) -> None:
    scheme = scheme_from(input_of(case)["scheme"])
    again = scheme_from(scheme_mapping(scheme))
    assert again == scheme and digest_of(again) == digest_of(scheme)


MODES = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.HALF_EVEN: ROUND_HALF_EVEN, Rounding.DOWN: ROUND_DOWN, Rounding.UP: ROUND_UP}  # fmt: skip


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 6), st.sampled_from(list(MODES)))
def test_publishing_a_fraction_rounds_as_decimals_do(value: Decimal, places: int, mode: Rounding) -> None:
    assert publish(Fraction(value), places, mode) == value.quantize(
        Decimal(1).scaleb(-places), rounding=MODES[mode]
    )


@given(st.decimals(-1000, 1000, places=6))
def test_a_figure_that_ends_is_shown_and_read_back_exactly(value: Decimal) -> None:
    assert rational(shown(Fraction(value))) == Fraction(value)
    assert say(Fraction(value)).startswith("约") == (Fraction(value) != Fraction(publish(Fraction(value), 4)))


@given(st.fractions(-1000, 1000, max_denominator=10**6))
def test_a_figure_is_shown_in_full_exactly_where_it_ends(value: Fraction) -> None:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    assert (Fraction(shown(value)) == value) == (rest == 1)
    assert say(value).startswith("约") == ((value * 10**4).denominator > 1)


def test_every_method_says_its_rule_in_words() -> None:
    seen = {}
    for _, case in cases():
        if "leaf" in case and "error" not in case:
            method = method_from(case["leaf"]["method"], "method")
            seen[method.kind] = method.words(Fraction(case["leaf"].get("points", 10)))
    assert set(seen) == set(METHODS) and all(len(words) > 2 for words in seen.values())


@given(st.decimals(-1000, 1000, places=6).map(Fraction), st.decimals(-1000, 1000, places=6).map(Fraction))
def test_a_formula_is_the_arithmetic_python_does_with_fractions(a: Fraction, b: Fraction) -> None:
    written = "(a - b) × 2 ÷ 3 + max(a, b, points) - min(a, -b) + ratio(a, 7)"
    rule = {"kind": "formula", "expression": written, "least": "-100000", "cap": "100000"}
    values = {"a": format(shown(a), "f"), "b": format(shown(b), "f")}
    found = method_from(rule, "method").score(Fraction(10), Given(Supply.GIVEN, values=values), ())
    assert found.points == (a - b) * 2 / 3 + max(a, b, Fraction(10)) - min(a, -b) + a / 7
