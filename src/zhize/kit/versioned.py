"""Optimistic concurrency: two people edit one thing, nothing is lost (DESIGN §4).

A form carries the version it was opened with. The service locks the row, compares, and either saves
with the version raised by one or raises `EditConflict` with both versions.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from zhize.kit.errors import EditConflict

M = TypeVar("M", bound="Versioned")
PLAIN = (str, int, float, bool, type(None), list, dict)


class Versioned(models.Model):
    """A row with a version that rises by one with every write."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True


def snapshot(thing: models.Model, fields: list[str] | None = None) -> dict[str, Any]:
    """The thing's fields as plain JSON values, for the audit log and for comparing versions."""
    values: dict[str, Any] = {}
    for field in thing._meta.concrete_fields:
        if fields is not None and field.name not in fields:
            continue
        values[field.name] = plain(field.value_from_object(thing))
    return values


def plain(value: Any) -> Any:
    """A field's value as it stands in a snapshot: what JSON knows as it is, all else as text."""
    return value if isinstance(value, PLAIN) else str(value)


def check_version(
    current: Versioned, expected: int | None, *, mine: dict[str, Any], changed_by: str = ""
) -> None:
    """Raises `EditConflict` when the row has moved on since `expected` (None: the caller does not edit by form)."""
    if expected is None or current.version == expected:
        return
    raise EditConflict(
        "这条记录在您编辑期间已被他人修改",
        theirs=snapshot(current, list(mine)),
        mine=mine,
        changed_by=changed_by,
    )
