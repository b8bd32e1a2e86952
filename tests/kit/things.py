"""Things of these tests: units and calendar days as lists and forms know them, with services that use `check_version`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from zhize.apps.orgs.models import Region, Unit
from zhize.apps.years.models import CalendarDay
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec
from zhize.kit.versioned import check_version, snapshot

REGIONS = Ref(load=lambda actor: Region.objects.visible_to(actor), key="code", label="name")


@transaction.atomic
def unit_create(*, data: dict[str, Any], actor: Actor, now: datetime) -> Unit:
    unit = Unit(**data)
    unit.full_clean()
    unit.save()
    return unit


@transaction.atomic
def unit_update(
    *, thing: Unit, data: dict[str, Any], version: int | None, actor: Actor, now: datetime
) -> Unit:
    unit = Unit.objects.visible_to(actor).select_for_update().get(pk=thing.pk)
    check_version(unit, version, mine=snapshot(Unit(**data), list(data)), changed_by="同事甲")
    for name, value in data.items():
        setattr(unit, name, value)
    unit.version += 1
    unit.full_clean()
    unit.save()
    return unit


UNITS = ThingSpec(
    kind="test.unit",
    label="单位",
    model=Unit,
    fields=(
        FieldSpec(
            "name", "名称", required=True, sortable=True, filter=Filter.CONTAINS, help="公文中使用的名称"
        ),
        FieldSpec("code", "代码", Kind.CODE, required=True, natural_key=True, sortable=True),
        FieldSpec("region", "地区", Kind.REF, required=True, ref=REGIONS, sortable=True, filter=Filter.EXACT),
        FieldSpec(
            "kind", "类别", Kind.CHOICE, required=True, choices=Unit.Kind, sortable=True, filter=Filter.EXACT
        ),
        FieldSpec("order", "建制顺序", Kind.INTEGER, sortable=True, filter=Filter.RANGE, required=True),
        FieldSpec("full_name", "全称", Kind.LONG, default_column=False),
        FieldSpec("valid_from", "设立日期", Kind.DATE, sortable=True, filter=Filter.RANGE),
        FieldSpec("valid_to", "撤销日期", Kind.DATE, sortable=True),
        FieldSpec(
            "letters",
            "字数",
            Kind.INTEGER,
            editable=False,
            default_column=False,
            value=lambda unit: len(unit.name),
        ),
    ),
    rows=lambda actor: Unit.objects.visible_to(actor),
    may_view=lambda actor: actor.user_id is not None,
    may_edit=lambda actor: actor.has("office_staff"),
    ordering=("order", "code"),
    create=unit_create,
    update=unit_update,
    search=("name", "code", "region__name"),
)

DAYS = ThingSpec(
    kind="test.day",
    label="节假日",
    model=CalendarDay,
    fields=(
        FieldSpec(
            "date", "日期", Kind.DATE, required=True, sortable=True, filter=Filter.EXACT, natural_key=True
        ),
        FieldSpec("is_working", "上班", Kind.BOOL, sortable=True, filter=Filter.EXACT),
        FieldSpec("name", "名称", required=True, sortable=True),
        FieldSpec("source", "依据"),
    ),
    rows=lambda actor: CalendarDay.objects.visible_to(actor),
    may_view=lambda actor: actor.user_id is not None,
    may_edit=lambda actor: False,
    ordering=("date",),
)


class Seat(models.TextChoices):
    HOME = "home", "省直部门"
    AWAY = "away", "其他"


ALIASED = replace(
    UNITS,
    kind="test.aliased",
    fields=(
        UNITS.field("name"),
        FieldSpec(
            "seat",
            "在哪里",
            Kind.CHOICE,
            choices=Seat,
            editable=False,
            value=lambda unit: "home" if unit.kind == "department" else "away",
            filter=Filter.EXACT,
            filter_q=lambda chosen: Q(kind="department") if chosen == "home" else ~Q(kind="department"),
        ),
    ),
    search=("name", "aliases__name"),
)
HIDDEN = replace(UNITS, kind="test.hidden", may_view=lambda actor: False)
