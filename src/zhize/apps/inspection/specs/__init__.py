"""On-site checks as lists and files know them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection import policies
from zhize.apps.inspection.models import Inspection
from zhize.apps.inspection.selectors import inspections as selectors
from zhize.apps.work.specs.tasks import YEARS
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec, register_spec


def _seen(name: str, label: Any, kind: Kind = Kind.TEXT, **more: Any) -> FieldSpec:
    return FieldSpec(name, label, kind, editable=False, **more)


INSPECTION = ThingSpec(
    kind="inspection.inspection",
    label=_("实地核查"),
    model=Inspection,
    fields=(
        _seen("title", _("核查名称")),
        _seen("kind", _("核查类别"), Kind.CHOICE, choices=Inspection.Kind, filter=Filter.EXACT),
        _seen("state", _("核查状态"), Kind.CHOICE, choices=Inspection.State, filter=Filter.EXACT),
        _seen("starts_on", _("核查开始"), Kind.DATE, sortable=True, filter=Filter.RANGE),
        _seen("ends_on", _("核查结束"), Kind.DATE, sortable=True),
        _seen("n_units", _("被查单位数"), Kind.INTEGER, value=lambda row: row.n_units),
        _seen("n_groups", _("核查组数"), Kind.INTEGER, value=lambda row: row.n_groups),
        _seen("n_items", _("核查项目数"), Kind.INTEGER, value=lambda row: row.n_items),
        _seen("announced_on", _("通知日期"), Kind.DATE),
        _seen("basis", _("核查依据"), default_column=False, filter=Filter.CONTAINS),
        _seen("period_start", _("所查期间起"), Kind.DATE, default_column=False),
        _seen("period_end", _("所查期间止"), Kind.DATE, default_column=False),
        _seen("contact", _("联系人和电话"), default_column=False),
        _seen("year", _("年度"), Kind.REF, ref=YEARS, default_column=False, filter=Filter.EXACT),
    ),
    rows=selectors.inspections_listed,
    may_view=policies.may_see_inspections,
    may_edit=policies.may_plan,
    ordering=("-starts_on", "-pk"),
    detail="inspection:inspection",
    search=("title", "basis"),
)


def register() -> None:
    """Called when the app is ready."""
    register_spec(INSPECTION)
