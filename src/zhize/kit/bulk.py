"""Saving many rows of a thing by natural key: what a `bulk_save` service builds on. Statements do not grow per row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem
from zhize.kit.fields import FieldSpec, Kind, Outcome, ThingSpec
from zhize.kit.imports.values import existing, key_of, plain_of, plain_value
from zhize.kit.inside import put
from zhize.kit.versioned import Versioned

CHUNK = 500
T = TypeVar("T")
Row = Mapping[str, Any]
Write = Callable[[Any, Row], Iterable[str]]
"""Puts a row's values on a thing and gives the columns touched."""


def chunked(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk


def bulk_upsert(
    spec: ThingSpec,
    rows: Iterable[Row],
    *,
    actor: Actor,
    defaults: Callable[[Row], Row] = lambda row: {},
    may_change: Callable[[Any], bool] = lambda thing: True,
    write: Write | None = None,
    after: Callable[[Sequence[Any]], None] = lambda things: None,
) -> Outcome:
    """Adds the rows whose natural key is new, changes those that differ, leaves the rest; call it in a transaction.

    `rows` are `data` as a service takes it (only the fields given are touched), `defaults` the further attributes
    of a new thing (jurisdiction, times). `write` puts a row on a thing where more follows from it than its fields
    (default: each field where it lies); `after` is told what was written, chunk by chunk. The caller has asked the
    policy for the set, and records one audit entry.
    Raises `BadInput` naming the row by its key when a value does not suit its column, or `may_change` refuses.
    """
    added = changed = same = 0
    write = write or (lambda thing, row: write_fields(spec, thing, row))
    for chunk in chunked(rows):
        plain = [_plain(spec, row) for row in chunk]
        found = existing(spec, spec.rows(actor), plain, ())
        new: list[models.Model] = []
        edited: dict[Any, models.Model] = {}
        touched: set[str] = set()
        for row, values in zip(chunk, plain, strict=True):
            held = found.get(key_of(spec, values))
            if held is None:
                thing = spec.model(**defaults(row))
                write(thing, row)
                _check(spec, thing, values)
                new.append(thing)
                continue
            thing = held[0]
            if all(values[f.name] == plain_of(f, thing) for f in _given(spec, row)):
                same += 1
                continue
            if not may_change(thing):
                raise BadInput(
                    "这一行不能由您修改", where=_where(spec, values), remedy="请联系其所属单位或办公室"
                )
            touched.update(write(thing, row))
            _check(spec, thing, values)
            edited[thing.pk] = thing
        _save(spec, new, edited, touched)
        after([*new, *edited.values()])
        added, changed = added + len(new), changed + len(edited)
    return Outcome(added, changed, same)


def write_fields(spec: ThingSpec, thing: Any, row: Row) -> list[str]:
    """Each field given, where it lies: its column or its place inside a JSON column."""
    return [name for one in _given(spec, row) for name in put(one, thing, row[one.name])]


def _save(
    spec: ThingSpec, new: list[models.Model], edited: dict[Any, models.Model], touched: set[str]
) -> None:
    manager = spec.model._base_manager
    if new:
        manager.bulk_create(new)
    if edited:
        names = sorted(touched)
        if issubclass(spec.model, Versioned):
            names.append("version")
            for thing in edited.values():
                thing.version += 1  # type: ignore[attr-defined]
        manager.bulk_update(edited.values(), names)


def _given(spec: ThingSpec, row: Mapping[str, Any]) -> list[FieldSpec]:
    return [f for f in spec.editable_fields if f.name in row]


def _plain(spec: ThingSpec, row: Row) -> dict[str, Any]:
    """The row's values in comparable form."""
    return {f.name: plain_value(f, row[f.name]) for f in _given(spec, row)}


def _check(spec: ThingSpec, thing: models.Model, values: Mapping[str, Any]) -> None:
    """The model's own checks, without those that ask the database row by row (references, uniqueness)."""
    references = [f.name for f in spec.model._meta.concrete_fields if f.is_relation]
    try:
        thing.clean_fields(exclude=references)
        thing.clean()
    except ValidationError as error:
        labels = {f.name: str(f.label) for f in spec.fields}
        problems = [
            Problem(
                "；".join(words), f"{_where(spec, values)} · {labels.get(name, name)}", "", "请改正后重新导入"
            )
            for name, words in error.message_dict.items()
        ]
        raise BadInput("有内容不合要求", problems, where=_where(spec, values)) from error


def _where(spec: ThingSpec, values: Mapping[str, Any]) -> str:
    shown = [str(values.get(f.name, "")) for f in spec.key_fields if f.kind is not Kind.REF]
    return f"{spec.label}“{' '.join(shown)}”"
