"""责任空白: clauses nobody owns, duties without obligation, obligations nothing shows; each with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from zhize.apps.regulations.models import (
    Clause,
    Discharge,
    DischargeEvidence,
    Duty,
    DutyClause,
    DutyHolder,
    Obligation,
    ProposedDuty,
    Regulation,
)
from zhize.apps.regulations.selectors.texts import LIVE, duties_listed, in_year
from zhize.apps.years.models import WorkYear
from zhize.core.duties import coverage
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

SHOWN = 200


@dataclass(frozen=True, slots=True)
class DutyGap:
    """A duty of which nobody owes anything this year, wholly or for the units named; `why` in words."""

    duty: Duty
    units: tuple[str, ...]
    why: str
    reform: bool = False


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing in a year. Of obligations the first `SHOWN` by due date, and how many there are."""

    clauses: tuple[Clause, ...]
    duties: tuple[DutyGap, ...]
    obligations: tuple[Obligation, ...]
    obligations_total: int
    clauses_checked: int
    duties_checked: int


def gaps_of(actor: Actor, year: WorkYear, today: date) -> Gaps:
    """The orphans of the acting jurisdiction in a year (`core.duties.coverage`). Statements do not grow with rows."""
    clauses = _clauses(actor)
    duties = list(duties_listed(actor).filter(in_year(year), jurisdiction_id=year.jurisdiction_id))
    owed = set(
        Obligation.objects.visible_to(actor).filter(year=year).values_list("duty_id", "unit_id").distinct()
    )
    asked = [coverage.Clause(str(pk), demands) for pk, (_row, demands) in clauses.items()]
    found = coverage.orphans(asked, [_duty(d) for d in duties], ())
    ownerless = {int(pk) for pk in found.clauses_without_owner}
    bare = obligations_without_evidence(actor, year, today)
    missing = tuple(gap for duty in duties if (gap := _gap(duty, owed, year)))
    return Gaps(
        tuple(row for pk, (row, _demands) in clauses.items() if pk in ownerless),
        missing,
        tuple(bare.order_by("due_on", "unit__order", "pk")[:SHOWN]),
        bare.count(),
        found.clauses,
        len(duties),
    )


def obligations_without_evidence(actor: Actor, year: WorkYear, today: date) -> ScopedQuerySet[Obligation]:
    """Past their date with nothing handed in, or settled with neither file nor act nor entry behind it. One condition in SQL."""
    status = Obligation.Status
    told = Discharge.objects.system("of obligations the actor sees").filter(obligation=OuterRef("pk"))
    live = told.exclude(state__in=(Discharge.State.WITHDRAWN, Discharge.State.RETURNED))
    filed = DischargeEvidence.objects.filter(
        discharge__obligation=OuterRef("pk"),
        discharge__state__in=(Discharge.State.SUBMITTED, Discharge.State.CONFIRMED),
    )
    acted = live.exclude(source_kind="")
    late = Q(due_on__lt=today, status__in=(status.OPEN, status.RETURNED)) & ~Exists(live)
    empty = (
        Q(status__in=(status.DONE, status.CLAIMED))
        & ~Exists(filed)
        & ~Exists(acted)
        & ~Q(duty__nature=Duty.Nature.COUNTED, count_done__gt=0)
    )
    rows = Obligation.objects.visible_to(actor).filter(year=year).filter(late | empty)
    return rows.select_related("duty", "unit", "year", "jurisdiction")


def _clauses(actor: Actor) -> dict[int, tuple[Clause, bool]]:
    """The clauses of texts in force that have none below them, and whether they ask for an owner.

    A heading, what a duty of a clause above covers, and what a person left out (不登记) need none.
    """
    rows = list(
        Clause.objects.visible_to(actor)
        .filter(version__state__in=LIVE, version__regulation__sort=Regulation.Sort.SYSTEM)
        .select_related("version__regulation")
        .order_by("version__regulation_id", "order")
    )
    parents = {row.parent_id for row in rows}
    linked = set(
        DutyClause.objects.filter(clause__version__state__in=LIVE, duty__holders__isnull=False).values_list(
            "clause_id", flat=True
        )
    )
    proposed: dict[int, set[str]] = {}
    states = ProposedDuty.objects.visible_to(actor).filter(text_version__state__in=LIVE)
    for clause, state in states.values_list("clause_id", "state"):
        proposed.setdefault(clause, set()).add(state)
    return {
        row.pk: (
            row,
            row.pk not in parents
            and row.level > 0
            and bool(row.text.strip())
            and row.parent_id not in linked
            and proposed.get(row.pk) != {ProposedDuty.State.DROPPED},
        )
        for row in rows
    }


def _duty(duty: Duty) -> coverage.Duty:
    return coverage.Duty(
        str(duty.pk),
        tuple(str(b.clause_id) for b in duty.bases.all()),
        tuple(str(h.pk) for h in duty.holders.all()),
    )


def _gap(duty: Duty, owed: set[tuple[int, int]], year: WorkYear) -> DutyGap | None:
    holders = list(duty.holders.all())
    if not holders:
        return DutyGap(duty, (), _("没有责任主体"))
    here = {unit for pk, unit in owed if pk == duty.pk}
    if not here:
        if all(h.unit_id is None and h.collective == DutyHolder.Collective.OTHER for h in holders):
            return DutyGap(duty, (), _("责任主体没有落实到单位"))
        if duty.nature != Duty.Nature.STANDING and not duty.recurrence:
            return DutyGap(duty, (), _("尚未设定周期与期限"))
        return DutyGap(duty, (), _("本年度没有应履行的期间，或开启年度后才登记"))
    ended = tuple(
        h.unit.name
        for h in holders
        if h.unit is not None
        and h.unit_id in here
        and h.unit.valid_to is not None
        and h.unit.valid_to <= year.starts_on
    )
    if ended:
        return DutyGap(duty, ended, _("单位已撤并，未指明由谁承接，请在机构沿革中指定"), reform=True)
    missing = tuple(
        h.unit.name
        for h in holders
        if h.unit is not None and h.unit_id not in here and h.unit.valid_to is None
    )
    return DutyGap(duty, missing, _("开启年度后才增加的责任单位")) if missing else None
