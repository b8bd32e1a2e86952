"""Two results side by side, criterion by criterion: of two objects, or of one object in two rounds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhize.apps.assessment import policies
from zhize.apps.assessment.models import Assessed
from zhize.apps.assessment.selectors.sheet import SheetLine, sheet_of
from zhize.core.scoring.numbers import say
from zhize.kit.actor import Actor

MOST = 40
PLACES = 4
"""Enough to see a difference; the exact figure stands in the trace."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A leaf in both tables, or in one. `score`, `other`: to four places; `gap`: the first less the second, “” where one of them has no score."""

    title: str
    mine: SheetLine | None
    theirs: SheetLine | None
    score: str
    other: str
    gap: str
    ahead: bool


def comparable(actor: Actor, assessed: Assessed) -> list[Assessed]:
    """Results this actor may hold beside: the other objects of the round, and the same unit in other rounds. One statement."""
    rows = Assessed.objects.visible_to(actor).exclude(pk=assessed.pk)
    rows = rows.filter(round_id=assessed.round_id) | rows.filter(unit_id=assessed.unit_id)
    found = rows.select_related("unit__region", "round__jurisdiction", "round__year").order_by(
        "-round_id", "order", "pk"
    )
    return [one for one in found[:MOST] if policies.may_see_scores(actor, one)]


def pairs_of(actor: Actor, mine: Assessed, theirs: Assessed) -> list[Pair]:
    """Leaf by leaf in the order of the first table; by code where both rounds have one scheme, else by title."""
    first = [line for line in sheet_of(actor, mine, with_scores=True) if line.node.is_leaf]
    second = [line for line in sheet_of(actor, theirs, with_scores=True) if line.node.is_leaf]
    same = mine.round.scheme_code == theirs.round.scheme_code

    def key(line: SheetLine) -> str:
        return line.node.code if same else line.node.title

    others = {key(line): line for line in second}
    pairs = [_pair(line, others.pop(key(line), None)) for line in first]
    return pairs + [_pair(None, line) for line in others.values()]


def _pair(mine: SheetLine | None, theirs: SheetLine | None) -> Pair:
    a, b = _score(mine), _score(theirs)
    title = next(line.name for line in (mine, theirs) if line is not None)
    if a is None or b is None:
        return Pair(title, mine, theirs, _shown(a), _shown(b), "", ahead=False)
    return Pair(title, mine, theirs, _shown(a), _shown(b), _shown(abs(a - b)), ahead=a > b)


def _shown(value: Fraction | None) -> str:
    return "" if value is None else say(round(value, PLACES))


def _score(line: SheetLine | None) -> Fraction | None:
    return Fraction(line.score.score) if line and line.score and line.score.score else None
