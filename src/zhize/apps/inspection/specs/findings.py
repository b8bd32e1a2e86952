"""Problems found as lists and files know them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection import policies
from zhize.apps.inspection.models import Finding
from zhize.apps.inspection.selectors import findings as selectors
from zhize.apps.inspection.selectors.inspections import inspections_listed
from zhize.apps.work.specs.tasks import REGIONS, UNITS
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec, register_spec

INSPECTIONS = Ref(load=inspections_listed, key="pk", label="title", search=("title",))


def _seen(name: str, label: Any, kind: Kind = Kind.TEXT, **more: Any) -> FieldSpec:
    return FieldSpec(name, label, kind, editable=False, **more)


FINDING = ThingSpec(
    kind="inspection.finding",
    label=_("核查问题"),
    model=Finding,
    fields=(
        _seen("words", _("问题")),
        _seen("state", _("整改状态"), Kind.CHOICE, choices=Finding.State, filter=Filter.EXACT),
        _seen("unit", _("被查单位"), Kind.REF, ref=UNITS, filter=Filter.EXACT, value=lambda row: row.checked.unit,
              filter_q=lambda unit: Q(checked__unit=unit)),
        _seen("item_name", _("核查项目"), filter=Filter.EXACT),
        _seen("due_on", _("整改期限"), Kind.DATE, sortable=True, filter=Filter.RANGE),
        _seen("task_code", _("整改任务"), value=lambda row: row.task.code if row.task else ""),
        _seen("looked_on", _("回头看日期"), Kind.DATE),
        _seen("inspection", _("实地核查"), Kind.REF, ref=INSPECTIONS, filter=Filter.EXACT,
              value=lambda row: row.checked.inspection, filter_q=lambda one: Q(checked__inspection=one)),
        _seen("region", _("地区"), Kind.REF, ref=REGIONS, filter=Filter.EXACT, default_column=False,
              value=lambda row: row.checked.unit.region, filter_q=lambda one: Q(checked__unit__region=one)),
        _seen("place_name", _("核查点"), default_column=False, value=lambda row: row.place.name if row.place else ""),
        _seen("demand", _("整改要求"), Kind.LONG, default_column=False),
        _seen("found_on", _("发现日期"), Kind.DATE, sortable=True, default_column=False, filter=Filter.RANGE),
        _seen("sent_on", _("下发日期"), Kind.DATE, default_column=False),
        _seen("look", _("回头看情况"), Kind.LONG, default_column=False),
    ),
    rows=selectors.findings_listed,
    may_view=policies.may_see_inspections,
    may_edit=policies.may_plan,
    ordering=("-found_on", "-pk"),
    detail="inspection:finding",
    search=("words", "item_name", "checked__unit__name"),
)  # fmt: skip


def register() -> None:
    """Called when the app is ready."""
    register_spec(FINDING)
