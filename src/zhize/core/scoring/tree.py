"""The table of one object: parts add up, points that don't apply move, caps hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ..kernel.trace import Trace
from .leaves import Judged, scored_leaf, within
from .numbers import say, shown
from .outcome import Scored, State
from .scheme import Away, Node, Part

ONE, ZERO = Fraction(1), Fraction(0)
Leaves = Mapping[str, Judged]


def score_tree(root: Node, names: frozenset[str], leaves: Leaves) -> Scored:
    """The whole table. `leaves`: every leaf that is this object's, by code; `names`: the object and its groups."""
    worth = dict(_points(root, names, leaves, ONE))
    whole = sum(worth.values(), ZERO)
    away = sum((worth[code] for code in worth if leaves[code].away is Away.EXCLUDE), ZERO)
    overall = whole / (whole - away) if away and whole != away else ONE
    return _scored(root, names, leaves, overall)


def _points(
    node: Node, names: frozenset[str], leaves: Leaves, factor: Fraction
) -> Iterator[tuple[str, Fraction]]:
    """Base leaves that keep points after local redistribution, with those points."""
    if node.is_leaf:
        if node.part is Part.BASE and leaves[node.code].away is not Away.REDISTRIBUTE:
            yield node.code, node.worth * factor
        return
    if node.part is Part.BONUS:
        return
    inner = factor * _share(node, names, leaves)
    for child in _own(node, names):
        yield from _points(child, names, leaves, inner)


def _own(node: Node, names: frozenset[str]) -> list[Node]:
    return [child for child in node.children if child.is_for(names)]


def _share(node: Node, names: frozenset[str], leaves: Leaves) -> Fraction:
    """By how much the points of a node's children grow: what went away, shared in proportion; times `out_of`."""
    parts = [child for child in _own(node, names) if child.part is Part.BASE]
    whole = sum((_worth(child, names) for child in parts), ZERO)
    staying = sum((_worth(child, names) for child in parts if not _moved(child, names, leaves)), ZERO)
    share = whole / staying if staying else ONE
    return share * _converted(node)


def _converted(node: Node) -> Fraction:
    return ONE if node.out_of is None or node.is_leaf else node.worth / node.out_of


def _worth(node: Node, names: frozenset[str]) -> Fraction:
    """What the leaves of a node really bring for this object, whatever total is printed beside them."""
    if node.is_leaf:
        return node.worth
    parts = (child for child in _own(node, names) if child.part is Part.BASE)
    return _converted(node) * sum((_worth(child, names) for child in parts), ZERO)


def _moved(node: Node, names: frozenset[str], leaves: Leaves) -> bool:
    """Whether all of a node's points go to its neighbours."""
    if node.is_leaf:
        return leaves[node.code].away is Away.REDISTRIBUTE
    parts = [child for child in _own(node, names) if child.part is Part.BASE]
    return bool(parts) and all(_moved(child, names, leaves) for child in parts)


def _scored(node: Node, names: frozenset[str], leaves: Leaves, factor: Fraction) -> Scored:
    if node.is_leaf:
        judged = leaves[node.code]
        return scored_leaf(judged, ONE if node.part is Part.BONUS else factor)
    bonus = node.part is Part.BONUS
    inner = ONE if bonus else factor * _share(node, names, leaves)
    children = tuple(_scored(child, names, leaves, inner) for child in _own(node, names))
    points = sum((one.points for one in children if not one.is_bonus), ZERO)
    if bonus:
        points = ZERO
    so_far = sum((one.so_far for one in children), ZERO)
    state = _state(children)
    held_by = ONE if bonus or not node.code else factor
    so_far, held = within(so_far, node.floor, node.cap, held_by)
    score = so_far if state is State.SCORED else None
    words = _words(children, so_far, state) + held
    trace = Trace.of(
        "scoring.part",
        f"{node.number or node.code} {node.title}".strip() + (held and f"（{held.removeprefix('；')}）"),
        state.words if score is None else shown(score),
        {} if bonus else {"分值": shown(points)},
        clause="、".join(node.clauses),
        children=tuple(one.trace for one in children),
    )
    return Scored(
        code=node.code,
        number=node.number,
        title=node.title,
        is_leaf=False,
        is_bonus=bonus,
        state=state,
        points=points,
        score=score,
        so_far=so_far,
        words=words,
        trace=trace,
        children=children,
    )


def _state(children: tuple[Scored, ...]) -> State:
    if any(one.state is State.MISSING for one in children):
        return State.MISSING
    parts = [one for one in children if not one.is_bonus] or list(children)
    if parts and all(one.state is State.NOT_APPLICABLE and one.score is None for one in parts):
        return State.NOT_APPLICABLE
    return State.SCORED


def _words(children: tuple[Scored, ...], so_far: Fraction, state: State) -> str:
    if state is State.NOT_APPLICABLE:
        return "各项均不适用"
    terms = [say(one.score) for one in children if one.score is not None]
    added = f"{'＋'.join(terms) or '0'}＝{say(so_far)}分" if len(terms) > 1 else f"{say(so_far)}分"
    missing = sum(one.state is State.MISSING for one in children)
    return f"{added}，另有{missing}项尚无得分" if missing else added
