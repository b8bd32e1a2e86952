"""Values inside a JSON column as first-class fields: read, written, filtered and sorted like columns (ADR 0014).

A field with `inside` keeps its value in that JSON column under its own name: dates as ISO text, decimals as text
(exact), nothing for an empty one. In SQL it is an expression of the field's type, the same on SQLite and PostgreSQL,
under an alias of the queryset (`with_inside`), so that filters, orders and keyset paging use it by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Cast

from zhize.kit.fields import FieldSpec, Kind, ThingSpec

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
PREFIX = "inside_"
WORDED = frozenset({Kind.TEXT, Kind.LONG, Kind.CODE, Kind.PHONE, Kind.EMAIL, Kind.CHOICE, Kind.SEVERAL})

_TYPES: dict[Kind, Callable[[FieldSpec], models.Field[Any, Any]]] = {
    Kind.INTEGER: lambda field: models.BigIntegerField(),
    Kind.DECIMAL: lambda field: models.DecimalField(max_digits=30, decimal_places=field.places),
    Kind.DATE: lambda field: models.DateField(),
    Kind.BOOL: lambda field: models.BooleanField(),
}


class JsonText(models.Func):
    """What stands under a name in a JSON column, as text or number; nothing where it is not there.

    Names are those of fields described as data ([a-z0-9_]), so they may stand in the statement itself.
    """

    output_field: models.Field[Any, Any] = models.TextField()

    def __init__(self, column: str, name: str) -> None:
        super().__init__(F(column))
        self.name = name

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template=f"JSON_EXTRACT(%(expressions)s, '$.{self.name}')", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template=f"((%(expressions)s) ->> '{self.name}')", **context
        )


def expression(field: FieldSpec) -> Cast:
    """The value of a field inside a JSON column, of the type its kind has."""
    kind: models.Field[Any, Any] = _TYPES[field.kind](field) if field.kind in _TYPES else models.TextField()
    return Cast(JsonText(field.inside, field.name), kind)


def column_of(spec: ThingSpec, field: FieldSpec) -> models.Field[Any, Any] | None:
    """The column of the model's table that holds the field; None where it is computed or lies inside a JSON column."""
    if not field.column and (field.value is not None or field.inside):
        return None
    name = field.column or field.name
    return next((f for f in spec.model._meta.concrete_fields if f.name == name), None)


def lookup_of(spec: ThingSpec, field: FieldSpec) -> str:
    """The name under which filters and orders reach the field; "" where SQL cannot (a computed one)."""
    if (column := column_of(spec, field)) is not None:
        return column.name
    return f"{PREFIX}{field.name}" if field.inside and field.value is None else ""


def with_inside(spec: ThingSpec, rows: Rows) -> Rows:
    """The rows with an alias for each field inside a JSON column; an alias nobody uses costs the statement nothing."""
    named = {
        f"{PREFIX}{f.name}": expression(f)
        for f in spec.fields
        if lookup_of(spec, f).startswith(PREFIX) and f"{PREFIX}{f.name}" not in rows.query.annotations
    }
    aliased: Rows = rows.alias(**named)
    return aliased


def search_paths(spec: ThingSpec) -> Sequence[str]:
    """The spec's search paths as lookups: the name of a field inside a JSON column stands for its alias."""
    inner = {f.name: lookup_of(spec, f) for f in spec.fields if f.inside}
    return [inner.get(path) or path for path in spec.search]


def stored(field: FieldSpec, value: Any) -> Any:
    """A cleaned value as JSON keeps it: dates ISO, decimals as text with the field's places, a reference by its key."""
    if value is None or value == "":
        return None
    if isinstance(value, models.Model):
        return str(getattr(value, field.ref.key)) if field.ref else value.pk
    if isinstance(value, date):
        return value.isoformat()
    return format(round(value, field.places), "f") if isinstance(value, Decimal) else value


def value_of(field: FieldSpec, kept: Any) -> Any:
    """The inverse of `stored`, but for a reference, which stays its key (callers look keys up for many rows at once)."""
    if kept is None:
        return None
    match field.kind:
        case Kind.DATE:
            return date.fromisoformat(str(kept)[:10])
        case Kind.DECIMAL:
            return Decimal(str(kept))
        case Kind.INTEGER:
            return int(kept)
    return kept


def read(field: FieldSpec, row: Any) -> Any:
    """The field's value of a row, wherever it lies; an empty text inside a JSON column is "", as in a column."""
    if field.value is not None:
        return field.value(row)
    if field.inside and not field.column:
        value = value_of(field, (getattr(row, field.inside) or {}).get(field.name))
        return "" if value is None and field.kind in WORDED else value
    return getattr(row, field.column or field.name)


def put(field: FieldSpec, thing: Any, value: Any) -> list[str]:
    """Writes a value where the field lies (its column, its place in a JSON column, or both); gives the columns touched."""
    touched = []
    if field.inside:
        kept = {k: v for k, v in (getattr(thing, field.inside) or {}).items() if k != field.name}
        if (plain := stored(field, value)) is not None:
            kept[field.name] = plain
        setattr(thing, field.inside, kept)
        touched.append(field.inside)
    if field.column or not field.inside:
        setattr(thing, field.column or field.name, value)
        touched.append(field.column or field.name)
    return touched
