"""The table of one object as a page shows it: criterion, points, own marks, score, the way to it, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhize.apps.assessment import mapping
from zhize.apps.assessment.models import Assessed, Entry, Round, Score
from zhize.apps.assessment.selectors.goals import FILED, filing_of, goal_words
from zhize.apps.assessment.selectors.rounds import entries_of, evidence_of, scorer_units, scores_of
from zhize.apps.documents.models import Evidence
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring.facts import Supply, given_from
from zhize.core.scoring.numbers import say
from zhize.core.scoring.scheme import Node, Part, Scheme
from zhize.kit.actor import Actor
from zhize.kit.things import ThingRef, resolve


@dataclass(frozen=True, slots=True)
class SourceLink:
    """Where a figure comes from, with an address where this actor may follow it."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One criterion. `score` is None before anything was worked out or where it may not be shown."""

    node: Node
    depth: int
    entry: Entry | None
    score: Score | None
    evidence: tuple[Evidence, ...]
    sources: tuple[SourceLink, ...]
    scorer: str
    rule: str
    goal: str = ""

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def points(self) -> str:
        """The points here, after redistribution where they were worked out; none for additions."""
        if self.node.part is Part.BONUS:
            return ""
        return self.score.points if self.score and self.score.points else say(self.node.worth)

    @property
    def cases(self) -> list[str]:
        """What was counted, case by case, from the way to the score."""
        found: list[str] = []
        for child in (self.score.trace if self.score else {}).get("children", []):
            found += [one["title"] for one in child.get("children", []) if one["rule"] == "scoring.case"]
        return found


def sheet_of(actor: Actor, assessed: Assessed, *, with_scores: bool) -> list[SheetLine]:
    """The whole table of one object, top down: seven statements, one for each kind of source, one for goals that are filed."""
    scheme = mapping.scheme_of(assessed.round)
    entries = {one.code: one for one in entries_of([assessed]).get(assessed.pk, [])}
    scores = {one.code: one for one in scores_of([assessed]).get(assessed.pk, [])} if with_scores else {}
    links = source_links(actor, entries.values())
    scorers = scorer_units(assessed.round)
    goals = goal_words(filing_of(assessed))
    names = frozenset((assessed.unit.code, *assessed.groups))
    return [
        _line(node, depth, entries.get(node.code), scores.get(node.code), links, scorers, goals)
        for node, depth in own_nodes(scheme, names)
    ]


def own_nodes(scheme: Scheme, names: frozenset[str]) -> list[tuple[Node, int]]:
    """The criteria of an object's own table with their depth, in printed order."""
    found: list[tuple[Node, int]] = []

    def descend(node: Node, depth: int) -> None:
        for child in node.children:
            if child.is_for(names):
                found.append((child, depth))
                descend(child, depth + 1)

    descend(scheme.root, 0)
    return found


def _line(
    node: Node,
    depth: int,
    entry: Entry | None,
    score: Score | None,
    links: Mapping[int, tuple[SourceLink, ...]],
    scorers: Mapping[str, str],
    goals: Mapping[str, str],
) -> SheetLine:
    sources = links.get(entry.pk, ()) if entry else ()
    is_told = any(one.words.startswith(FILED) for one in sources)
    return SheetLine(
        node=node,
        depth=depth,
        entry=entry,
        score=score,
        evidence=tuple(evidence_of(entry)) if entry else (),
        sources=sources,
        scorer=scorers.get(node.code, ""),
        rule=node.method.words(node.worth) if node.method else "",
        goal="" if is_told else goals.get(node.code, ""),
    )


def said_of(leaf: Node, facts: Mapping[str, object]) -> str:
    """What the facts of one entry come to, as the method says it; empty where there are none, or they compare objects."""
    if leaf.method is None or leaf.method.compares or not facts:
        return ""
    try:
        given = given_from(dict(facts), leaf.code)
        if given.supply is not Supply.GIVEN:
            return given.reason
        return leaf.method.score(leaf.worth if leaf.out_of is None else leaf.out_of, given, ()).words
    except CoreError as error:
        return str(error)


def source_links(actor: Actor, entries: Iterable[Entry]) -> dict[int, tuple[SourceLink, ...]]:
    """Entry → its sources, each with the address this actor may follow. One statement a kind of thing."""
    rows = list(entries)
    refs = {one["ref"]: ThingRef.parse(one["ref"]) for row in rows for one in row.sources if one.get("ref")}
    cards = resolve(actor, refs.values())
    return {
        row.pk: tuple(SourceLink(one["words"], _url(one, refs, cards)) for one in row.sources) for row in rows
    }


def _url(one: Mapping[str, str], refs: Mapping[str, ThingRef], cards: Mapping[ThingRef, object]) -> str:
    card = cards.get(refs[one["ref"]]) if one.get("ref") else None
    return getattr(card, "url", "") or one.get("url", "")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One leaf over all objects: how many have something to be scored by."""

    leaf: Node
    scorer: str
    done: int
    total: int


def criteria_of(round_: Round, counts: Mapping[str, tuple[int, int]]) -> list[Criterion]:
    """The leaves of the scheme with who scores them and how far they are."""
    scorers = scorer_units(round_)
    return [
        Criterion(leaf, scorers.get(leaf.code, ""), *counts.get(leaf.code, (0, 0)))
        for leaf in mapping.scheme_of(round_).root.leaves()
    ]
