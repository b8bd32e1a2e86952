"""One leaf of one object: from its facts to its points, or to the named state that says why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..kernel.trace import Trace
from .facts import Given, Supply
from .methods.base import Found, Peers
from .numbers import say, shown
from .outcome import Scored, State
from .scheme import Away, Lacking, Node, Part, Scheme

NO_FACTS = Given()


@dataclass(frozen=True, slots=True)
class Judged:
    """A leaf before redistribution. `away`: what becomes of its points, where it does not apply."""

    node: Node
    found: Found
    given: Given
    state: State
    away: Away | None = None

    @property
    def is_gone(self) -> bool:
        """Whether its points go elsewhere."""
        return self.away in (Away.REDISTRIBUTE, Away.EXCLUDE, Away.LEAVE_OUT)


def judge(scheme: Scheme, node: Node, given: Given, peers: Peers) -> Judged:
    """By the leaf's method on its declared points. BadFact / BadRule name the place of a wrong fact."""
    assert node.method is not None  # nosec B101 - callers pass leaves only
    points = node.worth
    if given.supply is Supply.GIVEN:
        found = node.method.score(_scale(node), given, peers)
        if found.applies:
            if found.points is None:
                return _lacking(scheme, node, found, given)
            got = found.points if node.out_of is None else found.points * points / node.out_of
            if node.out_of is not None:
                said = f"{found.words}，折算为{say(got)}分"
                found = Found(got, said, found.inputs, found.cases, found.warnings)
            return Judged(node, found, given, State.SCORED)
        given = Given(Supply.NOT_APPLICABLE, found.words, by=given.by, sources=given.sources)
    if given.supply is Supply.NOT_APPLICABLE:
        way = Away.LEAVE_OUT if node.part is Part.BONUS else node.away or scheme.away
        why = f"（{given.reason}）" if given.reason else ""
        kept = points if way is Away.FULL else None
        return Judged(node, Found(kept, way.words + why), given, State.NOT_APPLICABLE, way)
    reason = f"：{given.reason}" if given.reason else ""
    return _lacking(scheme, node, Found(None, f"没有数据{reason}"), given)


def _scale(node: Node) -> Fraction:
    """What the method marks out of."""
    return node.worth if node.out_of is None else node.out_of


def _lacking(scheme: Scheme, node: Node, found: Found, given: Given) -> Judged:
    """Nothing to score: open, or nought where the scheme says so. Additions nobody claimed are nought."""
    if node.part is Part.BONUS and given.supply is Supply.MISSING and not given.reason:
        return Judged(node, Found(Fraction(0), "没有加减分事项，计0分"), given, State.SCORED)
    if (node.lacking or scheme.lacking) is Lacking.ZERO:
        return Judged(
            node, Found(Fraction(0), f"{found.words}，按规定计0分", found.inputs), given, State.SCORED
        )
    return Judged(node, found, given, State.MISSING)


def scored_leaf(judged: Judged, factor: Fraction) -> Scored:
    """The leaf as it counts for this object: its points and score times `factor` (1 unless points were moved)."""
    node, found, state = judged.node, judged.found, judged.state
    points = Fraction(0) if judged.is_gone else node.worth * factor
    score = None if found.points is None or judged.is_gone else found.points * factor
    low, high = node.floor, node.cap
    words = found.words
    if score is not None and factor != 1 and node.part is Part.BASE:
        words += f"；分摊后本项{say(points)}分，得{say(score)}分"
    if score is not None:
        score, held = within(score, low, high, factor)
        words += held
    trace = Trace.of(
        f"scoring.{node.method.kind if node.method else 'leaf'}",
        words,
        None if score is None else shown(score),
        dict(found.inputs),
        clause="、".join(node.clauses),
        children=_evidence(judged),
    )
    head = Trace.of(
        "scoring.leaf",
        f"{node.number or node.code} {node.title}",
        state.words if score is None else shown(score),
        {"分值": shown(points)} if node.part is Part.BASE else {},
        children=(trace,),
    )
    return Scored(
        code=node.code,
        number=node.number,
        title=node.title,
        is_leaf=True,
        is_bonus=node.part is Part.BONUS,
        state=state,
        points=points,
        score=score,
        so_far=score or Fraction(0),
        words=words,
        trace=head,
    )


def within(
    score: Fraction, low: Fraction | None, high: Fraction | None, factor: Fraction
) -> tuple[Fraction, str]:
    """The score within floor and cap (moved with the points), and the words where it was held."""
    if high is not None and score > high * factor:
        return high * factor, f"；最高计{say(high * factor)}分"
    if low is not None and score < low * factor:
        return low * factor, f"；最低计{say(low * factor)}分"
    return score, ""


def _evidence(judged: Judged) -> tuple[Trace, ...]:
    given = judged.given
    rows = [Trace.of("scoring.case", case) for case in judged.found.cases]
    rows += [Trace.of("scoring.evidence", f"依据：{one}") for one in given.sources]
    if given.note:
        rows.append(Trace.of("scoring.note", f"说明：{given.note}"))
    return tuple(rows)
