"""约谈 as a list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.work.models import Talk
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import talks as selectors
from zhize.apps.work.specs.tasks import UNITS, YEARS
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec, register_spec

TALK = ThingSpec(
    kind=selectors.KIND,
    label=_("约谈记录"),
    model=Talk,
    fields=(
        FieldSpec("unit", _("被约谈单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec("held_on", _("约谈日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("leader", _("约谈人"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("words", _("约谈内容"), Kind.LONG, editable=False),
        FieldSpec("promise", _("整改承诺"), Kind.LONG, editable=False),
        FieldSpec("due_on", _("整改期限"), Kind.DATE, editable=False, filter=Filter.RANGE),
        FieldSpec("present", _("参加人员"), editable=False, default_column=False),
        FieldSpec("by", _("登记人"), editable=False, default_column=False),
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, editable=False, default_column=False, filter=Filter.EXACT
        ),
    ),
    rows=selectors.talks_listed,
    may_view=policies.may_see_tasks,
    may_edit=lambda actor: False,
    ordering=("-held_on", "-pk"),
    detail="work:talk",
    search=("unit__name", "leader", "words", "promise"),
)


def register() -> None:
    """Called when the app is ready."""
    register_spec(TALK)
