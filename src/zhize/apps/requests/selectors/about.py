"""Calls that come from duties, as a section of the clause page."""

from __future__ import annotations

from zhize.apps.requests.models import Call
from zhize.apps.requests.selectors.calls import calls_listed
from zhize.kit.actor import Actor

DUTY = "regulations.duty"


def calls_about(actor: Actor, duty_ids: list[int], year_id: int) -> list[Call] | None:
    """The calls of the year that come from these duties, with how many have answered; None where there is none. One statement."""
    rows = calls_listed(actor).filter(source_kind=DUTY, source_id__in=duty_ids, year_id=year_id)
    return list(rows.order_by("due_on", "pk")[:50]) or None
