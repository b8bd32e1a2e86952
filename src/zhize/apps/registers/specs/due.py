"""What is due soon or expired, of all registers together, as a list."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.registers import mapping, policies, selectors
from zhize.apps.registers.models import Record, RecordType, record_types
from zhize.apps.registers.specs.records import UNITS
from zhize.apps.registers.specs.subjects import REGIONS
from zhize.kit import clock
from zhize.kit.field_data import two_languages
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec

KIND = "registers.due"


def spec_today() -> ThingSpec:
    return spec_on(clock.today())


@lru_cache(maxsize=16)
def spec_on(on: date) -> ThingSpec:
    """The list as the types of the day have it."""
    types = {one.code: one for one in record_types(on) if one.reading.due}
    registers = models.TextChoices(  # type: ignore[call-overload]
        "DueRegisters",
        {code.upper(): (code, two_languages(t.title, t.title_en)) for code, t in types.items()},
    )
    return ThingSpec(
        kind=KIND,
        label=_("到期提醒"),
        model=Record,
        fields=(
            FieldSpec("title", _("记录"), editable=False, value=lambda row: row.title),
            FieldSpec(
                "name", _("名称"), editable=False, value=lambda row: mapping.name_of(types[row.type], row)
            ),
            FieldSpec(
                "standing",
                _("状态"),
                Kind.CHOICE,
                choices=selectors.DueStanding,
                editable=False,
                light=True,
                value=lambda row: selectors.standing(row, selectors.bounds_of(types[row.type], on)).value,
                filter=Filter.EXACT,
                filter_q=lambda chosen: _standing_q(types, chosen, on),
            ),
            FieldSpec("due_on", _("到期日"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
            FieldSpec("what", _("应办"), editable=False, value=lambda row: _what(types, row)),
            FieldSpec(
                "subject",
                _("企业（主体）"),
                editable=False,
                value=_subject,
                sort=("subject__name",),
                sortable=True,
            ),
            FieldSpec(
                "region",
                _("所在地区"),
                Kind.REF,
                ref=REGIONS,
                editable=False,
                filter=Filter.EXACT,
                filter_q=selectors.in_region_q,
            ),
            FieldSpec(
                "register",
                _("台账"),
                Kind.CHOICE,
                choices=registers,
                editable=False,
                column="type",
                value=lambda row: row.type,
                filter=Filter.EXACT,
            ),
            FieldSpec(
                "keeper",
                _("登记单位"),
                Kind.REF,
                ref=UNITS,
                editable=False,
                default_column=False,
                filter=Filter.EXACT,
            ),
        ),
        rows=lambda actor: selectors.due_records(actor, list(types.values()), on),
        may_view=policies.may_see_registers,
        may_edit=lambda actor: False,
        ordering=("due_on", "pk"),
        detail="registers:record",
        search=("key", "subject__name"),
    )


def _standing_q(types: dict[str, RecordType], chosen: str, on: date) -> Q:
    found = Q(pk__in=[])
    for code, one in types.items():
        found |= Q(type=code) & selectors.standing_q(chosen, selectors.bounds_of(one, on))
    return found


def _what(types: dict[str, RecordType], row: Record) -> str:
    """应重新检定, as the type's rule says."""
    type_ = types[row.type]
    return mapping.due_words(type_, mapping.typed(type_, row.values)) or ""


def _subject(row: Any) -> str:
    return row.subject.name if row.subject else ""
