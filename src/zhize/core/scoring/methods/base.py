"""What every method of scoring a leaf looks like: data in, points with a sentence out."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Self, cast

from ...kernel.errors import BadRule
from ...kernel.fields import Fields
from ...kernel.trace import TraceValue
from ..facts import Given
from ..numbers import say, shown

ZERO = Fraction(0)
Inputs = tuple[tuple[str, TraceValue], ...]
Peers = tuple[Fraction, ...]
"""The values of all objects that have one, for methods that compare; empty for the others."""


class Better(StrEnum):
    """Which way is better: the more, or the less (accidents, days late)."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Found:
    """Points of a leaf and the sentence that explains them. `points` None: there is nothing to score, `words` say why.

    `applies` False: the method itself found that the leaf does not concern the object (no report was due).
    """

    points: Fraction | None
    words: str
    inputs: Inputs = ()
    cases: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule as written; it is told to the office, never refused."""

    code: str
    what: str
    remedy: str


class Method(ABC):
    """A frozen dataclass per method, its fields the options. `points` is what the table prints for the leaf.

    `words`: the rule as an official reads it. `most`: what can be reached, None where nothing limits it.
    """

    kind: ClassVar[str]
    label: ClassVar[str]
    asks: ClassVar[tuple[str, ...]]
    """Names of the facts it reads."""
    compares: ClassVar[bool] = False
    """Whether it needs the value of every object."""

    @classmethod
    def options(cls) -> tuple[str, ...]:
        return tuple(one.name.rstrip("_") for one in dataclasses.fields(cast("Any", cls)))

    def mapping(self) -> dict[str, object]:
        """Back to data; `read` of it gives an equal value."""
        values = {one.name: getattr(self, one.name) for one in dataclasses.fields(cast("Any", self))}
        return {"kind": self.kind, **kept(values)}

    @classmethod
    @abstractmethod
    def read(cls, fields: Fields) -> Self: ...

    @abstractmethod
    def words(self, points: Fraction) -> str: ...

    @abstractmethod
    def score(self, points: Fraction, given: Given, peers: Peers) -> Found: ...

    def most(self, points: Fraction) -> Fraction | None:
        return points

    def faults(self, points: Fraction) -> Iterator[Fault]:
        return iter(())


def inputs(**values: TraceValue | Fraction) -> Inputs:
    """Inputs of a trace, in the order given; names are Chinese."""
    return tuple(
        (name, shown(value) if isinstance(value, Fraction) else value) for name, value in values.items()
    )


def nothing(words: str, **values: TraceValue | Fraction) -> Found:
    """No value, and why."""
    return Found(None, words, inputs(**values))


def kept(options: Mapping[str, object]) -> dict[str, object]:
    """A method's options as data again: figures as exact text, absent ones left out."""
    found: dict[str, object] = {}
    for name, value in options.items():
        if value is None or value is False or value == "" or value == ():
            continue
        found[name.rstrip("_")] = written(value)
    return found


def written(value: object) -> object:
    """A figure as exact text, a row of options as its own mapping."""
    if isinstance(value, Fraction):
        return format(shown(value), "f")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if dataclasses.is_dataclass(value):
        return kept({one.name: getattr(value, one.name) for one in dataclasses.fields(value)})
    return value


def positive(value: Fraction, fields: Fields, name: str) -> Fraction:
    """A figure above nought; BadRule otherwise."""
    if value <= 0:
        raise BadRule(f"“{say(value)}”不合适", where=fields.place(name), remedy="请填大于 0 的数")
    return value


def not_negative(value: Fraction, fields: Fields, name: str) -> Fraction:
    if value < 0:
        raise BadRule(f"“{say(value)}”不合适", where=fields.place(name), remedy="请填不小于 0 的数")
    return value


def cases_of(fields: Fields, name: str = "items") -> tuple[str, ...]:
    """What was counted, case by case, in words."""
    found = []
    for entry, place in fields.items(name):
        if not isinstance(entry, str):
            raise BadRule(f"“{entry}”不是文字", where=place, remedy="每件写一行文字")
        found.append(entry)
    return tuple(found)
