"""What everybody may read without signing in: the confirmed texts of documents their office has opened, and no more."""

from __future__ import annotations

from django.db.models import QuerySet

from zhize.apps.regulations.models import Clause, Duty, DutyClause, DutyHolder, RegulationVersion

OPEN = "a document its office has opened to everybody"
State = RegulationVersion.State


def published_versions(jurisdiction: str, code: str) -> QuerySet[RegulationVersion]:
    """The confirmed texts of a document, newest first; none where it is not open. By the codes of an address."""
    return (
        RegulationVersion.objects.system(OPEN)
        .filter(
            regulation__jurisdiction__code=jurisdiction, regulation__code=code, regulation__is_public=True
        )
        .exclude(state=State.DRAFT)
        .select_related("regulation__jurisdiction")
        .order_by("-number")
    )


def published_clauses(version: RegulationVersion) -> list[Clause]:
    """All clauses of a text, in its order."""
    return list(Clause.objects.system(OPEN).filter(version=version).order_by("order"))


def published_duties(clause: Clause) -> list[tuple[Duty, list[DutyHolder]]]:
    """The duties in force that rest on a clause, with who holds them, in the order of its words. Three statements."""
    links = (
        DutyClause.objects.filter(clause=clause, duty__valid_to__isnull=True)
        .select_related("duty")
        .prefetch_related("duty__holders__unit")
        .order_by("segment")
    )
    return [(link.duty, list(link.duty.holders.all())) for link in links]
