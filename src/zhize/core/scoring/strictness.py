"""宽严比较: whether a scorer gave less or more than the others gave on the same criteria. Method `scoring.strictness`.

See docs/algorithms/scoring-strictness.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..kernel.errors import BadFact
from ..kernel.fields import Fields
from ..kernel.rounding import round_once

PLACES = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: who decided it, on which criterion, and the share of the criterion's points it gave (0.8 of 1)."""

    scorer: str
    criterion: str
    share: Decimal | Fraction

    def __post_init__(self) -> None:
        if not self.scorer or not self.criterion:
            raise BadFact("没有写明评分人或项目", where=self.criterion or self.scorer, remedy="两项都要写明")


@dataclass(frozen=True, slots=True)
class Beside:
    """One scorer on one criterion: the mean share of the own marks, and that of all others' there; None where nobody else
    scored it. Exact."""

    scorer: str
    criterion: str
    shares: tuple[Fraction, ...]
    others: Fraction | None

    @property
    def mean(self) -> Fraction:
        return _mean(self.shares)


@dataclass(frozen=True, slots=True)
class Strictness:
    """Of one scorer: number of marks, mean, lowest and highest share; of the `compared` marks (criteria others scored too)
    how far their shares lie from the others' on the same criteria, on average: below nought is stricter. Shares are rounded
    to four places, half up; `difference` is None where nothing can be compared."""

    scorer: str
    marks: int
    mean: Decimal
    lowest: Decimal
    highest: Decimal
    compared: int
    difference: Decimal | None
    stands_out: bool


def beside_each_other(marks: Iterable[Mark]) -> list[Beside]:
    """Every scorer on every criterion scored, by scorer and criterion; the order of the marks changes nothing."""
    shares: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        shares[mark.criterion][mark.scorer].append(Fraction(mark.share))
    found = []
    for criterion, by_scorer in shares.items():
        whole = sum((sum(rows, Fraction(0)) for rows in by_scorer.values()), Fraction(0))
        number = sum(len(rows) for rows in by_scorer.values())
        for scorer, rows in by_scorer.items():
            others = number - len(rows)
            mean = (whole - sum(rows)) / others if others else None
            found.append(Beside(scorer, criterion, tuple(rows), mean))
    return sorted(found, key=lambda one: (one.scorer, one.criterion))


def compare_scorers(beside: Iterable[Beside], *, line: Decimal, least: int) -> list[Strictness]:
    """Every scorer by name; one stands out whose difference reaches `line` over at least `least` compared marks.

    Exact until it is rounded.
    """
    by_scorer: dict[str, list[Beside]] = defaultdict(list)
    for one in beside:
        by_scorer[one.scorer].append(one)
    return [_line(scorer, by_scorer[scorer], line, least) for scorer in sorted(by_scorer)]


def _line(scorer: str, own: Sequence[Beside], line: Decimal, least: int) -> Strictness:
    everything = [share for one in own for share in one.shares]
    apart = [share - one.others for one in own if one.others is not None for share in one.shares]
    difference = _mean(apart) if apart else None
    return Strictness(
        scorer=scorer,
        marks=len(everything),
        mean=_rounded(_mean(everything)),
        lowest=_rounded(min(everything)),
        highest=_rounded(max(everything)),
        compared=len(apart),
        difference=None if difference is None else _rounded(difference),
        stands_out=difference is not None and len(apart) >= least and abs(difference) >= Fraction(line),
    )


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def _rounded(value: Fraction) -> Decimal:
    return round_once(Decimal(value.numerator) / Decimal(value.denominator), PLACES)


def calc_strictness(data: object) -> dict[str, object]:
    """Method `scoring.strictness`: plain data in, plain data out. Raises CoreError."""
    fields = Fields(data, ("line", "least", "marks"))
    marks = [_mark(one, place) for one, place in fields.items("marks")]
    line, least = fields.decimal("line"), fields.integer("least", 1, 1_000_000)
    found = compare_scorers(beside_each_other(marks), line=line, least=least)
    return {"scorers": [_plain(one) for one in found]}


def _mark(data: object, where: str) -> Mark:
    one = Fields(data, ("scorer", "criterion", "share"), where)
    return Mark(one.text("scorer"), one.text("criterion"), one.decimal("share"))


def _plain(one: Strictness) -> dict[str, object]:
    numbers: Sequence[str] = ("mean", "lowest", "highest")
    return {
        "scorer": one.scorer,
        "marks": one.marks,
        **{name: format(getattr(one, name), "f") for name in numbers},
        "compared": one.compared,
        "difference": None if one.difference is None else format(one.difference, "f"),
        "stands_out": one.stands_out,
    }
