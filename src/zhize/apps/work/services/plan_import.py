"""Items from a table: new ones, changed ones, in one step with one entry. Statements do not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import locked_open, log, save
from zhize.apps.work.services.plan_items import COLUMNS, columns, steps_settle
from zhize.apps.work.services.plan_links import LABELS, Known, links_save
from zhize.core.kernel.errors import CoreError
from zhize.core.workflow.plan import ITEM
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem
from zhize.kit.fields import Outcome

RELATIONS = ("plan", "lead_unit", "carries", "copied_from")
MOST = 2_000


@transaction.atomic
def plan_items_import(
    *, rows: Iterable[Mapping[str, Any]], actor: Actor, now: datetime, digest: str
) -> Outcome:
    """The rows of a table into the open plans they name, by plan and number (`plan`, `order`)."""
    by_plan: dict[int, list[Mapping[str, Any]]] = {}
    plans: dict[int, Plan] = {}
    for count, row in enumerate(rows, 1):
        if count > MOST:
            raise BadInput(f"超过 {MOST:,} 行", why="一份计划不会有这么多事项", remedy="请核对是否选错了文件")
        plans[row["plan"].pk] = row["plan"]
        by_plan.setdefault(row["plan"].pk, []).append(row)
    outcome = Outcome(0, 0, 0)
    for pk in sorted(plans):
        current = locked_open(plans[pk], actor)
        one = into(current, items_of(current), by_plan[pk], actor, now, digest)
        outcome = Outcome(outcome.added + one.added, outcome.changed + one.changed, outcome.same + one.same)
    return outcome


def into(
    current: Plan,
    items: Sequence[PlanItem],
    rows: Sequence[Mapping[str, Any]],
    actor: Actor,
    now: datetime,
    digest: str,
    source: str = "",
) -> Outcome:
    """These rows into an open plan, locked, with its items, by number; `source` is the file they were read from. Part of
    another service's write."""
    here = {item.order: item for item in items}
    new: list[tuple[PlanItem, Mapping[str, Any]]] = []
    edited: list[tuple[PlanItem, Mapping[str, Any]]] = []
    problems: list[Problem] = []
    for row in rows:
        held = here.get(row["order"])
        item = held or PlanItem(plan=current, order=row["order"])
        if held is not None and not differs(held, row):
            continue
        for name, value in columns(row).items():
            setattr(item, name, value)
        problems += item_problems(item, current)
        (edited if held is not None else new).append((item, row))
    if problems:
        raise BadInput(problems[0].what, problems, where=current.title)
    items_save(new, edited)
    links_save([*new, *edited], Known.of(current, actor, local_day(now)))
    save(current)
    counts = {"added": len(new), "changed": len(edited), **({"from": source} if source else {})}
    log(log_types.ITEMS_IMPORTED, current, actor, now, after=counts, rows_digest=digest)
    return Outcome(len(new), len(edited), len(rows) - len(new) - len(edited))


def differs(item: PlanItem, row: Mapping[str, Any]) -> bool:
    given = [name for name in (*COLUMNS, *LABELS) if name in row]
    return any((getattr(item, name) or None) != (row[name] or None) for name in given)


def item_problems(item: PlanItem, plan: Plan) -> list[Problem]:
    where = f"{plan.title} 第 {item.order} 项"
    found = []
    if item.due_on and not plan.year.starts_on <= item.due_on <= plan.year.ends_on:
        found.append(
            Problem(
                f"完成时限 {item.due_on} 不在{plan.year.label}之内",
                f"{where} · 完成时限",
                "",
                f"请填写 {plan.year.starts_on} 至 {plan.year.ends_on} 之间的日期",
            )
        )
    try:
        steps_settle(item, plan)
    except CoreError as error:
        found.append(Problem(error.what, f"{where} · {error.where}", error.why, error.remedy))
    try:
        checked(item, exclude=RELATIONS)
    except BadInput as error:
        found += [Problem(p.what, f"{where} · {p.where}", p.why, p.remedy) for p in error.problems]
    return found


def items_save(
    new: list[tuple[PlanItem, Mapping[str, Any]]], edited: list[tuple[PlanItem, Mapping[str, Any]]]
) -> None:
    for item, _row in edited:
        item.version += 1
        if item.review == PlanItem.Review.RETURNED:
            item.review = next_state(ITEM, item.review, "correct").next_state
    PlanItem.objects.system("items of an import").bulk_create([item for item, _row in new], batch_size=500)
    PlanItem.objects.system("items of an import").bulk_update(
        [item for item, _row in edited], [*COLUMNS, "review", "version"], batch_size=500
    )
