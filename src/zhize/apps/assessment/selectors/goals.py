"""Goals of the objects of a round: what the plan's targets say, and what was filed. Nothing is typed twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from zhize.apps.assessment import mapping
from zhize.apps.assessment.models import Assessed, GoalFiling, Round
from zhize.apps.assessment.selectors.figures import Collected, said_number
from zhize.apps.metrics.models import Card
from zhize.apps.metrics.selectors import targets_of
from zhize.core.scoring.methods.formula import TARGET, Formula
from zhize.core.scoring.numbers import say
from zhize.core.scoring.scheme import Node, Scheme, SourceKind
from zhize.kit.measures import By, measures

SEEN = "of a round the caller may see"
FILED = "备案目标："  # how the source of a filed goal begins


@dataclass(frozen=True, slots=True)
class Goal:
    """What one criterion is measured against. `card`: the metric whose target may be asked to change; empty where no
    metric holds it."""

    code: str
    title: str
    name: str
    unit: str
    value: str = ""
    source: str = ""
    ref: str = ""
    card: str = ""

    def row(self, asked: str = "", why: str = "") -> dict[str, str]:
        """As a filing keeps it."""
        kept = {
            "code": self.code, "title": self.title, "name": self.name, "unit": self.unit, "value": self.value,
            "source": self.source, "ref": self.ref, "card": self.card,
        }  # fmt: skip
        return kept | ({"asked": asked, "why": why} if asked else {})


def goals_of(round_: Round, objects: Sequence[Assessed]) -> dict[int, list[Goal]]:
    """Object → the goals of its own table as they stand now, in printed order. Three statements, whatever there is."""
    scheme = mapping.scheme_of(round_)
    asked = _asked(scheme)
    codes = [code for _, codes in asked.values() for code in codes]
    aims = targets_of(
        jurisdiction_id=round_.jurisdiction_id, card_codes=codes, year_id=round_.year_id, by=By.REGION,
        ids=[one.unit.region_id for one in objects],
    ) if codes else {}  # fmt: skip
    cards = cards_of(round_, codes)
    found: dict[int, list[Goal]] = {}
    for one in objects:
        own = set(mapping.leaf_codes(scheme, one))
        rows = found.setdefault(one.pk, [])
        for code, (goal, named) in asked.items():
            if code not in own:
                continue
            aim = next((aims[key] for card in named if (key := (card, one.unit.region_id)) in aims), None)
            card = next((cards[name] for name in named if name in cards), None)
            if card is not None:
                goal = replace(goal, name=card.name, unit=card.unit, card=card.code)
            if aim is not None and aim.goal.value is not None:
                value = said_number(aim.goal.value)
                goal = replace(goal, value=value, source=aim.document, ref=str(aim.ref))
            if goal.value or goal.card:
                rows.append(goal)
    return found


def cards_of(round_: Round, codes: Collection[str]) -> dict[str, Card]:
    """The cards by code, a jurisdiction's own before the shared one of the same code. One statement."""
    here = Q(jurisdiction=None) | Q(jurisdiction_id=round_.jurisdiction_id)
    rows = Card.objects.system("cards a scheme names").filter(here, code__in=codes)
    return {card.code: card for card in sorted(rows, key=lambda card: card.jurisdiction_id or 0)}


def _asked(scheme: Scheme) -> dict[str, tuple[Goal, tuple[str, ...]]]:
    """The leaves measured against a target, with the cards that hold it; what the scheme says stands where the card has no target."""
    found: dict[str, tuple[Goal, tuple[str, ...]]] = {}
    for leaf in scheme.root.leaves():
        if not _has_target(leaf):
            continue
        title = leaf.name
        fixed = getattr(leaf.method, "target", None)
        goal = Goal(leaf.code, title, leaf.title, "")
        if fixed is not None:
            goal = replace(goal, value=say(fixed), source="考核办法")
        named = leaf.source.codes if leaf.source.kind is SourceKind.FIGURES else ()
        found[leaf.code] = (goal, tuple(code for code in named if code not in measures()))
    return found


def _has_target(leaf: Node) -> bool:
    if isinstance(leaf.method, Formula):
        return any(name in leaf.method.names for name in TARGET)
    return leaf.method is not None and "target" in leaf.method.asks


def filing_of(assessed: Assessed) -> GoalFiling | None:
    """One statement, none where the round asks for no goals."""
    if assessed.round.goals_due_on is None:
        return None
    filing = GoalFiling.objects.system(SEEN).filter(assessed=assessed).first()
    if filing is not None:
        filing.assessed = assessed
    return filing


def filings_open(round_: Round, most: int = 50) -> tuple[int, int, list[GoalFiling]]:
    """How many were filed, of how many, and the first of those that were not. Two statements."""
    if round_.goals_due_on is None:
        return 0, 0, []
    rows = GoalFiling.objects.system(SEEN).filter(assessed__round=round_)
    states = list(rows.order_by().values_list("state", flat=True))
    done = states.count(GoalFiling.State.FILED)
    if done == len(states):
        return done, done, []
    left = rows.exclude(state=GoalFiling.State.FILED).select_related("assessed")
    return done, len(states), list(left[:most])


def goal_words(filing: GoalFiling | None) -> dict[str, str]:
    """Criterion → its goal as filed, in words: 92%（2012年质量振兴工作计划）."""
    if filing is None or filing.state != GoalFiling.State.FILED:
        return {}
    return {one["code"]: _words(one) for one in filing.goals if one["value"]}


def _words(one: Mapping[str, str]) -> str:
    return f"{one['value']}{one['unit']}" + (f"（{one['source']}）" if one["source"] else "")


def as_filed(round_: Round, found: dict[tuple[int, str], Collected]) -> dict[tuple[int, str], Collected]:
    """What was collected, measured against the goals as filed: a target changed since counts no more. One statement."""
    if round_.goals_due_on is None:
        return found
    filed = GoalFiling.objects.system(SEEN).filter(assessed__round=round_, state=GoalFiling.State.FILED)
    made = dict(found)
    for filing in filed:
        for one in filing.goals:
            key = (filing.assessed_id, one["code"])
            if one["value"] and one["card"] and key in made:
                made[key] = _against(made[key], one)
    return made


def _against(got: Collected, goal: Mapping[str, str]) -> Collected:
    facts = {name: goal["value"] if name in TARGET else value for name, value in got.facts.items()}
    if "actual" in facts:
        facts["target"] = goal["value"]
    sources = [one for one in got.sources if not one["words"].startswith("目标：")]
    return Collected(facts, [*sources, {"words": f"{FILED}{_words(goal)}", "ref": goal["ref"], "url": ""}])
