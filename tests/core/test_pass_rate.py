"""Pass rates with their intervals: R's numbers, published figures, and the laws of the thing."""

from __future__ import annotations

import csv
import json
import os
from decimal import Decimal
from math import comb, fsum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.errors import BadFact
from zhize.core.kernel.rounding import round_once
from zhize.core.sampling.allocation import Stratum, inclusion_probabilities, neyman, proportional
from zhize.core.sampling.beta import beta_quantile, incomplete_beta
from zhize.core.sampling.pass_rate import PassRate, Way, pass_rate

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {
    Way.WILSON: "wilson", Way.WILSON_CC: "wilsoncc", Way.CLOPPER_PEARSON: "cp", Way.JEFFREYS: "jeffreys",
}  # fmt: skip
WAYS = st.sampled_from(list(Way))
BATCHES = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
CONFIDENCE = st.sampled_from([Decimal("0.8"), Decimal("0.9"), Decimal("0.95"), Decimal("0.99")])


def reference(name: str) -> Path:
    """A file of reference cases: in ZHIZE_SHARED, else beside the repository; skips where there is none."""
    named = os.environ.get("ZHIZE_SHARED")
    folder = (Path(named) if named else ROOT.parent / "shared") / "reference-cases" / "passrate"
    if not (folder / name).exists():
        pytest.skip(
            "no reference cases on this machine: set ZHIZE_SHARED to the folder that holds reference-cases"
        )
    return folder / name


def rows(name: str) -> list[dict[str, str]]:
    with reference(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("way", Way)
def test_bounds_are_those_of_r(way: Way) -> None:
    for row in rows("ci_95_R.csv"):
        found = pass_rate(int(row["passed"]), int(row["total"]), way=way)
        assert found.low == pytest.approx(float(row[f"{COLUMNS[way]}_lo"]), abs=1e-9), row["id"]
        assert found.high == pytest.approx(float(row[f"{COLUMNS[way]}_hi"]), abs=1e-9), row["id"]
        assert float(found.rate * 100) == pytest.approx(float(row["rate"]), abs=1e-9)


def test_published_rates_come_out_as_printed() -> None:
    printed = [
        r for r in rows("published_counts.csv") if r["passed"] and r["total"] and r["published_rate_pct"]
    ]
    assert len(printed) >= 9
    for row in printed:
        found = pass_rate(int(row["passed"]), int(row["total"]))
        assert abs(found.rate * 100 - Decimal(row["published_rate_pct"])) <= Decimal("0.05"), row["id"]


def test_a_rate_printed_wrongly_is_seen() -> None:
    (food,) = [r for r in rows("published_counts.csv") if r["id"] == "GSFOOD2011"]
    found = pass_rate(int(food["total"]) - int(food["passed"]), int(food["total"]))
    assert round_once(found.rate * 100) == Decimal("3.39"), "3.6 % as printed, 3.385 % by its own counts"


def test_samples_are_shared_out_as_in_r() -> None:
    data: dict[str, Any] = json.loads(reference("allocation.json").read_text(encoding="utf-8"))
    strata = [Stratum(n, s) for n, s in zip(data["N"], data["S"], strict=True)]
    assert proportional(strata, data["n"]) == pytest.approx(data["proportional"], abs=1e-9)
    assert neyman(strata, data["n"]) == pytest.approx(data["neyman"], abs=1e-9)
    drawn = inclusion_probabilities(data["pps"]["weights"], data["pps"]["n"])
    assert drawn == pytest.approx(data["pps"]["inclusion"], abs=1e-9)


@given(BATCHES, WAYS, CONFIDENCE)
def test_the_interval_holds_the_rate_within_nothing_and_all(
    batches: tuple[int, int], way: Way, confidence: Decimal
) -> None:
    found = pass_rate(*batches, way=way, confidence=confidence)
    assert 0 <= found.low <= batches[0] / batches[1] <= found.high <= 1


@given(BATCHES, WAYS)
def test_passed_and_failed_exchanged_mirror_it(batches: tuple[int, int], way: Way) -> None:
    passed, total = batches
    one, other = pass_rate(passed, total, way=way), pass_rate(total - passed, total, way=way)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-9)


@given(BATCHES, WAYS)
def test_one_more_passed_raises_both_bounds(batches: tuple[int, int], way: Way) -> None:
    passed, total = batches
    if passed == total:
        return
    one, more = pass_rate(passed, total, way=way), pass_rate(passed + 1, total, way=way)
    assert one.low <= more.low + 1e-12 and one.high <= more.high + 1e-12


@given(BATCHES, WAYS)
def test_more_confidence_widens_it(batches: tuple[int, int], way: Way) -> None:
    narrow, wide = (pass_rate(*batches, way=way, confidence=Decimal(c)) for c in ("0.9", "0.99"))
    assert wide.low <= narrow.low + 1e-12 and narrow.high <= wide.high + 1e-12


@given(BATCHES)
def test_the_exact_interval_holds_wilsons_centre_and_jeffreys(batches: tuple[int, int]) -> None:
    def of(way: Way) -> PassRate:
        return pass_rate(*batches, way=way)

    exact, bayes = of(Way.CLOPPER_PEARSON), of(Way.JEFFREYS)
    assert exact.low <= bayes.low + 1e-12 and bayes.high <= exact.high + 1e-12


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.01, 0.99))
def test_the_incomplete_beta_is_the_tail_of_the_binomial(a: int, b: int, x: float) -> None:
    n = a + b - 1
    tail = fsum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert incomplete_beta(x, a, b) == pytest.approx(tail, abs=1e-12)


@given(st.floats(0.001, 0.999), st.floats(0.5, 5000), st.floats(0.5, 5000))
def test_a_quantile_is_the_inverse(probability: float, a: float, b: float) -> None:
    assert incomplete_beta(beta_quantile(probability, a, b), a, b) == pytest.approx(probability, abs=1e-9)


def test_ten_million_batches_are_no_trouble() -> None:
    exact, wilson = (pass_rate(9_400_000, 10_000_000, way=w) for w in (Way.CLOPPER_PEARSON, Way.WILSON))
    assert exact.low == pytest.approx(wilson.low, abs=1e-6)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=20), st.data())
def test_shares_add_up_and_no_probability_exceeds_one(sizes: list[int], data: st.DataObject) -> None:
    n = data.draw(st.integers(1, len(sizes)))
    assert fsum(proportional([Stratum(s) for s in sizes], n)) == pytest.approx(n)
    drawn = inclusion_probabilities(sizes, n)
    assert fsum(drawn) == pytest.approx(n) and all(0 < p <= 1 for p in drawn)


@pytest.mark.parametrize(
    ("passed", "total", "confidence", "where"),
    [(0, 0, "0.95", "total"), (5, 4, "0.95", "passed"), (-1, 4, "0.95", "passed"), (1, 4, "1", "confidence")],
)
def test_what_cannot_be_is_refused_in_words(passed: int, total: int, confidence: str, where: str) -> None:
    with pytest.raises(BadFact) as caught:
        pass_rate(passed, total, confidence=Decimal(confidence))
    assert caught.value.where == where and caught.value.remedy


def test_a_handful_of_batches_carries_a_warning() -> None:
    assert pass_rate(3, 3).warnings and not pass_rate(300, 300).warnings
    assert pass_rate(3, 3).high == 1 and pass_rate(0, 3).low == 0
