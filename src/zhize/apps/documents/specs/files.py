"""Evidence as lists, forms, Excel and API know it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.documents import policies, selectors
from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_update
from zhize.apps.orgs.selectors import units_near
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec

UNITS = Ref(load=units_near)

EVIDENCE = ThingSpec(
    kind=selectors.EVIDENCE,
    label=_("佐证材料"),
    model=Evidence,
    fields=(
        FieldSpec("title", _("材料名称"), required=True, max_length=120, filter=Filter.CONTAINS),
        FieldSpec("doc_no", _("文号"), max_length=60, example="甘质监〔2012〕5号", filter=Filter.CONTAINS),
        FieldSpec("unit", _("提供单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec(
            "dated_on",
            _("材料日期"),
            Kind.DATE,
            required=True,
            sortable=True,
            filter=Filter.RANGE,
            help=_("材料本身的成文日期"),
        ),
        FieldSpec("period_start", _("所属期起"), Kind.DATE, default_column=False),
        FieldSpec("period_end", _("所属期止"), Kind.DATE, default_column=False),
        FieldSpec(
            "publicity",
            _("公开属性"),
            Kind.CHOICE,
            required=True,
            choices=Evidence.Publicity,
            filter=Filter.EXACT,
        ),
    ),
    rows=selectors.evidence_listed,
    may_view=policies.may_see_evidence,
    may_edit=policies.may_keep_evidence,
    ordering=("-dated_on", "-pk"),
    detail="documents:evidence",
    update=evidence_update,
    search=("title", "doc_no", "file__name"),
    api_scope="evidence",
)
