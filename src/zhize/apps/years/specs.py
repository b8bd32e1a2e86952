"""The things of this app as lists, forms, Excel and API know them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.years import policies, selectors, services
from zhize.apps.years.models import CalendarDay, WorkYear
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec, register_spec

YEARS = Ref(
    load=lambda actor: WorkYear.objects.visible_to(actor), key="label", label="label", search=("label",)
)
"""The years of work the actor may see, chosen by their label."""

CALENDAR_DAY = ThingSpec(
    kind="years.calendar_day",
    label=_("节假日"),
    model=CalendarDay,
    fields=(
        FieldSpec("date", _("日期"), Kind.DATE, required=True, natural_key=True, sortable=True, filter=Filter.RANGE, example="2012-10-01"),
        FieldSpec("is_working", _("上班"), Kind.BOOL, filter=Filter.EXACT, help=_("周末调休上班填“是”，放假填“否”")),
        FieldSpec("name", _("名称"), required=True, max_length=40, filter=Filter.CONTAINS, example="国庆节"),
        FieldSpec("source", _("依据"), max_length=200, example="国务院办公厅关于2012年部分节假日安排的通知"),
    ),
    rows=selectors.calendar_days,
    may_view=policies.may_see_calendar,
    may_edit=policies.may_edit_calendar,
    ordering=("-date", "pk"),
    detail="years:day",
    may_open=lambda actor, row: policies.may_edit_calendar(actor),
    create=services.calendar_day_set,
    update=services.calendar_day_update,
    bulk_save=services.calendar_days_save,
    search=("name", "source"),
    api_scope="calendar",
)  # fmt: skip


def register() -> None:
    """Called when the app is ready."""
    register_spec(CALENDAR_DAY)
