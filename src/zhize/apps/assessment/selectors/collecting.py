"""What the house's own records say about the objects of a round: figures, tasks, obligations, findings,
surveys, the ledger of points. Nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.assessment.selectors.figures import Collected, facts_for, figures
from zhize.apps.assessment.selectors.goals import as_filed
from zhize.apps.assessment.selectors.ledger import ledger_collected
from zhize.apps.assessment.selectors.surveys import surveyed
from zhize.apps.inspection.selectors.counting import found_at
from zhize.apps.regulations.models import Obligation
from zhize.core.papers.days import printed_day
from zhize.core.scoring.methods.survey import Survey
from zhize.core.scoring.scheme import Node, Scheme, SourceKind

Found = dict[tuple[int, str], Collected]
"""(object's pk, leaf's code) → what was found."""


def collect(round_: Round, scheme: Scheme, objects: Sequence[Assessed]) -> Found:
    """Everything the sources of the scheme give, up to the round's cut-off. Statements grow with leaves, not objects."""
    found: Found = {}
    for leaf in scheme.root.leaves():
        load = surveyed if isinstance(leaf.method, Survey) else SOURCES.get(leaf.source.kind)
        if load:
            found |= {(pk, leaf.code): one for pk, one in load(round_, leaf, objects).items()}
    return as_filed(round_, found)


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
        return Collected({"not_applicable": f"截至{printed_day(until)}没有到期的履职事项"}, [])
    sources = [
        {
            "words": f"{row.duty.title}（{row.period_label}）",
            "ref": f"regulations.obligation:{row.pk}",
            "url": "",
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


def _findings(round_: Round, leaf: Node, objects: Sequence[Assessed]) -> dict[int, Collected]:
    """Problems of on-site checks about the items the source names (全部: any), up to the cut-off. Who was not checked stays
    open: no check is no proof. A source without codes means what comes from elsewhere, and is entered. Two statements."""
    if not leaf.source.codes:
        return {}
    found = found_at(
        jurisdiction_id=round_.jurisdiction_id, unit_ids=[one.unit_id for one in objects], since=round_.year.starts_on,
        until=round_.cut_off_on, items=leaf.source.codes,
    )  # fmt: skip
    return {
        one.pk: Collected(
            _counted(leaf, len(found[one.unit_id])),
            [
                {"words": row.words, "ref": f"inspection.finding:{row.pk}", "url": ""}
                for row in found[one.unit_id]
            ],
        )
        for one in objects
        if one.unit_id in found
    }


def _counted(leaf: Node, number: int) -> dict[str, Any]:
    """A number of problems is a number of cases where the method takes cases, never a figure that falls short of one."""
    assert leaf.method is not None  # nosec B101 - leaves have a method
    return {"count": str(number)} if "count" in leaf.method.asks else facts_for(leaf, Decimal(number), number)


Load = Callable[[Round, Node, Sequence[Assessed]], Mapping[int, Collected]]
SOURCES: Mapping[SourceKind, Load] = {
    SourceKind.FIGURES: figures,
    SourceKind.TASKS: figures,
    SourceKind.OBLIGATIONS: _obligations,
    SourceKind.FINDINGS: _findings,
    SourceKind.SURVEY: surveyed,
    SourceKind.LEDGER: ledger_collected,
}
