"""宽严比较 of a round: what each scorer gave, beside what the others gave on the same criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhize.apps.assessment.mapping import scheme_of
from zhize.apps.assessment.models import Entry, Round, Score
from zhize.apps.assessment.selectors.charge import groups_of
from zhize.core.scoring.strictness import Beside, Mark, Strictness, beside_each_other, compare_scorers
from zhize.kit.rules import rule

SEEN = "marks of a round whose results the actor sees whole"


@dataclass(frozen=True, slots=True)
class Line:
    """One scorer on a criterion of the table that others scored too, in per cent of its points."""

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
    beside: list[Line]
    line: Decimal
    least: int


def strictness_of(round_: Round, on: date) -> Compared:
    """Marks that a person decided; what the house's records gave is nobody's judgement. Assessors of a 考核组 count as the
    group. Five statements and the rule's."""
    values = rule("assessment/strictness", on=on, jurisdiction=round_.jurisdiction.code)
    line, least = Decimal(str(values["line"])), int(values["least"])
    beside = beside_each_other(_marks(round_))
    scorers = compare_scorers(beside, line=line / 100, least=least)
    return Compared(scorers, _in_order(round_, beside), line, least)


def _marks(round_: Round) -> Iterator[Mark]:
    entries = Entry.objects.system(SEEN).filter(assessed__round=round_, origin=Entry.Origin.CHECKED)
    groups = _groups(round_)
    by = {
        (assessed, code): groups.get((assessed, code, user)) or hat or name
        for assessed, code, user, hat, name in entries.values_list(
            "assessed_id", "code", "checked_user", "checked_hat", "checked_by"
        )
    }
    scores = Score.objects.system(SEEN).filter(assessed__round=round_, is_leaf=True)
    for assessed, code, points, score in scores.values_list("assessed_id", "code", "points", "score"):
        worth, given = _number(points), _number(score)
        scorer = by.get((assessed, code), "")
        if scorer and worth and given is not None:
            yield Mark(scorer, code, given / worth)


def _groups(round_: Round) -> dict[tuple[int, str, int | None], str]:
    """(object, criterion, assessor) → the group that scores it."""
    return {
        (one.pk, code, person.pk): group.name
        for group in groups_of(round_)
        for one in group.scored.all()
        for code in group.codes
        for person in group.people.all()
    }


def _number(text: str) -> Fraction | None:
    """The exact figure kept as text; what has none (not applicable, no data) is no mark."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _in_order(round_: Round, beside: Iterable[Beside]) -> list[Line]:
    """Criteria that several scored, in the order of the table."""
    leaves = {leaf.code: (order, leaf) for order, leaf in enumerate(scheme_of(round_).root.leaves())}
    found = [
        (leaves[one.criterion], one, one.others)
        for one in beside
        if one.others is not None and one.criterion in leaves
    ]
    found.sort(key=lambda row: (row[0][0], row[1].scorer))
    return [
        Line(
            criterion=leaf.name,
            scorer=one.scorer,
            marks=len(one.shares),
            mean=_per_cent(one.mean),
            others=_per_cent(others),
        )
        for (_order, leaf), one, others in found
    ]


def _per_cent(share: Fraction) -> Decimal:
    return Decimal(share.numerator * 100) / Decimal(share.denominator)
