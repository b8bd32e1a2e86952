"""Who owes after a reform: holders followed to the units that exist when a period starts (method `duties.reform`).

See docs/algorithms/duties-reform.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

METHOD = "duties.reform"
TRANSFERRED = "transferred"
RANK = ("lead", "joint", "co_act", "support", "guide", "unknown")


@dataclass(frozen=True, slots=True)
class Step:
    """`old` was taken over by `new` on a day, on which `old` ended. `primary`: the one that takes over what is open."""

    old: str
    new: str
    kind: str
    on: date
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that owes, in which role, and for which printed holders it stands (itself where nothing happened)."""

    unit: str
    role: str
    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A unit that ended with several successors and none named to take over: a person decides."""

    unit: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reform:
    """Who owes on the day, each unit once, in the order of the holders; and what a person must decide."""

    owing: tuple[Owing, ...]
    undecided: tuple[Undecided, ...]


def reform(holders: Sequence[tuple[str, str]], steps: Iterable[Step], on: date) -> Reform:
    """Follows (unit, role) pairs through the reforms up to and with `on`. Never raises.

    Renamed and merged units are followed to the end of the chain, a split to its one primary part; a transfer of some
    duties moves nobody. A unit that stands for several holders owes once, in the strongest of their roles. What is
    undecided stays with the former unit, and is named.
    """
    ways: dict[str, dict[str, bool]] = {}
    for step in steps:
        if step.on <= on and step.kind != TRANSFERRED and step.old != step.new:
            parts = ways.setdefault(step.old, {})
            parts[step.new] = parts.get(step.new, False) or step.primary
    owing: dict[str, Owing] = {}
    undecided: dict[str, Undecided] = {}
    for unit, role in holders:
        heir, open_ = _follow(unit, ways)
        if open_ is not None:
            undecided.setdefault(open_.unit, open_)
        before = owing.get(heir)
        if before is None:
            owing[heir] = Owing(heir, role, (unit,))
        elif unit not in before.instead_of:
            owing[heir] = Owing(heir, _stronger(before.role, role), (*before.instead_of, unit))
        else:
            owing[heir] = Owing(heir, _stronger(before.role, role), before.instead_of)
    return Reform(tuple(owing.values()), tuple(undecided.values()))


def _follow(unit: str, ways: dict[str, dict[str, bool]]) -> tuple[str, Undecided | None]:
    """The end of the chain; a ring (data in error) ends where it closes."""
    seen = {unit}
    while parts := ways.get(unit):
        primary = [new for new, is_primary in parts.items() if is_primary]
        named = primary if len(parts) > 1 else list(parts)
        if len(named) != 1:
            return unit, Undecided(unit, tuple(sorted(parts)))
        if named[0] in seen:
            return unit, None
        unit = named[0]
        seen.add(unit)
    return unit, None


def _stronger(one: str, other: str) -> str:
    """The role that binds more; a role not known here binds least."""
    return min(one, other, key=lambda role: (RANK.index(role) if role in RANK else len(RANK), role))
