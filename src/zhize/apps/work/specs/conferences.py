"""Conferences as a list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.work.models import Conference
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.selectors import conferences as selectors
from zhize.apps.work.specs.tasks import YEARS
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec, register_spec

CONFERENCE = ThingSpec(
    kind="work.conference",
    label=_("会议"),
    model=Conference,
    fields=(
        FieldSpec("title", _("会议名称"), editable=False),
        FieldSpec(
            "kind", _("会议类别"), Kind.CHOICE, choices=Conference.Kind, editable=False, filter=Filter.EXACT
        ),
        FieldSpec(
            "state", _("会议状态"), Kind.CHOICE, choices=Conference.State, editable=False, filter=Filter.EXACT
        ),
        FieldSpec("held_on", _("会期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("place", _("地点"), editable=False),
        FieldSpec("invited", _("参会单位"), Kind.INTEGER, editable=False, value=lambda row: row.invited),
        FieldSpec("replied", _("已回执"), Kind.INTEGER, editable=False, value=lambda row: row.replied),
        FieldSpec("came", _("到会"), Kind.INTEGER, editable=False, value=lambda row: row.came),
        FieldSpec("chair", _("主持人"), editable=False, default_column=False),
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, editable=False, default_column=False, filter=Filter.EXACT
        ),
    ),
    rows=selectors.conferences_listed,
    may_view=policies.may_see_conferences,
    may_edit=policies.may_call,
    ordering=("-held_on", "-pk"),
    detail="work:conference",
    search=("title", "agenda"),
    api_scope="conferences",
)


def register() -> None:
    """Called when the app is ready."""
    register_spec(CONFERENCE)
