"""What is known: of an object (a prefecture, a department) and of each leaf of its table.

A leaf without facts has no value; it never counts as nought unless the scheme says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from ..kernel.errors import BadFact
from ..kernel.fields import Fields, read_day

COMMON = ("not_applicable", "missing", "by", "note", "sources")
"""Names every leaf's facts may carry beside those of its method."""
VETO = ("code", "reason", "happened_on", "lifted")
OBJECT = ("id", "name", "groups", "ranked", "facts", "vetoes")


class Supply(StrEnum):
    """Whether there is anything to score."""

    GIVEN = "given"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Given:
    """The facts of one leaf. `values` are read by the leaf's method; `sources` name the evidence, `by` who gave them."""

    supply: Supply = Supply.MISSING
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    by: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()
    where: str = ""

    def fields(self, allowed: tuple[str, ...]) -> Fields:
        """The method's own names; a name nobody reads is refused with its place."""
        return Fields(self.values, allowed, self.where)


@dataclass(frozen=True, slots=True)
class VetoFact:
    """A veto that struck an object. `lifted` gives the reason it was taken back (after an objection); empty: it holds."""

    code: str
    reason: str
    happened_on: str = ""
    lifted: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """An object of the assessment. `groups` choose the parts of the table that are its own; `ranked` False: no place
    in any order or quota (a vertical agency)."""

    id: str
    name: str
    groups: tuple[str, ...] = ()
    ranked: bool = True
    facts: Mapping[str, Given] = field(default_factory=lambda: MappingProxyType({}))
    vetoes: tuple[VetoFact, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What `only` of a criterion may name."""
        return frozenset((self.id, *self.groups))


def given_from(data: object, where: str) -> Given:
    """From {actual: 3, by: …} or {not_applicable: reason} or {missing: reason}."""
    if not isinstance(data, Mapping):
        raise BadFact(
            "这里应是一组“名称: 值”", where=where, remedy="写成 {actual: …} 或 {not_applicable: 原因}"
        )
    plain = Fields({name: data[name] for name in COMMON if name in data}, COMMON, where)
    supply, reason = Supply.GIVEN, ""
    values = {str(name): value for name, value in data.items() if name not in COMMON}
    for state in (Supply.NOT_APPLICABLE, Supply.MISSING):
        if plain.has(state.value):
            if supply is not Supply.GIVEN or values:
                raise BadFact("既有数据又写了没有数据", where=where, remedy="请只保留其中一种")
            supply, reason = state, plain.text(state.value)
    if supply is Supply.GIVEN and not values:
        supply = Supply.MISSING
    sources = tuple(_text(one, place) for one, place in plain.items("sources"))
    return Given(
        supply,
        reason,
        MappingProxyType(values),
        plain.text("by", ""),
        plain.text("note", ""),
        sources,
        where,
    )


def objects_from(data: object, where: str = "objects") -> tuple[Assessed, ...]:
    """From a list of {id, name, groups, ranked, facts, vetoes}. BadRule / BadFact with the place."""
    found = tuple(_object(entry, place) for entry, place in Fields({where: data}, (where,)).items(where))
    seen: set[str] = set()
    for one in found:
        if one.id in seen:
            raise BadFact(f"对象“{one.id}”出现两次", where=where, remedy="每个对象只写一次")
        seen.add(one.id)
    return found


def _object(data: object, where: str) -> Assessed:
    fields = Fields(data, OBJECT, where)
    facts = fields.data.get("facts") or {}
    if not isinstance(facts, Mapping):
        raise BadFact(
            "facts 应是一组“指标编号: 数据”", where=fields.place("facts"), remedy='写成 {"1.1": {actual: …}}'
        )
    key = fields.text("id")
    return Assessed(
        id=key,
        name=fields.text("name", key),
        groups=tuple(_text(one, place) for one, place in fields.items("groups")),
        ranked=fields.flag("ranked", True),
        facts=MappingProxyType(
            {str(code): given_from(one, f"{fields.place('facts')}.{code}") for code, one in facts.items()}
        ),
        vetoes=tuple(_veto(one, place) for one, place in fields.items("vetoes")),
    )


def _veto(data: object, where: str) -> VetoFact:
    fields = Fields(data, VETO, where)
    day = fields.data.get("happened_on")
    return VetoFact(
        code=fields.text("code"),
        reason=fields.text("reason"),
        happened_on=read_day(day, fields.place("happened_on")).isoformat() if day else "",
        lifted=fields.text("lifted", ""),
    )


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise BadFact(f"“{value}”不是文字", where=where, remedy="请用引号写成文字")
    return value
