"""Pydantic schemas of a thing, for the API: what comes out, what goes in, what a list may be asked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from zhize.kit.clock import local_day
from zhize.kit.columns import Column, columns_of
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.filters import ThingFilterSet

_TYPES: dict[Kind, type] = {
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.DATE: date,
    Kind.BOOL: bool,
}
_WORDED = {Kind.CHOICE, Kind.REF}


def _name(spec: ThingSpec, suffix: str) -> str:
    return spec.kind.title().replace(".", "").replace("_", "") + suffix


def out_schema(spec: ThingSpec) -> type[Schema]:
    """All listed fields; a choice as its code and a reference as its key, each with its words as `<name>_label`."""
    fields: dict[str, Any] = {"id": (int, ...)}
    for field in spec.listed_fields:
        fields[field.name] = (_TYPES.get(field.kind, str) | None, Field(None, title=str(field.label)))
        if field.kind in _WORDED:
            fields[f"{field.name}_label"] = (str | None, Field(None, title=str(field.label)))
    fields["version"] = (int | None, Field(None, title="version"))
    return create_model(_name(spec, "Out"), __base__=Schema, **fields)


def in_schema(spec: ThingSpec, *, partial: bool) -> type[Schema]:
    """The editable fields, references by key. `partial` (an update) leaves all out but `version`.

    Types are wide on purpose: the thing's form judges the values, in the same words as on the page.
    """
    fields: dict[str, Any] = {}
    for field in spec.editable_fields:
        type_ = _TYPES.get(field.kind, str) | str | None
        default = ... if field.required and not partial and field.kind is not Kind.BOOL else None
        fields[field.name] = (
            type_,
            Field(default, title=str(field.label), description=str(field.help) or None),
        )
    if partial:
        fields["version"] = (int, Field(..., description="the version the change was made against"))
    base = type("Strict", (Schema,), {"model_config": {"extra": "forbid"}})
    return create_model(_name(spec, "Patch" if partial else "In"), __base__=base, **fields)


def query_schema(spec: ThingSpec, filterset: type[ThingFilterSet]) -> type[Schema]:
    """The filters of the list page, `sort`, `cursor` and `limit`."""
    names = {
        name: (str, Field("", title=str(one.label or name))) for name, one in filterset.base_filters.items()
    }
    fields: dict[str, Any] = {
        **names,
        "sort": (str, Field("", description="a sortable field, with - before it for descending")),
        "cursor": (str, Field("", description="`next` or `previous` of another page")),
        "limit": (int, Field(50, ge=1, le=500)),
    }
    return create_model(_name(spec, "Query"), __base__=Schema, **fields)


def sent(spec: ThingSpec, row: Any, columns: tuple[Column, ...] | None = None) -> dict[str, Any]:
    """The row as `out_schema` has it."""
    values: dict[str, Any] = {"id": row.pk, "version": getattr(row, "version", None)}
    for column in columns or columns_of(spec.listed_fields):
        raw = column.raw(row)
        values[column.name] = _code(column.spec, raw)
        if column.spec.kind in _WORDED:
            values[f"{column.name}_label"] = column.read(raw)
    return values


def _code(field: FieldSpec, value: Any) -> Any:
    if value is None:
        return None
    if field.kind is Kind.REF and field.ref:
        return str(getattr(value, field.ref.key, value))
    if field.kind is Kind.DATE and isinstance(value, datetime):
        return local_day(value)
    return value if field.kind in _TYPES else str(value)
