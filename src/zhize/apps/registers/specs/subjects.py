"""Subjects as lists, forms and API know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.registers import policies, selectors, services
from zhize.apps.registers.models import Subject
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec

REGIONS = Ref(load=selectors.regions_below, aliases=selectors.region_aliases)

SUBJECT = ThingSpec(
    kind="registers.subject",
    label=_("企业（主体）"),
    model=Subject,
    fields=(
        FieldSpec(
            "name", _("名称"), required=True, max_length=120, sortable=True, example="演示企业有限公司"
        ),
        FieldSpec(
            "uscc",
            _("统一社会信用代码"),
            Kind.CODE,
            max_length=18,
            sortable=True,
            help=_("18 位，录入时核对校验位；没有的可留空，以后补登"),
        ),
        FieldSpec("kind", _("类别"), Kind.CHOICE, required=True, choices=Subject.Kind, filter=Filter.EXACT),
        FieldSpec(
            "region",
            _("所在地区"),
            Kind.REF,
            required=True,
            ref=REGIONS,
            sortable=True,
            filter=Filter.EXACT,
            filter_q=selectors.in_region_q,
        ),
        FieldSpec("address", _("地址"), max_length=200),
        FieldSpec("note", _("备注"), max_length=300, default_column=False),
        FieldSpec(
            "created_at", _("登记时间"), Kind.DATE, editable=False, default_column=False, sortable=True
        ),
        FieldSpec("created_by", _("登记人"), editable=False, default_column=False),
    ),
    rows=selectors.subjects_listed,
    may_view=policies.may_see_subjects,
    may_edit=policies.may_keep_subjects,
    ordering=("region", "name"),
    detail="registers:subject",
    create=services.subject_create,
    update=services.subject_update,
    search=("name", "uscc", "former_names__name"),
    api_scope="registers",
    objection=lambda actor, thing: (
        "" if policies.may_change_subject(actor, thing) else "这个主体不在您的地区"
    ),
)
