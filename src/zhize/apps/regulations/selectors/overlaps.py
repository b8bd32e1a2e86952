"""Which rows of a document being checked may be duties the register has from another document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhize.apps.regulations.models import DutyHolder, ProposedDuty, RegulationVersion
from zhize.apps.regulations.selectors.directory import Directory, resolved
from zhize.core.duties.overlap import Bounds, Overlap, Owed, overlaps
from zhize.kit.rules import Rule


@dataclass(frozen=True, slots=True)
class Found:
    """A duty of the register beside a row: what is proposed, in how far, why."""

    duty_id: int
    code: str
    title: str
    overlap: Overlap


def overlaps_of(
    version: RegulationVersion, rows: Sequence[ProposedDuty], directory: Directory, values: Rule
) -> dict[int, list[Found]]:
    """By row: the duties in force it may be (`duties.overlap`). One statement, whatever the register holds."""
    jurisdiction = version.regulation.jurisdiction
    held = (
        DutyHolder.objects.filter(duty__jurisdiction=jurisdiction, duty__valid_to__isnull=True)
        .order_by("duty__order", "duty_id", "order")
        .values_list(
            "duty_id", "duty__code", "duty__title", "duty__text", "unit_id", "unit__name", "collective"
        )
    )
    words: dict[int, tuple[str, str, str]] = {}
    holders: dict[int, list[str]] = {}
    names = {unit.pk: unit.name for unit in directory.units.values()}
    labels = {str(value): str(label) for value, label in DutyHolder.Collective.choices}
    for duty_id, code, title, text, unit_id, name, collective in held:
        words[duty_id] = (code, title, text)
        if unit_id is not None:
            names[unit_id] = name
        holders.setdefault(duty_id, []).append(name if unit_id is not None else labels[collective])
    if not words:
        return {}

    def of(row: ProposedDuty) -> tuple[str, ...]:
        found = []
        for one in row.holders:
            unit_id, collective = resolved(
                str(one["name"]), str(one["sort"]), one.get("unit"), jurisdiction, directory
            )
            if unit_id is not None:
                found.append(names.get(unit_id, str(one["name"])))
            elif collective != DutyHolder.Collective.OTHER:  # “有关部门” of two texts need not be the same
                found.append(labels[collective])
        return tuple(found)

    existing = [Owed(str(pk), text, tuple(holders[pk])) for pk, (_code, _title, text) in words.items()]
    found: dict[int, list[Found]] = {}
    by = Bounds(Decimal(str(values["overlap_from"])), Decimal(str(values["overlap_finer"])))
    for one in overlaps([Owed(str(row.pk), row.text, of(row)) for row in rows], existing, by):
        code, title, _text = words[int(one.old)]
        found.setdefault(int(one.new), []).append(Found(int(one.old), code, title, one))
    return found
