"""Laws of figures: formulas, targets and wholes, whatever the numbers."""

from __future__ import annotations

import itertools
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.errors import BadRule, CoreError
from zhize.core.metrics.attainment import Direction, Goal, State, Step, attain
from zhize.core.metrics.combine import Part, Rule, combine
from zhize.core.metrics.evaluate import evaluate
from zhize.core.metrics.order import order
from zhize.core.metrics.parse import parse
from zhize.core.metrics.spans import Span, cover
from zhize.core.metrics.units import PLAIN, unit_of

numbers = st.decimals(min_value=-(10**6), max_value=10**6, allow_nan=False, places=3)
counts = st.integers(0, 10**6)
CODES = ("a", "b", "c")
leaves = st.sampled_from(CODES)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"-{one}"),
        st.lists(inner, min_size=1, max_size=3).map(lambda xs: f"sum({', '.join(xs)})"),
        st.tuples(inner, inner).map(lambda t: f"max({t[0]}, {t[1]})"),
    ),
    max_leaves=8,
)


@given(trees, st.tuples(numbers, numbers, numbers))
def test_a_formula_says_the_same_as_exact_fractions(text: str, values: tuple[Decimal, ...]) -> None:
    known = dict(zip(CODES, values, strict=True))
    answer = evaluate(parse(text), dict.fromkeys(CODES, PLAIN), lambda code, back: known[code], PLAIN)
    try:
        exact = eval(text, {"__builtins__": {}}, _python(known))
    except ZeroDivisionError:
        exact = None
    if exact is None or answer.value is None:
        assert answer.value is None or abs(Fraction(answer.value)) >= 0
        return
    assert abs(Fraction(answer.value) - exact) <= abs(exact) * Fraction(1, 10**40) + Fraction(1, 10**40)


def _python(known: dict[str, Decimal]) -> dict[str, object]:
    return {
        **{code: Fraction(value) for code, value in known.items()},
        "sum": lambda *xs: sum(xs),
        "max": max,
    }


@given(trees, st.sets(leaves, min_size=1))
def test_what_is_missing_stays_missing_and_is_named(text: str, absent: set[str]) -> None:
    formula = parse(text)
    answer = evaluate(
        formula, dict.fromkeys(CODES, PLAIN), lambda code, back: None if code in absent else Decimal(1), PLAIN
    )
    used = absent & set(formula.uses)
    assert set(answer.missing) == used
    assert answer.value is None or not used


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_place_and_remedy(text: str) -> None:
    try:
        parse(text)
    except BadRule as error:
        assert error.where.startswith("第 ") and error.remedy


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh"), max_size=3)))
def test_each_card_comes_after_those_it_uses_or_the_circle_is_named(needs: dict[str, set[str]]) -> None:
    try:
        found = order(needs)
    except BadRule as error:
        path = error.why.split(" → ")
        assert path[0] == path[-1] and len(path) > 1
        assert all(after in needs[before] for before, after in itertools.pairwise(path))
        return
    assert sorted(found) == sorted(needs)
    place = {code: n for n, code in enumerate(found)}
    assert all(place[one] < place[code] for code in needs for one in needs[code] if one in needs)


directions = st.sampled_from([Direction.HIGHER, Direction.LOWER])
DUE = date(2012, 12, 31)
ORDER = [State.MISSED, State.BEHIND, State.UNDER_WAY, State.ON_PATH, State.REACHED]


@given(
    directions, numbers, numbers, numbers, st.none() | numbers, st.dates(date(2012, 1, 1), date(2013, 6, 30))
)
def test_a_better_figure_never_stands_worse(
    direction: Direction, target: Decimal, one: Decimal, two: Decimal, step: Decimal | None, on: date
) -> None:
    steps = (Step(date(2012, 6, 30), step),) if step is not None else ()
    goal = Goal(direction, target, DUE, steps=steps)
    worse, better = sorted((one, two), reverse=direction is Direction.LOWER)
    low, high = attain(goal, worse, on), attain(goal, better, on)
    assert ORDER.index(low.state) <= ORDER.index(high.state)
    assert low.gap is not None and high.gap is not None and low.gap >= high.gap
    if low.degree is not None and high.degree is not None:
        assert low.degree <= high.degree


@given(directions, numbers, st.none() | numbers)
def test_the_target_itself_is_reached_without_a_gap(
    direction: Direction, target: Decimal, base: Decimal | None
) -> None:
    found = attain(Goal(direction, target, DUE, base=base), target, DUE)
    assert found.state is State.REACHED and found.gap == 0 and found.degree in (None, 1)


rates = st.lists(
    st.tuples(counts, st.integers(1, 10**6)).filter(lambda t: t[0] <= t[1]), min_size=1, max_size=8
)


@given(rates, st.randoms(use_true_random=False))
def test_a_rate_of_sums_lies_between_its_parts_in_any_order(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    parts = [Part(str(n), None, Decimal(a), Decimal(b)) for n, (a, b) in enumerate(pairs)]
    whole = combine(Rule.RATE, parts)
    chance.shuffle(parts)
    assert combine(Rule.RATE, parts) == whole
    shares = [Fraction(a, b) for a, b in pairs]
    assert whole.value is not None
    tiny = Fraction(1, 10**50)
    assert min(shares) - tiny <= Fraction(whole.value) <= max(shares) + tiny


@given(st.lists(numbers, min_size=2, max_size=12), st.integers(1, 11))
def test_sums_of_sums_are_the_sum(values: list[Decimal], cut: int) -> None:
    parts = [Part(str(n), value) for n, value in enumerate(values)]
    halves = [combine(Rule.SUM, half).value for half in (parts[:cut], parts[cut:]) if half]
    again = combine(Rule.SUM, [Part(str(n), value) for n, value in enumerate(halves)])
    assert again.value == combine(Rule.SUM, parts).value


spans = st.tuples(st.dates(date(2012, 1, 1), date(2012, 12, 31)), st.integers(0, 200)).map(
    lambda t: Span(t[0], date.fromordinal(t[0].toordinal() + t[1]))
)


@given(st.lists(spans, max_size=12))
def test_spans_chosen_and_gaps_are_the_whole_without_overlap(found: list[Span]) -> None:
    whole = Span(date(2012, 1, 1), date(2012, 12, 31))
    chosen, gaps = cover(whole, found)
    pieces = sorted([*chosen, *gaps])
    assert pieces[0].start == whole.start and pieces[-1].end == whole.end
    assert all(a.end.toordinal() + 1 == b.start.toordinal() for a, b in itertools.pairwise(pieces))
    assert cover(whole, reversed(found)) == (chosen, gaps)


@pytest.mark.parametrize("text", ["", "批", "%", "件/百万元", "万元", "千米/小时", "个百分点"])
def test_a_unit_over_itself_is_a_plain_number(text: str) -> None:
    unit = unit_of(text)
    assert (unit / unit).words == () and (unit / unit).scale == 1
    assert (unit * PLAIN) == unit


def test_an_error_of_one_card_names_the_card() -> None:
    from zhize.core.metrics.book import Book

    units = {"x": unit_of("批"), "a": unit_of("元")}
    book = Book(units, {"x": parse("a")}, lambda code, back: None)
    with pytest.raises(CoreError) as caught:
        book.answer("x")
    assert caught.value.where == "x.第 1 个字"
