"""A duty that rests on several clauses of one document keeps all of them when the next text comes."""

from __future__ import annotations

from collections.abc import Mapping

from zhize.apps.regulations import selectors
from zhize.apps.regulations.models import Duty, DutyClause, RegulationVersion
from zhize.core.regulation.proposal import Candidate


def rest_further(
    kept: list[tuple[Duty, Candidate]],
    before: RegulationVersion,
    version: RegulationVersion,
    by_key: Mapping[str, Candidate],
    taken: set[str],
) -> set[str]:
    """A duty that rested on further clauses of the earlier text rests on what became of them; the keys it takes with it.

    Without this the other clause would begin a second duty that says the same.
    """
    bases = list(
        DutyClause.objects.filter(duty__in=[duty for duty, _ in kept], clause__version=before).order_by(
            "clause__order", "segment"
        )
    )
    if len(bases) == len({base.duty_id for base in bases}):
        return set()
    became = {
        row.old.pk: row.new
        for row in selectors.changes_between(before, version)
        if row.old is not None and row.new is not None
    }
    new: dict[str, DutyClause] = {}
    for base in bases:
        clause = became.get(base.clause_id)
        key = f"{clause.path}#{base.segment}" if clause else ""
        if clause and key in by_key and key not in taken and key not in new:
            new[key] = DutyClause(duty_id=base.duty_id, clause=clause, segment=base.segment)
    DutyClause.objects.bulk_create(new.values())
    return set(new)
