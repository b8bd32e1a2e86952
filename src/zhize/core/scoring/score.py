"""The round: a scheme over its objects (method `scoring.score`). See docs/algorithms/scoring.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..kernel.errors import BadFact
from ..kernel.trace import Trace
from .facts import Assessed, Supply
from .grading import Standing, Verdict, grades_of, places_of, standing_of
from .leaves import NO_FACTS, Judged, judge
from .methods.base import Peers
from .numbers import number
from .outcome import ObjectScore, RoundScore, Scored
from .scheme import ALGORITHM, Demand, Node, Scheme
from .tree import score_tree


def score_round(scheme: Scheme, objects: Sequence[Assessed]) -> RoundScore:
    """Scores, grades, places and demands of all objects. Depends on scheme and facts alone, never on their order.

    Raises BadFact / BadRule with the place of a fact that cannot be true or that no leaf asks for.
    """
    for one in objects:
        _refuse_strange_facts(scheme, one)
    peers = _peers(scheme, objects)
    trees = {one.id: _tree(scheme, one, peers) for one in objects}
    field = [_standing(scheme, one, trees[one.id][0]) for one in objects]
    places = places_of(scheme.order, field)
    verdicts = grades_of(scheme, field)
    demands = _demands(scheme.demands, verdicts, places)
    found = tuple(
        _object(scheme, one, trees[one.id], standing, verdicts[one.id], places.get(one.id), demands[one.id])
        for one, standing in zip(objects, field, strict=True)
    )
    warnings = tuple(f"{one.name}：{text}" for one in found for text in one.warnings)
    traces = tuple(one.trace for one in found if one.trace)
    return RoundScore(
        found, warnings, Trace.of(ALGORITHM, scheme.title, None, {"对象数": len(found)}, children=traces)
    )


def leaves_of(scheme: Scheme, one: Assessed) -> list[Node]:
    """The leaves of an object's own table."""
    found: list[Node] = []

    def descend(node: Node) -> None:
        if node.is_leaf:
            found.append(node)
        for child in node.children:
            if child.is_for(one.names):
                descend(child)

    descend(scheme.root)
    return found


def _tree(scheme: Scheme, one: Assessed, peers: Mapping[str, Peers]) -> tuple[Scored, tuple[str, ...]]:
    leaves: dict[str, Judged] = {
        node.code: judge(scheme, node, one.facts.get(node.code, NO_FACTS), peers.get(node.code, ()))
        for node in leaves_of(scheme, one)
    }
    warnings = tuple(
        f"{judged.node.number or code} {judged.node.title}：{text}"
        for code, judged in leaves.items()
        for text in judged.found.warnings
    )
    return score_tree(scheme.root, one.names, leaves), warnings


def _peers(scheme: Scheme, objects: Sequence[Assessed]) -> dict[str, Peers]:
    """For leaves that compare: the values of all ranked objects whose leaf it is."""
    values: dict[str, list[Fraction]] = defaultdict(list)
    for one in objects:
        if not one.ranked:
            continue
        for node in leaves_of(scheme, one):
            if node.method is not None and node.method.compares:
                given = one.facts.get(node.code, NO_FACTS)
                if given.supply is Supply.GIVEN:
                    values[node.code].append(number(given.fields(node.method.asks), "value"))
    return {code: tuple(found) for code, found in values.items()}


def _standing(scheme: Scheme, one: Assessed, root: Scored) -> Standing:
    breakers = scheme.order.breakers
    parts = {node.code: node.score or Fraction(0) for _, node in root.walk() if node.code in breakers}
    return standing_of(scheme, one, root.score, parts)


def _demands(
    demands: Sequence[Demand], verdicts: Mapping[str, Verdict], places: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """What follows for each object. The last n: so many from the end; equals at that place are among them."""
    found: dict[str, list[str]] = {key: [] for key in verdicts}
    worst_first = sorted(places.values(), reverse=True)
    for demand in demands:
        border = worst_first[min(demand.last, len(worst_first)) - 1] if demand.last and worst_first else None
        for key, verdict in verdicts.items():
            among_last = border is not None and places.get(key, 0) >= border
            if (verdict.grade and verdict.grade in demand.grades) or among_last:
                found[key].append(demand.words)
    return {key: tuple(words) for key, words in found.items()}


def _object(
    scheme: Scheme,
    one: Assessed,
    tree: tuple[Scored, tuple[str, ...]],
    standing: Standing,
    verdict: Verdict,
    place: int | None,
    demands: tuple[str, ...],
) -> ObjectScore:
    root, warnings = tree
    vetoes = tuple(
        f"{veto.title if veto else fact.code}：{fact.reason}"
        + (f"（申辩成立，已撤销：{fact.lifted}）" if fact.lifted else "")
        for fact in one.vetoes
        for veto in (scheme.veto(fact.code),)
    )
    scale = scheme.scale
    label = grade.label if (grade := scale.grade(verdict.grade)) else ""
    rows = [root.trace, *(Trace.of("scoring.veto", f"一票否决：{text}") for text in vetoes)]
    if standing.published is not None:
        rows.append(Trace.of("scoring.publish", f"总分按{scheme.mode.label}保留{scheme.places}位小数", standing.published))  # fmt: skip
    if scale.grades:
        was = scale.grade(verdict.before_veto)
        changed = f"，按得分本为{was.label}" if was and verdict.before_veto != verdict.grade else ""
        rows.append(Trace.of("scoring.grade", f"等次{changed}", label or verdict.why))
    return ObjectScore(
        id=one.id,
        name=one.name,
        state=root.state,
        root=root,
        total=standing.total,
        published=standing.published,
        grade=verdict.grade,
        ungraded=verdict.why,
        before_veto=verdict.before_veto,
        vetoes=vetoes,
        place=place if scheme.order.publish else None,
        demands=demands,
        warnings=warnings,
        trace=Trace.of("scoring.object", one.name, standing.published, children=tuple(rows)),
    )


def _refuse_strange_facts(scheme: Scheme, one: Assessed) -> None:
    """Facts under a code that is no leaf of the object's table, or a veto nobody declared: a typing error."""
    known = {node.code for node in leaves_of(scheme, one)}
    for code, given in one.facts.items():
        if code not in known:
            raise BadFact(
                f"{one.name}的考核表没有编号“{code}”的末级项目",
                where=given.where,
                remedy=f"可用的编号：{'、'.join(sorted(known))}",
            )
    for fact in one.vetoes:
        if scheme.veto(fact.code) is None:
            raise BadFact(
                f"没有“{fact.code}”这一否决项",
                where=f"objects.{one.id}.vetoes",
                remedy=f"可选：{'、'.join(veto.code for veto in scheme.vetoes) or '先在办法中写 vetoes'}",
            )
