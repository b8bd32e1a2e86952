"""Who holds a duty: printed names to units of the directory, collectives kept as such."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations.models import Duty, DutyHolder
from zhize.apps.regulations.selectors.directory import Directory, directory_of, resolved
from zhize.apps.regulations.services.drafts import Draft, Held
from zhize.core.regulation.holders import Sort
from zhize.kit.errors import BadInput, Problem

COLLECTIVES = {
    DutyHolder.Collective.MEMBERS: Sort.MEMBERS,
    DutyHolder.Collective.LOCALS: Sort.GOVERNMENTS,
}


def holder_rows(
    duty: Duty, holders: Iterable[Held], jurisdiction: Jurisdiction, directory: Directory
) -> list[DutyHolder]:
    """The holders as rows, each unit or collective once; a name left out by a person's decision has none."""
    rows: dict[tuple[int | None, str], DutyHolder] = {}
    for order, held in enumerate(holders):
        if held.unit is None and directory.leaves_out(held.name):
            continue
        unit_id, collective = resolved(held.name, held.sort, held.unit, jurisdiction, directory)
        rows.setdefault(
            (unit_id, collective),
            DutyHolder(
                duty=duty,
                unit_id=unit_id,
                collective=collective,
                role=held.role,
                printed=held.name[:80],
                order=order,
            ),
        )
    return list(rows.values())


def unknown_names(drafts: Iterable[Draft], directory: Directory) -> list[str]:
    """Printed names of single units that nobody can tell yet, in the order of the text."""
    names = [
        held.name
        for draft in drafts
        for held in draft.holders
        if held.sort == Sort.UNIT and held.unit is None and not directory.knows(held.name)
    ]
    return list(dict.fromkeys(names))


def refuse_unknown_units(drafts: Iterable[Draft], directory: Directory) -> None:
    if missing := unknown_names(drafts, directory):
        raise BadInput(
            f"单位名录中没有：{'、'.join(missing[:8])}"
            + (f" 等 {len(missing)} 个" if len(missing) > 8 else ""),
            where="责任主体",
            why="职责要落实到单位，履职事项才有人办理",
            remedy="请在核对页上方逐个对应到单位、登记新单位，或作为集合主体",
        )


def holders_named(*, holders: Iterable[dict[str, Any]], jurisdiction: Jurisdiction) -> list[dict[str, Any]]:
    """Holders as a person gave them; one without a sort was typed, and is found in the directory or refused by name."""
    directory = directory_of(jurisdiction)
    collectives = {str(one.label): sort for one, sort in COLLECTIVES.items()}
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for held in holders:
        name = str(held["name"])
        if held["sort"]:
            found.append(held)
        elif name in collectives:
            found.append({**held, "sort": collectives[name].value})
        elif unit := directory.units.get(name):
            found.append({**held, "sort": Sort.UNIT.value, "unit": unit.pk})
        else:
            problems.append(
                Problem(f"单位名录中没有“{name}”", "责任主体", remedy="请从列表中选择，或先在“单位”中登记")
            )
    if problems:
        raise BadInput(problems[0].what, problems, where="责任主体", remedy=problems[0].remedy)
    return list({(h["name"], h["unit"]): h for h in found}.values())
