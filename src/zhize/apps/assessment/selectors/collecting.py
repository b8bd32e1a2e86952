"""What the house's own records say about the objects of a round: figures, tasks, obligations. Nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.urls import reverse

from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.regulations.models import Obligation
from zhize.core.scoring.scheme import Node, Scheme, SourceKind
from zhize.kit.measures import By, Measured, Where, measures

PLACES = Decimal("0.00000001")
DEFAULT_TASKS = "work.tasks.on_time_rate"


@dataclass(frozen=True, slots=True)
class Collected:
    """Facts of a leaf as its method reads them, and where they come from: [{words, ref, url}]."""

    facts: dict[str, Any]
    sources: list[dict[str, str]]


Found = dict[tuple[int, str], Collected]
"""(object's pk, leaf's code) → what was found."""


def collect(round_: Round, scheme: Scheme, objects: Sequence[Assessed]) -> Found:
    """Everything the sources of the scheme give, up to the round's cut-off. Statements grow with leaves, not objects."""
    found: Found = {}
    for leaf in scheme.root.leaves():
        load = SOURCES.get(leaf.source.kind)
        if load:
            found |= {(pk, leaf.code): one for pk, one in load(round_, leaf, objects).items()}
    return found


def _where(round_: Round, ids: Sequence[int]) -> Where:
    return Where(round_.jurisdiction_id, round_.year.starts_on, round_.cut_off_on, tuple(ids))


def _measured(round_: Round, leaf: Node, objects: Sequence[Assessed]) -> dict[int, Collected]:
    """A registered measure by unit, else by region. What it does not answer stays open."""
    codes = leaf.source.codes or ((DEFAULT_TASKS,) if leaf.source.kind is SourceKind.TASKS else ())
    measure = next((measures()[code] for code in codes if code in measures()), None)
    if measure is None:
        return {}
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
        return Collected({"not_applicable": f"截至{_day(until)}没有应计的事项（{label}）"}, [])
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


def _said(value: Decimal) -> str:
    return _plain(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _obligations(round_: Round, leaf: Node, objects: Sequence[Assessed]) -> dict[int, Collected]:
    """What the objects owed by the cut-off, with the day each was done. One statement."""
    rows = (
        Obligation.objects.system("what the objects of a round owed")
        .filter(jurisdiction_id=round_.jurisdiction_id, year_id=round_.year_id, due_on__isnull=False)
        .filter(unit_id__in=[one.unit_id for one in objects])
        .exclude(status=Obligation.Status.STANDING)
        .select_related("duty")
        .order_by("due_on", "pk")
    )
    if leaf.source.codes:
        rows = rows.filter(duty__code__in=leaf.source.codes)
    by_unit: dict[int, list[Obligation]] = {}
    for row in rows:
        if _counts(row, round_.cut_off_on):
            by_unit.setdefault(row.unit_id, []).append(row)
    return {one.pk: _owed(leaf, by_unit.get(one.unit_id, []), round_.cut_off_on) for one in objects}


def _counts(row: Obligation, until: date) -> bool:
    """Due by the cut-off, or done before it was due."""
    return row.due_on is not None and (row.due_on <= until or _done(row, until) is not None)


def _done(row: Obligation, until: date) -> date | None:
    done = row.status == Obligation.Status.DONE and row.done_on is not None and row.done_on <= until
    return row.done_on if done else None


def _owed(leaf: Node, rows: Sequence[Obligation], until: date) -> Collected:
    if not rows:
        return Collected({"not_applicable": f"截至{_day(until)}没有到期的履职事项"}, [])
    sources = [
        {
            "words": f"{row.duty.title}（{row.period_label}）",
            "ref": f"regulations.obligation:{row.pk}",
            "url": reverse("regulations:obligation", args=[row.pk]),
        }
        for row in rows
    ]
    counted = [row for row in rows if row.status != Obligation.Status.WAIVED]
    in_time = sum(1 for row in counted if (day := _done(row, until)) and row.due_on and day <= row.due_on)
    if leaf.method is not None and leaf.method.kind != "on_time":
        if not counted:
            return Collected({"not_applicable": "到期的履职事项均已免办"}, sources)
        return Collected(facts_for(leaf, Decimal(in_time), in_time, len(counted)), sources)
    return Collected({"items": [_item(row, until) for row in rows]}, sources)


def _item(row: Obligation, until: date) -> dict[str, str]:
    assert row.due_on is not None  # nosec B101 - filtered above
    item = {"title": f"{row.duty.title}（{row.period_label}）", "due": row.due_on.isoformat()}
    if row.status == Obligation.Status.WAIVED:
        item["waived"] = "准予免办"
    elif done := _done(row, until):
        item["done_on"] = done.isoformat()
    return item


Load = Callable[[Round, Node, Sequence[Assessed]], Mapping[int, Collected]]
SOURCES: Mapping[SourceKind, Load] = {
    SourceKind.FIGURES: _measured,
    SourceKind.TASKS: _measured,
    SourceKind.OBLIGATIONS: _obligations,
}
