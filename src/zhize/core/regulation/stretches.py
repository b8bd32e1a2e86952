"""What is gathered while the clauses are read in order: stretches of text with their holders, brackets, members, warnings."""

from __future__ import annotations

from dataclasses import dataclass, field

from .columns import Columns
from .holders import Basis, Bracket, Holder
from .lexicon import Lexicon
from .model import Clause, Row, Warn
from .roles import LeadRule


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text from `start` to `end` of a clause, for these holders. `flags`: what a person must look at."""

    clause: Clause
    start: int
    end: int
    holders: tuple[Holder, ...]
    basis: Basis | None
    flags: tuple[tuple[str, str], ...] = ()
    cell: str = ""
    due: str = ""


@dataclass(slots=True)
class State:
    """What is gathered while all clauses are read in order."""

    text: str
    folded: str
    lexicon: Lexicon
    rows: list[tuple[int, Row, Columns, str]]
    rule: LeadRule = field(default_factory=LeadRule)
    stretches: list[Stretch] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
    members: list[Holder] = field(default_factory=list)
