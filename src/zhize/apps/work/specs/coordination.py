"""Matters raised for coordination as lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.models import Matter
from zhize.apps.work.policies import coordination as policies
from zhize.apps.work.selectors import coordination as selectors
from zhize.apps.work.specs.tasks import UNITS, YEARS
from zhize.kit import clock
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec, register_spec


def light_of(row: Matter) -> Any:
    """The light of a row, against the boundaries of this day."""
    return selectors.matter_light(row, bounds(clock.today()))


MATTER = ThingSpec(
    kind="work.matter",
    label=_("协调事项"),
    model=Matter,
    fields=(
        FieldSpec("title", _("协调事项"), editable=False),
        FieldSpec(
            "light",
            _("状态"),
            Kind.CHOICE,
            choices=selectors.MatterLight,
            editable=False,
            light=True,
            value=light_of,
            filter=Filter.EXACT,
            filter_q=lambda chosen: selectors.matter_light_q(chosen, bounds(clock.today())),
        ),
        FieldSpec(
            "state", _("办理状态"), Kind.CHOICE, choices=Matter.State, editable=False, filter=Filter.EXACT
        ),
        FieldSpec("unit", _("提请单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec("due_on", _("希望解决日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("wanted", _("请求协调解决"), Kind.LONG, editable=False),
        FieldSpec("wanted_of", _("涉及单位"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("asked", _("征求单位"), Kind.INTEGER, editable=False, value=lambda row: row.asked),
        FieldSpec("replied", _("已回复"), Kind.INTEGER, editable=False, value=lambda row: row.replied),
        FieldSpec("raised_at", _("提请时间"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec(
            "problem",
            _("存在的问题"),
            Kind.LONG,
            editable=False,
            default_column=False,
        ),
        FieldSpec("tried", _("已做的工作"), Kind.LONG, editable=False, default_column=False),
        FieldSpec("answer", _("办公室答复"), Kind.LONG, editable=False, default_column=False),
        FieldSpec("answered_on", _("答复日期"), Kind.DATE, editable=False, default_column=False),
        FieldSpec(
            "settled_on",
            _("解决日期"),
            Kind.DATE,
            editable=False,
            default_column=False,
            filter=Filter.RANGE,
        ),
        FieldSpec("by", _("提请人"), editable=False, default_column=False),
        FieldSpec("phone", _("联系电话"), editable=False, default_column=False),
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, editable=False, default_column=False, filter=Filter.EXACT
        ),
        FieldSpec(
            "tally",
            _("答复情况"),
            Kind.CHOICE,
            choices=selectors.MatterTally,
            editable=False,
            listed=False,
            filter=Filter.EXACT,
            filter_q=selectors.matter_tally_q,
        ),
    ),
    rows=selectors.matters_listed,
    may_view=policies.may_see_matters,
    may_edit=policies.may_raise_any,
    ordering=("-raised_at", "-pk"),
    detail="work:matter",
    search=("title", "problem", "unit__name"),
)
ASKED = replace(
    MATTER, kind="work.matter_asked", label=_("征求本单位意见的协调事项"), rows=selectors.matters_asked_of
)


def register() -> None:
    """Called when the app is ready."""
    for spec in (MATTER, ASKED):
        register_spec(spec)
