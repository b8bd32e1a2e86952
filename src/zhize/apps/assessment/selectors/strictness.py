"""宽严比较 of a round: what each scorer gave, beside what the others gave on the same criteria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhize.apps.assessment.mapping import scheme_of
from zhize.apps.assessment.models import Entry, Round, Score
from zhize.core.scoring.strictness import Mark, Strictness, compare_scorers
from zhize.kit.rules import rule

SEEN = "marks of a round whose results the actor sees whole"


@dataclass(frozen=True, slots=True)
class Beside:
    """One scorer on one criterion: mean share of the points, and that of all others there. In per cent."""

    criterion: str
    scorer: str
    marks: int
    mean: Decimal
    others: Decimal

    @property
    def difference(self) -> Decimal:
        return self.mean - self.others


@dataclass(frozen=True, slots=True)
class Compared:
    """Every scorer, criteria with several scorers, and the line of the rule in percentage points."""

    scorers: list[Strictness]
    beside: list[Beside]
    line: Decimal
    least: int


def strictness_of(round_: Round, on: date) -> Compared:
    """Marks that a person decided; what the house's records gave is nobody's judgement. Two statements and the rule's."""
    values = rule("assessment/strictness", on=on, jurisdiction=round_.jurisdiction.code)
    line, least = Decimal(str(values["line"])), int(values["least"])
    marks = list(_marks(round_))
    scorers = compare_scorers(marks, line=line / 100, least=least)
    return Compared(scorers, _beside(round_, marks), line, least)


def _marks(round_: Round) -> Iterator[Mark]:
    entries = Entry.objects.system(SEEN).filter(assessed__round=round_, origin=Entry.Origin.CHECKED)
    by = {
        (assessed, code): hat or name
        for assessed, code, hat, name in entries.values_list(
            "assessed_id", "code", "checked_hat", "checked_by"
        )
    }
    scores = Score.objects.system(SEEN).filter(assessed__round=round_, is_leaf=True)
    for assessed, code, points, score in scores.values_list("assessed_id", "code", "points", "score"):
        worth, given = _number(points), _number(score)
        scorer = by.get((assessed, code), "")
        if scorer and worth and given is not None:
            yield Mark(scorer, code, given / worth)


def _number(text: str) -> Fraction | None:
    """The exact figure kept as text; what has none (not applicable, no data) is no mark."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _beside(round_: Round, marks: list[Mark]) -> list[Beside]:
    """Criteria that several scored, in the order of the table."""
    shares: dict[str, dict[str, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        shares[mark.criterion][mark.scorer].append(Fraction(mark.share))
    found = []
    for leaf in scheme_of(round_).root.leaves():
        of_leaf = shares.get(leaf.code, {})
        whole = [share for rows in of_leaf.values() for share in rows]
        for scorer, rows in sorted(of_leaf.items()) if len(of_leaf) > 1 else ():
            rest = (sum(whole) - sum(rows)) / (len(whole) - len(rows))
            name = f"{leaf.number} {leaf.title}".strip()
            found.append(Beside(name, scorer, len(rows), _per_cent(sum(rows) / len(rows)), _per_cent(rest)))
    return found


def _per_cent(share: Fraction | float) -> Decimal:
    exact = Fraction(share) * 100
    return Decimal(exact.numerator) / Decimal(exact.denominator)
