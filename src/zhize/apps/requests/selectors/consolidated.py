"""What all units answered, in one table: a row a unit, a column a field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhize.apps.requests import mapping
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.selectors.lights import OPEN
from zhize.apps.requests.selectors.replies import requests_listed
from zhize.kit.actor import Actor
from zhize.kit.columns import Column, columns_of
from zhize.kit.field_data import value_of
from zhize.kit.fields import FieldSpec, Kind


@dataclass(frozen=True, slots=True)
class Consolidated:
    """Columns and rows of a call's answers; `sums` for columns of numbers, in the columns' order."""

    columns: tuple[Column, ...]
    rows: tuple[UnitRequest, ...]

    def cells(self) -> list[list[str]]:
        return [[column.text(row) for column in self.columns] for row in self.rows]

    def sums(self) -> list[str]:
        """Sums of whole and decimal numbers, exact; empty cells elsewhere. Decimals of other units are not added up twice:
        a column means one thing for every unit."""
        found = [_("合计")]
        for column in self.columns[1:]:
            values = [column.raw(row) for row in self.rows] if column.numeric else []
            numbers = [v for v in values if isinstance(v, int | Decimal)]
            found.append(
                column.words(sum(numbers, Decimal(0) if _is_decimal(column) else 0)) if numbers else ""
            )
        return found

    @property
    def has_numbers(self) -> bool:
        return any(column.numeric for column in self.columns)


def consolidated(actor: Actor, call: Call, *, accepted_only: bool = True) -> Consolidated:
    """The answers handed in to a call (only the accepted ones, or those waiting too), in official order. One statement."""
    states = [UnitRequest.State.ACCEPTED]
    if not accepted_only:
        states += [UnitRequest.State.SUBMITTED, UnitRequest.State.RETURNED]
    rows = (
        requests_listed(actor)
        .filter(call=call, state__in=states, handed_in__isnull=False)
        .order_by("unit__region__order", "unit__order", "pk")
    )
    unit = FieldSpec("unit_name", _("单位"), value=lambda row: row.unit.name)
    nil = FieldSpec("nil", _("零报告"), Kind.BOOL, value=lambda row: row.handed_in["nil_report"] or None)
    said = FieldSpec("said", _("说明"), Kind.LONG, value=lambda row: row.handed_in["statement"])
    asked = [_column(field) for field in mapping.fields_of(call)]
    return Consolidated(columns_of([unit, *asked, said, nil]), tuple(rows))


def left_out(actor: Actor, call: Call, table: Consolidated) -> list[str]:
    """The units of a call that the table does not hold, each with what its answer waits for. One statement."""
    rows = requests_listed(actor).filter(call=call).exclude(pk__in=[row.pk for row in table.rows])
    return [
        f"{row.unit.name}（{'未报送' if row.state in OPEN else row.get_state_display()}）"
        for row in rows.order_by("unit__region__order", "unit__order", "pk")
    ]


def _column(field: FieldSpec) -> FieldSpec:
    def read(row: UnitRequest) -> Any:
        assert row.handed_in is not None  # the selector has looked
        return value_of(field, row.handed_in["answers"].get(field.name))

    return replace(field, value=read)


def _is_decimal(column: Column) -> bool:
    return column.spec.kind is Kind.DECIMAL
