"""Lists: rounds, own editions of schemes, reports from below."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment import policies, selectors
from zhize.apps.assessment.models import LocalReport, Round, SchemeDraft, SchemeEdition
from zhize.apps.assessment.selectors.reports import reports_listed
from zhize.apps.assessment.specs.ledger import LEDGER_ITEM
from zhize.apps.assessment.specs.surveys import SURVEY_RESULT
from zhize.apps.years.specs import YEARS
from zhize.kit.clock import local_day
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec, register_spec


def handed_words(row: Any) -> str:
    """12/14: how many handed in their self-evaluation."""
    return f"{row.handed_count}/{row.objects_count}"


ROUND = ThingSpec(
    kind="assessment.round",
    label=_("考核"),
    model=Round,
    fields=(
        FieldSpec("title", _("考核名称"), filter=Filter.CONTAINS, editable=False),
        FieldSpec("year", _("年度"), Kind.REF, ref=YEARS, editable=False, filter=Filter.EXACT),
        FieldSpec("state", _("状态"), Kind.CHOICE, choices=Round.State, editable=False, filter=Filter.EXACT),
        FieldSpec("handed", _("自评报送"), editable=False, value=handed_words),
        FieldSpec("scheme_title", _("考核办法"), editable=False, default_column=False),
        FieldSpec("self_due_on", _("自评期限"), Kind.DATE, editable=False, sortable=True),
        FieldSpec("cut_off_on", _("数据截止日期"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("approved_on", _("审定日期"), Kind.DATE, editable=False),
        FieldSpec("published_on", _("通报日期"), Kind.DATE, editable=False, sortable=True),
    ),
    rows=selectors.rounds_listed,
    may_view=policies.may_see_rounds,
    may_edit=policies.may_keep_rounds,
    ordering=("-created_at", "-pk"),
    detail="assessment:round",
    search=("title", "scheme_title"),
    api_scope="assessment",
)
SCHEME = ThingSpec(
    kind="assessment.scheme",
    label=_("考核办法"),
    model=SchemeEdition,
    fields=(
        FieldSpec("title", _("考核办法"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("code", _("办法代码"), Kind.CODE, editable=False, filter=Filter.EXACT),
        FieldSpec("number", _("版次"), Kind.INTEGER, editable=False),
        FieldSpec("source", _("依据"), editable=False),
        FieldSpec("valid_from", _("施行日期"), Kind.DATE, editable=False, sortable=True),
        FieldSpec("accepted", _("保留说明"), editable=False, default_column=False),
        FieldSpec("created_by", _("登记人"), editable=False, default_column=False),
    ),
    rows=selectors.editions_listed,
    may_view=policies.may_keep_rounds,
    may_edit=policies.may_keep_rounds,
    ordering=("code", "-number", "pk"),
    detail="assessment:edition",
    search=("title", "code"),
    api_scope="assessment",
)
DRAFT = ThingSpec(
    kind="assessment.draft",
    label=_("考核办法草稿"),
    model=SchemeDraft,
    fields=(
        FieldSpec("title", _("考核办法"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("code", _("办法代码"), Kind.CODE, editable=False, filter=Filter.EXACT),
        FieldSpec("source", _("依据"), editable=False, default_column=False),
        FieldSpec(
            "edition",
            _("登记为"),
            editable=False,
            value=lambda row: _("第 %(n)s 版") % {"n": row.edition.number} if row.edition else "",
        ),
        FieldSpec(
            "updated_at",
            _("修改时间"),
            Kind.DATE,
            editable=False,
            value=lambda row: local_day(row.updated_at),
        ),
        FieldSpec("updated_by", _("修改人"), editable=False),
    ),
    rows=selectors.drafts_listed,
    may_view=policies.may_keep_rounds,
    may_edit=policies.may_keep_rounds,
    ordering=("-updated_at", "-pk"),
    detail="assessment:draft",
    search=("title", "code"),
    api_scope="assessment",
)
LOCAL_REPORT = ThingSpec(
    kind="assessment.local_report",
    label=_("本地考核报告"),
    model=LocalReport,
    fields=(
        FieldSpec("unit", _("报告单位"), editable=False, value=lambda row: row.unit.name),
        FieldSpec("title", _("考核名称"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("year_label", _("年度"), editable=False, filter=Filter.EXACT),
        FieldSpec(
            "submitted_at",
            _("报告时间"),
            Kind.DATE,
            editable=False,
            value=lambda row: local_day(row.submitted_at),
        ),
        FieldSpec("submitted_by", _("报告人"), editable=False, default_column=False),
    ),
    rows=reports_listed,
    may_view=policies.may_see_rounds,
    may_edit=policies.may_keep_rounds,
    ordering=("-submitted_at", "-pk"),
    detail="assessment:local_report",
    search=("title", "unit__name"),
    api_scope="assessment",
)


def register() -> None:
    """Called when the app is ready."""
    for spec in (ROUND, SCHEME, DRAFT, LOCAL_REPORT, SURVEY_RESULT, LEDGER_ITEM):
        register_spec(spec)
