"""What the staged rows of a table of plan items have against them, told before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from zhize.apps.work.models import Plan
from zhize.core.kernel.errors import CoreError
from zhize.core.plans.found import Year
from zhize.core.plans.steps import steps_read, steps_text
from zhize.kit.actor import Actor
from zhize.kit.fields import Objection


def settle(rows: Sequence[dict[str, Any]], actor: Actor) -> list[list[Objection]]:
    """Dates outside the plan's year and steps that cannot be read; steps as they are kept. One statement."""
    found = Plan.objects.visible_to(actor).filter(pk__in={row["plan"] for row in rows if row.get("plan")})
    years = {
        pk: Year(*days)
        for pk, *days in found.order_by().values_list("pk", "year__starts_on", "year__ends_on")
    }
    return [_settled(row, years.get(row.get("plan") or 0)) for row in rows]


def _settled(row: dict[str, Any], year: Year | None) -> list[Objection]:
    if year is None:
        return []
    due = date.fromisoformat(row["due_on"]) if row.get("due_on") else None
    if due and due not in year:
        return [("due_on", f"{due} 不在 {year.start} 至 {year.end} 之内", "跨年的请写本年度要达到的一步")]
    try:
        if row.get("steps"):
            row["steps"] = steps_text(steps_read(row["steps"], year, due))
    except CoreError as error:
        return [("steps", f"{error.where}：{error.what}", error.remedy)]
    return []
