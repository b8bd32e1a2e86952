"""What can be counted: apps register their sources, metric cards and counted obligations read them by code.

A register, the tasks, the conferences say once how they are counted (in `AppConfig.ready`); whoever shows or judges
the number names the code and never imports the app. The reverse (which cards use a source) is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise

Label = str | Promise


class By(StrEnum):
    """Whose number it is: the answer's keys are ids of units, of regions, or the one key 0 (the jurisdiction)."""

    UNIT = "unit"
    REGION = "region"
    JURISDICTION = "jurisdiction"


@dataclass(frozen=True, slots=True)
class Where:
    """What to count: a jurisdiction, both days inclusive; empty `ids` means all units (or regions) there."""

    jurisdiction_id: int
    start: date
    end: date
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """One number with the rows behind it. `value` is None where nothing was there to measure, never 0 for that.

    A share carries its `numerator` and `denominator`, so that shares add up over units; `url` leads to the rows.
    """

    value: Decimal | None
    numerator: int = 0
    denominator: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A countable source. `load(where, by)` answers all keys at once, in a number of statements that does not grow."""

    code: str
    label: Label
    unit: Label
    by: frozenset[By]
    load: Callable[[Where, By], Mapping[int, Measured]]
    places: int = 0
    note: Label = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """An entry that counts towards an obligation: whose, which (unique within the source), the day of the event."""

    unit_id: int
    id: str
    on: date
    number: int = 1


@dataclass(frozen=True, slots=True)
class DischargeSource:
    """What can discharge a duty, as the duty's form offers it (DESIGN §1).

    Two sorts: an *act* (a plan accepted, a conference held), told once by `discharge_by_source`; or a *count*
    (`records` given), asked again whenever entries change: `records(where)` for the units in `where.ids`, one statement.
    """

    code: str
    label: Label
    records: Callable[[Where], Sequence[Counted]] | None = field(default=None)
    url_name: str = ""
    """The page where it is done, for whoever is told of the duty."""


_measures: dict[str, Measure] = {}
_sources: dict[str, DischargeSource] = {}


def register_measure(measure: Measure) -> None:
    """A code registered twice for two things is a programming error."""
    if _measures.get(measure.code, measure) != measure:
        raise ValueError(f"measure {measure.code!r} registered twice")
    _measures[measure.code] = measure


def measures() -> Mapping[str, Measure]:
    return _measures


def register_source(source: DischargeSource) -> None:
    if _sources.get(source.code, source) != source:
        raise ValueError(f"discharge source {source.code!r} registered twice")
    _sources[source.code] = source


def sources() -> Mapping[str, DischargeSource]:
    return _sources
