"""Figures of the objects of a round: counted by a registered measure, or kept on a metric card, with its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.metrics.models import Card
from zhize.apps.metrics.selectors import Aim, Figure, figures_of, targets_of
from zhize.core.papers.days import printed_day
from zhize.core.scoring.methods.formula import TARGET, Formula
from zhize.core.scoring.scheme import Node, SourceKind
from zhize.kit.measures import By, Measured, Where, measures

PLACES = Decimal("0.00000001")
DEFAULT_TASKS = "work.tasks.on_time_rate"


@dataclass(frozen=True, slots=True)
class Collected:
    """Facts of a leaf as its method reads them, and where they come from: [{words, ref, url}]; a `ref` is led to by its resolver."""

    facts: dict[str, Any]
    sources: list[dict[str, str]]


def figures(round_: Round, leaf: Node, objects: Sequence[Assessed]) -> dict[int, Collected]:
    """By the first code that names a registered measure, else a metric card. What has no figure stays open."""
    codes = leaf.source.codes or ((DEFAULT_TASKS,) if leaf.source.kind is SourceKind.TASKS else ())
    if measured := next((code for code in codes if code in measures()), None):
        return _measured(round_, leaf, measured, objects)
    return _carded(round_, leaf, codes, objects) if codes else {}


def _carded(
    round_: Round, leaf: Node, codes: Sequence[str], objects: Sequence[Assessed]
) -> dict[int, Collected]:
    """The card's figure of each object's region from the beginning of the year to the cut-off, against its target of the
    year where one is set. Four statements."""
    regions = [one.unit.region_id for one in objects]
    period = (round_.year.starts_on, round_.cut_off_on)
    found = figures_of(
        jurisdiction_id=round_.jurisdiction_id, card_codes=codes, period=period, by=By.REGION, ids=regions
    )
    aims = targets_of(
        jurisdiction_id=round_.jurisdiction_id,
        card_codes=codes,
        year_id=round_.year_id,
        by=By.REGION,
        ids=regions,
    )
    cards = {
        card.code: card
        for card in Card.objects.system("names of the cards a scheme names").filter(code__in=codes)
    }
    if isinstance(leaf.method, Formula):
        return {
            one.pk: made
            for one in objects
            if (made := _of_formula(leaf.method, one.unit.region_id, found, aims, cards)) is not None
        }
    answers = {}
    for one in objects:
        key = next(
            ((code, one.unit.region_id) for code in codes if (code, one.unit.region_id) in found), None
        )
        if key is not None and found[key].value is not None:
            answers[one.pk] = _of_card(leaf, found[key], aims.get(key), cards.get(key[0]))
    return answers


def _of_card(leaf: Node, figure: Figure, aim: Aim | None, card: Card | None) -> Collected:
    assert figure.value is not None  # nosec B101 - asked by the caller
    unit = card.unit if card else ""
    name = card.name if card else figure.card_code
    words = f"{name}：{_said(figure.value)}{unit}（{figure.label}）"
    sources = [{"words": words, "ref": str(ref), "url": ""} for ref in figure.refs[:1]]
    target = aim.goal.value if aim is not None else None
    if aim is not None and target is not None:
        sources.append(
            {
                "words": f"目标：{_said(target)}{unit}（{aim.document}）",
                "ref": str(aim.ref),
                "url": "",
            }
        )
    return Collected(facts_for(leaf, figure.value, figure.numerator, figure.denominator, target), sources)


def _of_formula(
    method: Formula,
    region_id: int,
    found: Mapping[tuple[str, int], Figure],
    aims: Mapping[tuple[str, int], Aim],
    cards: Mapping[str, Card],
) -> Collected | None:
    """Every figure the formula names by its card's code, and the first target for the name 目标; what is not there stays
    open, and the formula says which."""
    facts: dict[str, Any] = {}
    sources: list[dict[str, str]] = []
    for name in method.names:
        figure, aim = found.get((name, region_id)), aims.get((name, region_id))
        if figure is None or figure.value is None:
            continue
        facts[name] = _plain(figure.value)
        card = cards.get(name)
        words = f"{card.name if card else name}：{_said(figure.value)}{card.unit if card else ''}（{figure.label}）"
        sources += [{"words": words, "ref": str(ref), "url": ""} for ref in figure.refs[:1]]
        if aim is not None and aim.goal.value is not None:
            facts |= {
                other: _plain(aim.goal.value)
                for other in TARGET
                if other in method.names and other not in facts
            }
            sources.append(
                {"words": f"目标：{_said(aim.goal.value)}（{aim.document}）", "ref": str(aim.ref), "url": ""}
            )
    return Collected(facts, sources) if facts else None


def _where(round_: Round, ids: Sequence[int]) -> Where:
    return Where(round_.jurisdiction_id, round_.year.starts_on, round_.cut_off_on, tuple(ids))


def _measured(round_: Round, leaf: Node, code: str, objects: Sequence[Assessed]) -> dict[int, Collected]:
    """A registered measure by unit, else by region, up to the cut-off."""
    measure = measures()[code]
    by = By.UNIT if By.UNIT in measure.by else By.REGION
    keys = {one.pk: one.unit_id if by is By.UNIT else one.unit.region_id for one in objects}
    answers = measure.load(_where(round_, list(keys.values())), by)
    unit = str(measure.unit)
    return {
        pk: _of_measure(leaf, answers.get(key), str(measure.label), unit, round_.cut_off_on)
        for pk, key in keys.items()
    }


def _of_measure(leaf: Node, found: Measured | None, label: str, unit: str, until: date) -> Collected:
    if found is None or found.value is None:
        return Collected({"not_applicable": f"截至{printed_day(until)}没有应计的事项（{label}）"}, [])
    words = f"{label}：{_said(found.value)}{unit}"
    if found.denominator is not None:
        words += f"（{found.numerator}/{found.denominator}）"
    facts = facts_for(leaf, found.value, found.numerator, found.denominator)
    return Collected(facts, [{"words": words, "ref": "", "url": found.url}])


def facts_for(
    leaf: Node,
    value: Decimal,
    numerator: object = None,
    denominator: object = None,
    target: Decimal | None = None,
) -> dict[str, Any]:
    """A figure under the names the leaf's method reads. A share is handed on as its two counts, so that it stays exact."""
    assert leaf.method is not None  # nosec B101 - leaves have a method
    asks = leaf.method.asks
    if isinstance(leaf.method, Formula):
        first = next((name for name in leaf.method.names if name not in TARGET), "")
        found = {first: _plain(value)} if first else {}
        aimed = {name: _plain(target) for name in TARGET if name in leaf.method.names and target is not None}
        return found | aimed
    if "actual" in asks:
        if leaf.method.kind == "proportion" and denominator and target is None:
            return {"actual": _plain(numerator), "target": _plain(denominator)}
        facts: dict[str, Any] = {"actual": _plain(value)}
        if target is not None:
            facts["target"] = _plain(target)
        return facts
    return {"count" if "count" in asks else "value": _plain(value)}


def _plain(value: object) -> str:
    """Exact text; a figure that never ends is kept to eight places, as figures are stored."""
    number = Decimal(str(value))
    kept = number.quantize(PLACES, rounding=ROUND_HALF_EVEN) if number != number.to_integral() else number
    text = format(kept, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def said_number(value: Decimal) -> str:
    """A target in words, exactly."""
    return _plain(value)


def _said(value: Decimal) -> str:
    return _plain(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))
