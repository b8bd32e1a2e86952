"""宽严比较: whether a scorer gave less or more than the others gave on the same criteria. Method `scoring.strictness`.

See docs/algorithms/scoring-strictness.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def compare_scorers(marks: Iterable[Mark], *, line: Decimal, least: int) -> list[Strictness]:
    """Every scorer by name; one stands out whose difference reaches `line` over at least `least` compared marks.

    Exact until it is rounded; the order of the marks changes nothing.
    """
    shares: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    totals: dict[str, list[Fraction]] = defaultdict(list)
    for mark in marks:
        share = Fraction(mark.share)
        shares[mark.scorer][mark.criterion].append(share)
        totals[mark.criterion].append(share)
    sums = {criterion: (sum(rows), len(rows)) for criterion, rows in totals.items()}
    return [_line(scorer, shares[scorer], sums, line, least) for scorer in sorted(shares)]


def _line(
    scorer: str,
    own: dict[str, list[Fraction]],
    sums: Mapping[str, tuple[Fraction | int, int]],
    line: Decimal,
    least: int,
) -> Strictness:
    everything = [share for rows in own.values() for share in rows]
    compared, apart = 0, Fraction(0)
    for criterion, rows in own.items():
        whole, number = sums[criterion]
        others = number - len(rows)
        if others:
            compared += len(rows)
            apart += sum(rows) - len(rows) * Fraction(whole - sum(rows)) / others
    difference = apart / compared if compared else None
    return Strictness(
        scorer=scorer,
        marks=len(everything),
        mean=_rounded(Fraction(sum(everything)) / len(everything)),
        lowest=_rounded(min(everything)),
        highest=_rounded(max(everything)),
        compared=compared,
        difference=None if difference is None else _rounded(difference),
        stands_out=difference is not None and compared >= least and abs(difference) >= Fraction(line),
    )


def _rounded(value: Fraction) -> Decimal:
    return round_once(Decimal(value.numerator) / Decimal(value.denominator), PLACES)


def calc_strictness(data: object) -> dict[str, object]:
    """Method `scoring.strictness`: plain data in, plain data out. Raises CoreError."""
    fields = Fields(data, ("line", "least", "marks"))
    marks = [_mark(one, place) for one, place in fields.items("marks")]
    found = compare_scorers(marks, line=fields.decimal("line"), least=fields.integer("least", 1, 1_000_000))
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
