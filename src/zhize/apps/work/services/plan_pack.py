"""Items of a plan as a unit's workbook brings them (报送包): what it says becomes the plan, inside the answer's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import locked, log, refuse_closed, save
from zhize.apps.work.services.plan_import import differs, item_problems, items_save
from zhize.apps.work.services.plan_items import columns, next_order
from zhize.apps.work.services.plan_links import Known, links_save
from zhize.apps.work.services.plans import plan_for
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.versioned import snapshot

Rows = Sequence[tuple[int | None, Mapping[str, Any]]]


def plan_of(request: UnitRequest, now: datetime) -> Plan:
    """The plan that answers a request, or the one that would: not saved."""
    rows = UnitRequest.objects.system("the request a plan answers").filter(pk=request.pk)
    asked = rows.select_related("call__year", "unit__region", "jurisdiction__programme").get()
    found = (
        Plan.objects.system("one plan a request")
        .filter(request=asked)
        .select_related("unit", "year", "jurisdiction")
    )
    return found.first() or plan_for(asked, now)


@transaction.atomic
def plan_pack_take(*, request: UnitRequest, rows: Rows, actor: Actor, now: datetime) -> Plan:
    """Makes these rows the plan's items, in their order: by the item's id or None for a new one; items not among them go.

    Whoever calls has asked who may (the unit itself, or the asking office in its name). Raises `BadInput` by item and place,
    `StateConflict` where the plan is no longer open. Statements do not grow with the rows.
    """
    plan = plan_of(request, now)
    if plan.pk is None:
        checked(plan)
        plan.save()
        log(log_types.PLAN_OPENED, plan, actor, now, after=snapshot(plan))
    current = locked(plan)
    refuse_closed(current)
    if not policies.is_open(current):
        raise StateConflict(
            f"计划{current.get_state_display()}，不能修改", where=current.title, remedy="请先退回或撤回"
        )
    here = {item.pk: item for item in items_of(current)}
    kept = {pk for pk, _data in rows if pk is not None}
    gone = [pk for pk in here if pk not in kept]
    PlanItem.objects.system("items a workbook leaves out").filter(pk__in=gone).delete()
    new: list[tuple[PlanItem, Mapping[str, Any]]] = []
    edited: list[tuple[PlanItem, Mapping[str, Any]]] = []
    number = next_order(current)
    for pk, data in rows:
        item = here[pk] if pk is not None else PlanItem(plan=current, order=number)
        if pk is not None and not differs(item, data):
            continue
        for name, value in columns(data).items():
            setattr(item, name, value)
        number += pk is None
        (new if pk is None else edited).append((item, data))
    problems = [one for item, _data in [*new, *edited] for one in item_problems(item, current)]
    if problems:
        raise BadInput(problems[0].what, problems, where=current.title)
    items_save(new, edited)
    links_save([*new, *edited], Known.at(current, local_day(now)))
    save(current)
    counts = {"added": len(new), "changed": len(edited), "removed": len(gone)}
    digest = rowfile_store({**snapshot(item), **_links(data)} for item, data in [*new, *edited])
    log(log_types.ITEMS_IMPORTED, current, actor, now, after=counts, rows_digest=digest)
    return current


def _links(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("support_names", "co_act_names", "duty_codes") if name in data}
