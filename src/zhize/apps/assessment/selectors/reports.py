"""Reports on local assessments: what came from below, what was sent above."""

from __future__ import annotations

from zhize.apps.assessment.models import LocalReport, Round
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def reports_listed(actor: Actor) -> ScopedQuerySet[LocalReport]:
    rows: ScopedQuerySet[LocalReport] = LocalReport.objects.visible_to(actor)
    return rows.select_related("unit", "jurisdiction", "paper")


def report_by_pk(actor: Actor, pk: int) -> LocalReport | None:
    return reports_listed(actor).by_pk(pk)


def report_of(round_: Round) -> LocalReport | None:
    """Whether a round was reported above."""
    rows = LocalReport.objects.system("of a round the actor sees").filter(round=round_)
    return rows.select_related("jurisdiction").first()
