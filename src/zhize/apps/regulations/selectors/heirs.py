"""Who stands in for a unit that ended (`duties.reform`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from zhize.apps.orgs.models import Succession, Unit
from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.selectors.lights import UNSETTLED_Q
from zhize.apps.years.models import WorkYear
from zhize.core.duties.reform import TRANSFERRED, Step, reform
from zhize.kit.holdings import held_by_ended
from zhize.kit.scope import ScopedQuerySet


def reform_steps() -> list[Step]:
    """The reforms that ended a unit; it passes on from the day on which both the reform and its end have come. One statement."""
    rows = Succession.objects.system("successors").filter(predecessor__valid_to__isnull=False)
    found = rows.values_list(
        "predecessor_id", "successor_id", "kind", "effective_on", "predecessor__valid_to", "is_primary"
    )
    return [
        Step(str(old), str(new), kind, max(effective, ended), primary)
        for old, new, kind, effective, ended, primary in found
        if ended is not None
    ]


def heirs_of(unit_ids: Iterable[int], on: date) -> dict[int, int | None]:
    """By unit: who owes in its place from that day, itself where nothing happened, None where a person must decide."""
    steps = reform_steps()
    heirs: dict[int, int | None] = {}
    for unit in set(unit_ids):
        found = reform([(str(unit), "joint")], steps, on)
        heirs[unit] = None if found.undecided else int(found.owing[0].unit)
    return heirs


@dataclass(frozen=True, slots=True)
class Ended:
    """A unit that ended with `number` obligations still owed; who may take them over, and who is named to (or None).

    `others`: what else it holds, in words and number (tasks).
    """

    unit: Unit
    number: int
    among: tuple[Unit, ...]
    heir: Unit | None
    others: tuple[tuple[str, int], ...] = ()


def owed_by_ended(year: WorkYear, today: date) -> ScopedQuerySet[Obligation]:
    """What is still owed in the year by units that had ended by that day."""
    rows: ScopedQuerySet[Obligation] = Obligation.objects.system("the office keeps its own year")
    return rows.filter(
        UNSETTLED_Q,
        year=year,
        jurisdiction_id=year.jurisdiction_id,
        rolled_into__isnull=True,
        unit__valid_to__lte=today,
    )


def ended_holders(year: WorkYear, today: date) -> list[Ended]:
    """The same, with units that owe nothing but hold something else (`kit.holdings`), and what that is."""
    others: dict[int, list[tuple[str, int]]] = {}
    for source in held_by_ended.items():
        for unit_id, number in source.count(year.jurisdiction_id, year.pk, today).items():
            others.setdefault(unit_id, []).append((str(source.label), number))
    return ended_units(year, today, others)


def ended_units(
    year: WorkYear, today: date, others: Mapping[int, Sequence[tuple[str, int]]] | None = None
) -> list[Ended]:
    """The units whose obligations await a successor, in official order. Four statements whatever their number."""
    others = others or {}
    counted = owed_by_ended(year, today).order_by().values_list("unit_id").annotate(n=Count("pk"))
    numbers: dict[int, int] = dict.fromkeys(others, 0) | dict(counted)
    if not numbers:
        return []
    heirs = heirs_of(numbers, today)
    direct: dict[int, list[int]] = {}
    rows = (
        Succession.objects.system("successors").exclude(kind=TRANSFERRED).filter(predecessor_id__in=numbers)
    )
    for old, new in rows.order_by("-is_primary", "pk").values_list("predecessor_id", "successor_id"):
        direct.setdefault(old, []).append(new)
    wanted = {*numbers, *(h for h in heirs.values() if h), *(pk for found in direct.values() for pk in found)}
    units = Unit.objects.system("who ended and who comes after").in_bulk(wanted)
    found = []
    for pk in sorted(numbers, key=lambda one: (units[one].order, one)):
        heir = heirs[pk] if heirs[pk] != pk else None
        among = dict.fromkeys([*([heir] if heir else []), *direct.get(pk, [])])
        here = tuple(units[one] for one in among if _stands(units[one], today))
        found.append(
            Ended(units[pk], numbers[pk], here, units[heir] if heir else None, tuple(others.get(pk, ())))
        )
    return found


def _stands(unit: Unit, today: date) -> bool:
    return unit.valid_to is None or unit.valid_to > today
