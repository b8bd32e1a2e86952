"""The roster as a list: one line a unit, gaps to be filtered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import policies
from zhize.apps.orgs.models import Membership
from zhize.apps.orgs.selectors.roster import RosterGap, gap_q, roster
from zhize.kit import clock
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec

ROSTER = ThingSpec(
    kind="orgs.roster",
    label=_("联络员名册"),
    model=Membership,
    fields=(
        FieldSpec("unit", _("单位"), editable=False, value=lambda row: row.unit.name),
        FieldSpec("leader_name", _("分管领导"), editable=False, value=lambda row: row.leader_name),
        FieldSpec("leader_title", _("分管领导职务"), editable=False, value=lambda row: row.leader_title),
        FieldSpec("leader_phone", _("分管领导电话"), editable=False, value=lambda row: row.leader_phone),
        FieldSpec("liaison_name", _("联络员"), editable=False, value=lambda row: row.liaison_name),
        FieldSpec("liaison_title", _("联络员职务"), editable=False, value=lambda row: row.liaison_title),
        FieldSpec("liaison_phone", _("联络员电话"), editable=False, value=lambda row: row.liaison_phone),
        FieldSpec(
            "checked_on",
            _("最近核对"),
            Kind.DATE,
            editable=False,
            value=lambda row: row.liaison_checked_on or row.leader_checked_on,
        ),
        FieldSpec(
            "gap",
            _("名册缺项"),
            Kind.CHOICE,
            choices=RosterGap,
            editable=False,
            listed=False,
            filter=Filter.EXACT,
            filter_q=gap_q,
        ),
    ),
    rows=lambda actor: roster(actor, clock.today()),
    may_view=policies.may_read_directory,
    may_edit=lambda actor: False,
    ordering=("order", "pk"),
    detail="orgs:roster_unit",
    search=("unit__name", "unit__full_name"),
)
