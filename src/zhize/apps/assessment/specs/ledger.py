"""The list of 平时加减分."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment import policies, selectors
from zhize.apps.assessment.models import LedgerItem
from zhize.apps.years.specs import YEARS
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec

LEDGER_ITEM = ThingSpec(
    kind="assessment.ledger_item",
    label=_("平时加减分"),
    model=LedgerItem,
    fields=(
        FieldSpec("dated_on", _("发生日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("unit", _("单位或地区"), editable=False, value=lambda row: row.unit.name),
        FieldSpec("title", _("加减分事由"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("points", _("加减分值"), Kind.DECIMAL, places=2, editable=False, sortable=True),
        FieldSpec("category", _("加减分类别"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("basis", _("依据"), editable=False),
        FieldSpec("year", _("年度"), Kind.REF, ref=YEARS, editable=False, filter=Filter.EXACT, default_column=False),
        FieldSpec("recorded_by", _("登记人"), editable=False, default_column=False),
        FieldSpec("withdraw_reason", _("撤销理由"), editable=False),
    ),
    rows=selectors.ledger_listed,
    may_view=policies.may_see_rounds,
    may_edit=policies.may_keep_rounds,
    ordering=("-dated_on", "-pk"),
    detail="assessment:ledger_item",
    search=("title", "unit__name", "basis"),
    api_scope="assessment",
)  # fmt: skip
