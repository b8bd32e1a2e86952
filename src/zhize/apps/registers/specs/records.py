"""A record type as a thing: list, form, import, export, API, all from its rule data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Unit
from zhize.apps.registers import policies, selectors, services
from zhize.apps.registers.models import Record, RecordType, record_type
from zhize.apps.registers.specs import settling
from zhize.apps.registers.specs.subjects import REGIONS
from zhize.kit import clock
from zhize.kit.field_data import two_languages
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec

UNITS = Ref(load=lambda actor: Unit.objects.visible_to(actor).filter(region_id=actor.region_id or 0))


@lru_cache(maxsize=512)
def spec_on(code: str, on: date) -> ThingSpec:
    """The thing as the type's edition of the day has it."""
    type_ = record_type(code, on)
    return ThingSpec(
        kind=type_.kind,
        label=type_.label,
        model=Record,
        fields=_fields(type_),
        rows=lambda actor: selectors.records_listed(actor, code),
        may_view=lambda actor: policies.may_read(actor, type_),
        may_edit=lambda actor: policies.may_keep(actor, type_),
        ordering=("-occurred_on", "-pk"),
        detail="registers:record",
        create=partial(services.record_create, type_code=code),
        update=services.record_update,
        bulk_save=partial(services.records_save, type_code=code),
        search=(*type_.reading.search, "subject__name", "subject__uscc"),
        api_scope="registers",
        key_column="key",
        settle=partial(settling.settle, type_) if type_.rule.subject else None,
        announce=settling.announce if type_.rule.subject else None,
        objection=partial(settling.objection, type_),
    )


def spec_today(code: str) -> ThingSpec:
    """The thing as its edition of today has it; what the generic pages ask for."""
    return spec_on(code, clock.today())


def _fields(type_: RecordType) -> tuple[FieldSpec, ...]:
    """Key, subject, place, the rest in the order of the data, and what follows from them."""
    own = [_own(type_, f) for f in type_.fields]
    keys = [f for f in own if f.natural_key]
    return (
        *keys,
        *_standing(type_),
        *_subject(type_),
        *(f for f in own if not f.natural_key),
        _region(type_),
        *_due(type_),
        FieldSpec(
            "keeper",
            _("登记单位"),
            Kind.REF,
            ref=UNITS,
            editable=False,
            default_column=False,
            filter=Filter.EXACT,
        ),
    )


def _own(type_: RecordType, field: FieldSpec) -> FieldSpec:
    """A field of the data: its indexed copy is used where it has one."""
    reading = type_.reading
    column = "occurred_on" if field.name == reading.counts_on else ""
    if reading.due and field.name == reading.due.field and not reading.due.months:
        column = "due_on"
    return replace(field, column=column, natural_key=field.name in reading.key)


def _subject(type_: RecordType) -> list[FieldSpec]:
    about = type_.rule.subject
    if about is None:
        return []
    return [
        FieldSpec(
            "subject_name",
            two_languages(about.label, about.label_en),
            required=about.required,
            max_length=120,
            sortable=True,
            sort=("subject__name",),
            value=_subject_name,
            help=_("填全称；已登记的按代码或全称认出，没有登记过的随本记录一并登记"),
            example="演示企业有限公司",
            synonyms=about.synonyms,
            attrs={
                "list": "known-subjects",
                "autocomplete": "off",
                "hx-get": reverse_lazy("registers:suggest"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#known-subjects",
            },
        ),
        FieldSpec(
            "subject_code",
            _("统一社会信用代码"),
            Kind.CODE,
            max_length=18,
            default_column=False,
            value=_subject_code,
            help=_("18 位；没有的可留空"),
            synonyms=about.code_synonyms,
        ),
    ]


def _subject_name(row: Record) -> str:
    return row.subject.name if row.subject else ""


def _subject_code(row: Record) -> str:
    return row.subject.uscc if row.subject else ""


def _region(type_: RecordType) -> FieldSpec:
    return FieldSpec(
        "region",
        _("所在地区"),
        Kind.REF,
        ref=REGIONS,
        sortable=True,
        filter=Filter.EXACT,
        filter_q=selectors.in_region_q,
        help=_("不填则按主体登记的地区") if type_.rule.subject else "",
        synonyms=("地区", "所在市州", "市州", "所属地区", "行政区划"),
    )


def _due(type_: RecordType) -> list[FieldSpec]:
    """The due date that counts, where it is worked out and not simply a field of the record."""
    due = type_.reading.due
    if due is None or (due.field and not due.months):
        return []
    label = two_languages(f"{due.label}（认定）", f"{due.label_en} (counted)")
    return [FieldSpec("due_on", label, Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE)]


def _standing(type_: RecordType) -> list[FieldSpec]:
    if type_.reading.due is None:
        return []
    return [
        FieldSpec(
            "standing",
            _("状态"),
            Kind.CHOICE,
            choices=selectors.Standing,
            editable=False,
            light=True,
            value=lambda row: _light(type_, row),
            filter=Filter.EXACT,
            filter_q=lambda chosen: selectors.standing_q(chosen, selectors.bounds_of(type_, clock.today())),
        )
    ]


def _light(type_: RecordType, row: Any) -> str:
    return selectors.standing(row, selectors.bounds_of(type_, clock.today())).value
