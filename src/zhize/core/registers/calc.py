"""`zhize calc registers.due.v1`: plain data in, plain data out."""

from __future__ import annotations

from ..kernel.fields import Fields
from .due import LONGEST, due_bounds, next_due, standing_of

WAY = ("today", "warn_days", "printed", "after", "months", "less_days", "falls_due", "failed")


def calc_due(data: object) -> dict[str, object]:
    """Due date and standing on a day; the schema stands on the method's page."""
    fields = Fields(data, WAY)
    failed = fields.flag("failed", False)
    due = next_due(
        printed=fields.day_or_none("printed"),
        after=fields.day_or_none("after"),
        months=fields.integer("months", 1, LONGEST) if fields.has("months") else None,
        less_days=fields.integer("less_days", 0, 31, 0),
        falls_due=fields.flag("falls_due", True),
        failed=failed,
    )
    bounds = due_bounds(fields.day("today"), fields.integer("warn_days", 0, LONGEST, 0))
    return {
        "due": due.isoformat() if due else None,
        "standing": standing_of(due, failed=failed, bounds=bounds).value,
    }
