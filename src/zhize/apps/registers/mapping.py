"""From a record's own values to what follows from them. No decisions here: the type's reading and the core make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhize.apps.registers.models import Record, RecordType
from zhize.core.registers.due import next_due
from zhize.kit.imports.values import KEY
from zhize.kit.inside import put, value_of

FOLLOWING = ("occurred_on", "due_on", "outcome", "key", "object_key", "edition")


@dataclass(frozen=True, slots=True)
class Following:
    """What follows from a record's values, as its columns hold it."""

    occurred_on: date
    due_on: date | None
    outcome: str
    key: str
    object_key: str


def typed(type_: RecordType, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The values as Python has them, every field of the type named."""
    return {f.name: value_of(f, kept.get(f.name)) for f in type_.fields}


def following(type_: RecordType, values: Mapping[str, Any]) -> Following:
    """Day that counts, due date, outcome and keys of typed values."""
    reading = type_.reading
    outcome = outcome_of(type_, values)
    return Following(
        occurred_on=values[reading.counts_on],
        due_on=due_of(type_, values, failed=outcome == Record.Outcome.FAIL),
        outcome=outcome,
        key=_key(values, reading.key),
        object_key=_key(values, reading.object) if reading.object else "",
    )


def outcome_of(type_: RecordType, values: Mapping[str, Any]) -> str:
    """Pass, fail, or nothing decided."""
    rule = type_.reading.outcome
    said = values.get(rule.field) if rule else None
    if rule and said in rule.passes:
        return Record.Outcome.PASS
    return Record.Outcome.FAIL if rule and said in rule.fails else Record.Outcome.NONE


def due_of(type_: RecordType, values: Mapping[str, Any], *, failed: bool) -> date | None:
    """The last day it is valid (core.registers.due)."""
    rule = type_.reading.due
    if rule is None:
        return None
    return next_due(
        printed=values.get(rule.field) if rule.field else None,
        after=values.get(rule.after) if rule.after else None,
        months=values.get(rule.months) if rule.months else None,
        less_days=rule.less_days,
        falls_due=due_words(type_, values) is not None,
        failed=failed,
    )


def due_words(type_: RecordType, values: Mapping[str, Any]) -> str | None:
    """What is to be done when it falls due (应重新检定); None where such a thing never does."""
    rule = type_.reading.due
    return rule.words.get(str(values.get(rule.by) or "") if rule.by else "") if rule else None


def name_of(type_: RecordType, record: Record) -> str:
    """What it is called beside its number: 电子汽车衡; "" where the type names no such field."""
    return str(record.values.get(type_.reading.name) or "") if type_.reading.name else ""


def put_values(record: Record, type_: RecordType, data: Mapping[str, Any]) -> list[str]:
    """Writes the fields given and what follows from all of them; gives the columns touched."""
    for field in type_.fields:
        if field.name in data:
            put(field, record, data[field.name])
    found = following(type_, typed(type_, record.values))
    record.occurred_on, record.due_on, record.outcome = found.occurred_on, found.due_on, found.outcome
    record.key, record.object_key, record.edition = found.key, found.object_key, type_.edition
    return ["values", *FOLLOWING]


def _key(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The parts as imports write them (kit.imports.values.key_of): dates ISO."""
    parts = [values.get(name) for name in names]
    return KEY.join(one.isoformat() if isinstance(one, date) else str(one) for one in parts)
