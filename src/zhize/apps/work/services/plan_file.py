"""Items from a unit's own plan: what a person accepted of what was read goes the way a table goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import locked_open
from zhize.apps.work.services.plan_import import into
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.rowfile import rowfile_store


@transaction.atomic
def plan_items_from_file(
    *, plan: Plan, rows: Sequence[Mapping[str, Any]], file_name: str, actor: Actor, now: datetime
) -> int:
    """Adds these items at the end of an open plan, all or none; returns how many. `rows` as `plan_item_create` takes them.

    One entry in the log names the file and the rows' digest. BadInput where none is left, or one of the same name and
    goal is there already: whoever sends the page twice does not get everything twice.
    """
    current = locked_open(plan, actor)
    if not rows:
        raise BadInput("没有勾选事项", where=current.title, remedy="请勾选要采用的事项，再点“采用”")
    items = items_of(current)
    here = {(item.title, item.goal) for item in items}
    if twice := next((row for row in rows if (row["title"], row["goal"]) in here), None):
        raise BadInput(
            f"“{twice['title']}”已在计划里",
            where=current.title,
            why="名称和目标都一样，可能是重复提交",
            remedy="请取消勾选这一项，或改写名称",
        )
    first = max((item.order for item in items), default=0) + 1
    numbered = [{**row, "plan": current, "order": number} for number, row in enumerate(rows, first)]
    digest = rowfile_store(
        {**row, "plan": current.title, "lead_unit": str(row["lead_unit"])} for row in numbered
    )
    return into(current, items, numbered, actor, now, digest, source=file_name).added
