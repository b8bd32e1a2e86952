"""The year's obligations as lists, Excel and API know them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.selectors import regions_near, units_near
from zhize.apps.regulations import policies, selectors
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.specs import YEARS
from zhize.kit import clock
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec
from zhize.kit.scope import ScopedQuerySet

UNITS = Ref(load=units_near)
DUTIES = Ref(
    load=lambda actor: Duty.objects.visible_to(actor).order_by("order", "pk"), key="code", label="title"
)
REGIONS = Ref(load=regions_near)


def obligations_of_today(actor: Actor) -> ScopedQuerySet[Any]:
    """What lists show: each row with its light of this day as a column."""
    day = selectors.bounds(clock.today())
    return selectors.obligations_lit(actor).annotate(light=selectors.light_case(day))


OBLIGATION = ThingSpec(
    kind="regulations.obligation",
    label=_("履职事项"),
    model=Obligation,
    fields=(
        FieldSpec("duty", _("职责"), editable=False, value=lambda row: row.duty.title),
        FieldSpec(
            "light",
            _("状态"),
            Kind.CHOICE,
            choices=selectors.Light,
            editable=False,
            light=True,
            value=lambda row: row.light,
            filter=Filter.EXACT,
            filter_q=lambda chosen: selectors.light_q(chosen, selectors.bounds(clock.today())),
        ),
        FieldSpec(
            "tally",
            _("落实情况"),
            Kind.CHOICE,
            choices=selectors.Tally,
            editable=False,
            listed=False,
            filter=Filter.EXACT,
            filter_q=selectors.tally_q,
        ),
        FieldSpec("unit", _("责任单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec(
            "nature",
            _("性质"),
            Kind.CHOICE,
            choices=Duty.Nature,
            editable=False,
            default_column=False,
            value=lambda row: row.duty.nature,
            filter=Filter.EXACT,
            filter_q=lambda chosen: Q(duty__nature=chosen),
        ),
        FieldSpec("period_label", _("期间"), editable=False),
        FieldSpec("due_on", _("期限"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("done_on", _("履行日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("counts", _("次数"), editable=False, value=lambda row: row.count_words),
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, editable=False, default_column=False, filter=Filter.EXACT
        ),
        FieldSpec(
            "rolled_from",
            _("结转自"),
            Kind.REF,
            ref=YEARS,
            editable=False,
            default_column=False,
            filter=Filter.EXACT,
        ),
        FieldSpec(
            "duty_code", _("职责编号"), editable=False, default_column=False, value=lambda row: row.duty.code
        ),
        FieldSpec(
            "of_duty",
            _("所属职责"),
            Kind.REF,
            ref=DUTIES,
            editable=False,
            listed=False,
            filter=Filter.EXACT,
            filter_q=lambda duty: Q(duty=duty),
        ),
        FieldSpec(
            "region",
            _("地区"),
            Kind.REF,
            ref=REGIONS,
            editable=False,
            listed=False,
            filter=Filter.EXACT,
            filter_q=lambda region: Q(unit__region=region),
        ),
        FieldSpec(
            "unit_kind",
            _("单位类别"),
            Kind.CHOICE,
            choices=Unit.Kind,
            editable=False,
            listed=False,
            filter=Filter.EXACT,
            filter_q=lambda chosen: Q(unit__kind=chosen),
        ),
        FieldSpec(
            "status",
            _("报送状态"),
            Kind.CHOICE,
            choices=Obligation.Status,
            editable=False,
            default_column=False,
        ),
    ),
    rows=obligations_of_today,
    may_view=policies.may_see_register,
    may_edit=policies.may_keep_register,
    ordering=("due_on", "pk"),
    detail="regulations:obligation",
    search=("duty__title", "unit__name", "duty__code"),
    api_scope="obligations",
)
