"""What an issued plan makes of tasks: new items are handed out; the tasks of an amended plan follow their items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from zhize.apps.metrics.models import Card
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Plan, PlanItem, Task, TaskDuty, TaskStep, TaskUnit
from zhize.apps.work.selectors.plan_tasks import earlier_of
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import ITEM_KIND, KIND
from zhize.apps.work.services.task_bulk import tasks_change_due
from zhize.apps.work.services.task_common import ref_of, tell
from zhize.apps.work.services.task_office import EDITABLE, task_cancel, task_reassign, task_update
from zhize.apps.work.services.task_steps import NewStep, task_steps_set
from zhize.apps.work.services.task_units import Part, task_units_set
from zhize.apps.work.services.tasks import NewTask, tasks_create
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.plans.steps import curve, steps_kept
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef

ENDED = (Task.State.CLOSED, Task.State.CANCELLED)


def tasks_hand_out(plan: Plan, actor: Actor, now: datetime) -> None:
    """A task for every item that is none yet: an amended plan's items keep the tasks they had."""
    known = set(_before(plan).values_list("pk", flat=True))
    new = [item for item in items_of(plan) if item.copied_from_id not in known]
    units = _counted_in(new)
    made = tasks_create(
        tasks=[new_task(item, plan.doc_no, units.get(item.card_code, "")) for item in new],
        jurisdiction=plan.jurisdiction,
        year=plan.year,
        actor=actor,
        now=now,
    )
    TaskStep.objects.bulk_create(
        TaskStep(task=task, due_on=one.due_on, percent=one.percent, name=one.name)
        for task, item in zip(made, new, strict=True)
        for one in steps_of(item)
    )


def tasks_follow(plan: Plan, actor: Actor, now: datetime) -> None:
    """What the amendment changed of an item changes its task too, if that goes on: words, date, steps, units, duties, each by the
    service a person would use; the task of an item left out is cancelled. Other values of the task stay as they are.

    Where a task's state admits no other lead unit, the office is told by name to see to it.
    """
    now_of = {item.copied_from_id: item for item in items_of(plan)}
    old = items_of(Plan(pk=plan.previous_id))
    tasks = _tasks_of(old)
    units = _counted_in([*old, *now_of.values()])
    left = []
    for was in old:
        if (task := tasks.get(was.pk)) is None:
            continue
        if (item := now_of.get(was.pk)) is None:
            task_cancel(task=task, reason=f"修订后的计划（{plan.doc_no}）不再列入", actor=actor, now=now)
            continue
        before, after = (new_task(one, plan.doc_no, units.get(one.card_code, "")) for one in (was, item))
        changed = {
            one.name for one in fields(NewTask) if getattr(before, one.name) != getattr(after, one.name)
        }
        if (changed - {"ref"}) and not _follow(task, after, changed, plan, actor, now):
            left.append(task.title)
        if was.steps != item.steps:
            due = item.due_on if was.due_on != item.due_on else task.due_on
            steps = [one for one in steps_of(item) if due is None or one.due_on <= due]
            task_steps_set(task=task, steps=steps, actor=actor, now=now)
    if left and (office := plan.jurisdiction.office_unit_id):
        words = f"修订后的计划改了牵头单位，任务的办理状态不能自动改派，请办理：{'、'.join(left)}"
        notice_send_to_units(
            texts={office: words[:300]},
            roles=("office_staff", "office_director"),
            ref=ThingRef(KIND, plan.pk),
            now=now,
        )


def _follow(task: Task, new: NewTask, changed: set[str], plan: Plan, actor: Actor, now: datetime) -> bool:
    """False where another lead unit could not be given."""
    reason, done = f"计划修订（{plan.doc_no}）", True
    words = {name: getattr(new, name) for name in EDITABLE if name in changed}
    task_update(thing=task, data={**words, "basis": plan.doc_no}, version=None, actor=actor, now=now)
    if "due_on" in changed and new.due_on:
        tasks_change_due(task_ids=[task.pk], due_on=new.due_on, reason=reason, actor=actor, now=now)
    if "lead_unit_id" in changed:
        try:
            task_reassign(task=task, lead_unit_id=new.lead_unit_id, reason=reason, actor=actor, now=now)
        except NoSuchStep:
            done = False
    if "support_unit_ids" in changed or ("lead_unit_id" in changed and done):
        task_units_set(task=task, parts=_parts(task, new), actor=actor, now=now)
    if "duty_ids" in changed:
        _serve(task, new.duty_ids, actor, now)
    current = Task.objects.system("told of what was amended").select_related("lead_unit").get(pk=task.pk)
    tell(current, f"{reason}，任务随之调整：{new.title}", now)
    return done


def _parts(task: Task, new: NewTask) -> list[Part]:
    """The lead as it is, who supports by the item, who guides as before; each keeps the part it had."""
    rows = {
        row.unit_id: row
        for row in TaskUnit.objects.system("who takes part now").filter(task=task).select_related("unit")
    }
    lead = [Part(row.unit, row.role, row.part) for row in rows.values() if row.role == TaskUnit.Role.LEAD]
    guides = [Part(row.unit, row.role, row.part) for row in rows.values() if row.role == TaskUnit.Role.GUIDE]
    aside = {one.unit.pk for one in (*lead, *guides)}
    wanted = [pk for pk in new.support_unit_ids if pk not in aside]
    units = {unit.pk: unit for unit in _units(wanted)}
    supports = [
        Part(units[pk], TaskUnit.Role.SUPPORT, rows[pk].part if pk in rows else "")
        for pk in wanted
        if pk in units
    ]
    return [*lead, *supports, *guides]


def _units(ids: Sequence[int]) -> list[Unit]:
    return list(Unit.objects.system("who a plan's item names").filter(pk__in=ids))


def _serve(task: Task, duty_ids: Sequence[int], actor: Actor, now: datetime) -> None:
    """The duties whose fulfilment closing the task will be."""
    rows = TaskDuty.objects.filter(task=task)
    before = sorted(rows.values_list("duty_id", flat=True))
    rows.exclude(duty_id__in=duty_ids).delete()
    TaskDuty.objects.bulk_create(TaskDuty(task=task, duty_id=pk) for pk in duty_ids if pk not in before)
    record(
        log_types.CHANGED,
        actor=actor,
        thing=ref_of(task),
        now=now,
        before={"duties": before},
        after={"duties": sorted(duty_ids)},
        jurisdiction_code=task.jurisdiction.code,
    )


def _before(plan: Plan) -> ScopedQuerySet[PlanItem]:
    """The items of the version before; none of a first version."""
    return PlanItem.objects.system("items of the version before").filter(plan_id=plan.previous_id or 0)


def _tasks_of(items: Sequence[PlanItem]) -> dict[int, Task]:
    """By item: its task that goes on, made from the item or from the one it was in an earlier version."""
    lines = earlier_of(items)
    rows = Task.objects.system("tasks of an amended plan").filter(
        source_kind=ITEM_KIND, source_id__in={pk for line in lines.values() for pk in line}
    )
    by_source = {row.source_id: row for row in rows.exclude(state__in=ENDED).select_related("jurisdiction")}
    found = {
        pk: next((by_source[one] for one in line if one in by_source), None) for pk, line in lines.items()
    }
    return {pk: task for pk, task in found.items() if task is not None}


def _counted_in(items: Sequence[PlanItem]) -> dict[str, str]:
    """The unit of measure by the code of the card."""
    cards = Card.objects.system("in what the figures of items are counted")
    return dict(cards.filter(code__in={item.card_code for item in items}).values_list("code", "unit"))


def steps_of(item: PlanItem) -> list[NewStep]:
    """The steps of an item as those of its task; without percents in equal shares (`core.plans.steps.curve`)."""
    steps = steps_kept(item.steps)
    return [NewStep(one.day, share, one.text) for one, share in zip(steps, curve(steps), strict=True)]


def new_task(item: PlanItem, basis: str, counted_in: str) -> NewTask:
    """An item as a task, its figure with the unit of its card. Reads the prefetched units and duties."""
    has_figure = item.target_value is not None and item.target_value != item.base_value
    return NewTask(
        title=item.title,
        part=item.part,
        lead_unit_id=item.lead_unit_id,
        due_on=item.due_on,
        goal=item.goal,
        measure=item.measure,
        target=item.target,
        target_value=item.target_value if has_figure else None,
        target_unit=counted_in if has_figure else "",
        base_value=item.base_value if has_figure else None,
        source="plan",
        ref=ThingRef(ITEM_KIND, item.pk),
        basis=basis,
        support_unit_ids=[link.unit_id for link in item.supports.all()],
        duty_ids=[duty.pk for duty in item.duties.all()],
    )
