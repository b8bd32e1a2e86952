"""The register of duties, as list, form, table of holders and of the division of work, and as what comes back from Excel."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from zhize.apps.regulations import policies, selectors
from zhize.apps.regulations.mapping.duty_papers import clauses_of_duty, division_of, holders_cell, when_of
from zhize.apps.regulations.models import Duty
from zhize.apps.regulations.services import duty_update, register_save
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec
from zhize.kit.measures import sources

DUTY = ThingSpec(
    kind="regulations.duty",
    label=_("职责"),
    model=Duty,
    fields=(
        FieldSpec("code", _("职责编号"), Kind.CODE, natural_key=True, editable=False, sortable=False),
        FieldSpec(
            "title",
            _("职责"),
            required=True,
            max_length=60,
            filter=Filter.CONTAINS,
            help=_("列表中显示的短标题"),
        ),
        FieldSpec("clauses", _("条款"), editable=False, value=clauses_of_duty),
        FieldSpec("holders", _("责任主体"), editable=False, value=holders_cell),
        FieldSpec("kind", _("类别"), Kind.CHOICE, choices=Duty.Kind, required=True, filter=Filter.EXACT),
        FieldSpec("nature", _("性质"), Kind.CHOICE, choices=Duty.Nature, required=True, filter=Filter.EXACT),
        FieldSpec(
            "source_codes",
            _("认定来源"),
            Kind.SEVERAL,
            options=lambda actor: [(s.code, str(s.label)) for s in sources().values()],
            help=_("系统内办成哪些事、台账有哪些记录，就自动认定这项职责"),
            default_column=False,
        ),
        FieldSpec(
            "is_common", _("共同职责"), Kind.BOOL, editable=False, default_column=False, filter=Filter.EXACT
        ),
        FieldSpec("flag", _("待核事项"), max_length=300, default_column=False),
        FieldSpec(
            "text", _("职责原文"), Kind.LONG, editable=False, default_column=False, filter=Filter.CONTAINS
        ),
        FieldSpec("valid_from", _("自"), Kind.DATE, default_column=False),
        FieldSpec("valid_to", _("至"), Kind.DATE, default_column=False),
    ),
    rows=selectors.duties_listed,
    may_view=policies.may_see_register,
    may_edit=policies.may_keep_register,
    ordering=("order", "pk"),
    detail="regulations:duty",
    update=duty_update,
    search=("title", "text", "code", "holders__printed"),
    api_scope="register",
)


# The same table as a person takes it back in: the duty's code leads, text and clauses are the document's.
REGISTER = ThingSpec(
    kind="regulations.register",
    label=_("责任清单"),
    model=Duty,
    fields=(
        FieldSpec(
            "code", _("职责编号"), Kind.CODE, natural_key=True, required=True, help=_("导出的编号，不能改")
        ),
        *(replace(f, required=False) for f in DUTY.fields if f.editable),
        FieldSpec(
            "holders",
            _("责任主体"),
            Kind.LONG,
            value=holders_cell,
            max_length=1000,
            help=_("几个主体用“；”隔开，牵头、配合等写在括号里，如：省质监局（牵头）；省工商局"),
        ),
    ),
    rows=selectors.own_register,
    may_view=policies.may_see_register,
    may_edit=policies.may_keep_register,
    ordering=("order", "pk"),
    detail="regulations:duty",
    bulk_save=register_save,
    settle=selectors.register_objections,
    announce=selectors.register_announcement,
)


# The register as one row a duty × holder (mapping.duty_papers.Holding), for Excel.
HOLDING_FIELDS = (
    FieldSpec("code", _("职责编号"), Kind.CODE, value=lambda row: row.duty.code),
    FieldSpec("holder", _("责任主体"), value=lambda row: row.holder_name),
    FieldSpec("role", _("责任"), value=lambda row: row.role_label),
    FieldSpec("title", _("职责"), value=lambda row: row.duty.title),
    FieldSpec("text", _("职责原文"), Kind.LONG, value=lambda row: row.duty.text),
    FieldSpec("clauses", _("条款"), value=lambda row: clauses_of_duty(row.duty)),
    FieldSpec("kind", _("类别"), Kind.CHOICE, choices=Duty.Kind, value=lambda row: row.duty.kind),
    FieldSpec("nature", _("性质"), Kind.CHOICE, choices=Duty.Nature, value=lambda row: row.duty.nature),
    FieldSpec("when", _("周期与期限"), value=lambda row: when_of(row.duty)),
    FieldSpec("flag", _("待核事项"), value=lambda row: row.duty.flag),
)


# 任务分工表 for Excel: one row a duty (Duty), who leads and who helps apart.
DIVISION_FIELDS = (
    FieldSpec("code", _("职责编号"), Kind.CODE),
    FieldSpec("text", _("工作任务"), Kind.LONG),
    FieldSpec("lead", _("牵头（责任）单位"), value=lambda row: division_of(row)[0]),
    FieldSpec("support", _("配合单位"), value=lambda row: division_of(row)[1]),
    FieldSpec("when", _("完成时限"), value=when_of),
    FieldSpec("clauses", _("条款"), value=clauses_of_duty),
    FieldSpec("flag", _("待核事项")),
)
