"""How a field of a row reads on a page, in a file and over the API: one answer per kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind, Ref, ThingSpec
from zhize.kit.inside import column_of, read

NUMERIC = {Kind.INTEGER, Kind.DECIMAL}
SHORTENED = 80


@dataclass(frozen=True)
class Column:
    """One column, ready for many rows: words are looked up once, not once a row."""

    spec: FieldSpec
    label: str
    choices: dict[str, str]
    yes: str
    no: str

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def numeric(self) -> bool:
        return self.spec.kind in NUMERIC

    def raw(self, row: Any) -> Any:
        """The value itself: a model instance for a reference, a code for a choice."""
        return read(self.spec, row)

    def plain(self, row: Any) -> str | int | float | Decimal | date | None:
        """The value for a file: numbers and dates stay what they are, all else in the words people see."""
        return self.read(self.raw(row))

    def read(self, value: Any) -> str | int | float | Decimal | date | None:
        if value is None or value == "":
            return None
        match self.spec.kind:
            case Kind.CHOICE:
                return self.choices.get(str(value), str(value))
            case Kind.REF:
                return _label(self.spec.ref, value)
            case Kind.BOOL:
                return self.yes if value else self.no
            case Kind.DATE if isinstance(value, datetime):
                return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
            case Kind.DATE if isinstance(value, date):
                return value
            case Kind.INTEGER | Kind.DECIMAL if isinstance(value, int | float | Decimal):
                return value
        return str(value)

    def text(self, row: Any) -> str:
        """The value on a page."""
        return self.words(self.plain(row))

    def words(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if self.spec.kind is Kind.DECIMAL:
            return f"{value:,.{self.spec.places}f}"
        if self.spec.kind is Kind.INTEGER and isinstance(value, int) and abs(value) >= 10_000:
            return f"{value:,}"  # below that a year stays a year: 2012, not 2,012
        text = str(value)
        if self.spec.kind is Kind.LONG and len(text) > SHORTENED:
            return text[: SHORTENED - 1] + "…"
        return text


def _label(ref: Ref | None, value: Any) -> str:
    return str(getattr(value, ref.label)) if ref and isinstance(value, models.Model) else str(value)


def columns_of(fields: Sequence[FieldSpec]) -> tuple[Column, ...]:
    """Columns with their words in the language of now."""
    return tuple(
        Column(
            spec=field,
            label=str(field.label),
            choices={str(k): str(v) for k, v in field.choices.choices} if field.choices else {},
            yes=_("是"),
            no=_("否"),
        )
        for field in fields
    )


def joined(spec: ThingSpec, rows: models.QuerySet[Any], fields: Sequence[FieldSpec]) -> models.QuerySet[Any]:
    """The rows with the references these fields show, in the same statement."""
    columns = [column_of(spec, f) for f in fields if f.kind is Kind.REF]
    names = [column.name for column in columns if column is not None]
    return rows.select_related(*names) if names else rows


def row_of(spec: ThingSpec, actor: Actor, pk: Any) -> Any | None:
    """One row within the actor's scope with its references, or None."""
    return joined(spec, spec.rows(actor), spec.fields).filter(pk=pk).first()
