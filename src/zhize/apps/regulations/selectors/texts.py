"""Reads of documents in force, clauses and duties."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from zhize.apps.regulations.models import Clause, Duty, DutyClause, DutyHolder, Regulation, RegulationVersion
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

LIVE = (RegulationVersion.State.CONFIRMED, RegulationVersion.State.IN_FORCE)


def regulations_listed(actor: Actor) -> ScopedQuerySet[Regulation]:
    """The documents in force of the acting jurisdiction that feed its register; work rules have their own list."""
    rows = Regulation.objects.visible_to(actor).filter(sort=Regulation.Sort.SYSTEM)
    return rows.order_by("-issued_on", "pk")


def regulation_by_pk(actor: Actor, pk: int) -> Regulation | None:
    return Regulation.objects.visible_to(actor).select_related("jurisdiction").by_pk(pk)


def version_current(actor: Actor, regulation: Regulation) -> RegulationVersion | None:
    """The version people work by: the latest confirmed one, else the latest draft. The text is not loaded."""
    versions = RegulationVersion.objects.visible_to(actor).filter(regulation=regulation).defer("text")
    rows = list(versions.order_by("-number")[:20])
    return next((v for v in rows if v.state in LIVE), next(iter(rows), None))


def version_by_pk(actor: Actor, pk: int) -> RegulationVersion | None:
    return (
        RegulationVersion.objects.visible_to(actor)
        .select_related("regulation__jurisdiction__region")
        .by_pk(pk)
    )


def clauses_of(version: RegulationVersion) -> list[Clause]:
    """All clauses of a version the actor sees, in the order of the text: one statement."""
    return list(
        Clause.objects.system("of a version the actor sees").filter(version=version).order_by("order")
    )


def clause_by_pk(actor: Actor, pk: int) -> Clause | None:
    return (
        Clause.objects.visible_to(actor)
        .select_related("version__regulation__jurisdiction", "parent")
        .by_pk(pk)
    )


def _holders() -> Prefetch[str]:
    return Prefetch("holders", queryset=DutyHolder.objects.select_related("unit").order_by("order", "pk"))


def _bases() -> Prefetch[str]:
    return Prefetch(
        "bases",
        queryset=DutyClause.objects.select_related("clause__version__regulation").order_by("clause__order"),
    )


def duties_listed(actor: Actor) -> ScopedQuerySet[Duty]:
    """The register of duties, with holders and clauses: three statements for any number of rows."""
    return Duty.objects.visible_to(actor).prefetch_related(_holders(), _bases())


def in_year(year: WorkYear) -> Q:
    """Duties in force on any day of the year."""
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=year.ends_on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=year.starts_on)
    )


def own_register(actor: Actor) -> ScopedQuerySet[Duty]:
    """The duties of the actor's own jurisdiction: what may be taken back in from Excel."""
    mine = actor.jurisdiction_id
    return duties_listed(actor).filter(jurisdiction_id=mine) if mine else duties_listed(actor).none()


def duty_by_pk(actor: Actor, pk: int) -> Duty | None:
    return duties_listed(actor).select_related("jurisdiction").by_pk(pk)


def duties_of_clauses(actor: Actor, version: RegulationVersion) -> dict[int, list[Duty]]:
    """Duties by clause id for a whole text: four statements for 1,200 clauses as for twelve."""
    links = DutyClause.objects.filter(clause__version=version).values_list("clause_id", "duty_id", "segment")
    duties = {d.pk: d for d in duties_listed(actor).filter(bases__clause__version=version).distinct()}
    found: dict[int, list[Duty]] = {}
    for clause_id, duty_id, _segment in sorted(links, key=lambda link: (link[0], link[2])):
        if duty := duties.get(duty_id):
            found.setdefault(clause_id, []).append(duty)
    return found


def may_take_over(actor: Actor) -> bool:
    """Whether the acting jurisdiction's register is empty while its parent's is not. Two statements at most."""
    own = Duty.objects.visible_to(actor)
    if own.exists():
        return False
    above = Duty.objects.system("whether there is something to start from")
    return above.filter(jurisdiction__children=actor.jurisdiction_id or 0).exists()
