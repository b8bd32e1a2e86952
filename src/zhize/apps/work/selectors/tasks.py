"""Reads of tasks: the ledger, one with its story, a unit's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Membership, Region, Unit, of_unit
from zhize.apps.orgs.selectors import in_force
from zhize.apps.regulations.models import Duty
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.models import (
    TalkTask,
    Task,
    TaskChange,
    TaskDuty,
    TaskProgress,
    TaskReminder,
    TaskStep,
    TaskUnit,
)
from zhize.apps.work.selectors.task_lights import UNSETTLED, TaskLight, task_light_q
from zhize.kit.actor import Actor
from zhize.kit.kept import kept
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef, resolve

SEEN = "belongs to a task the actor sees"


def tasks_listed(actor: Actor) -> ScopedQuerySet[Task]:
    """What the actor may see, joined for lists in the one statement."""
    return Task.objects.visible_to(actor).select_related("lead_unit__region", "year", "jurisdiction")


def tasks_of_ledger(actor: Actor) -> ScopedQuerySet[Task]:
    """The own jurisdiction's ledger, for files: what others handed out is theirs to keep."""
    return tasks_listed(actor).filter(jurisdiction_id=actor.jurisdiction_id or 0)


def task_by_pk(actor: Actor, pk: int) -> Task | None:
    """With whether there is something to read of it: `planned` (steps), `talked`, `serves` (duties), `divided` (parts)."""
    own = {"task": OuterRef("pk")}
    parts = Task.objects.system(SEEN).filter(source_kind="work.task", source_id=OuterRef("pk"))
    return (
        tasks_listed(actor)
        .annotate(
            planned=Exists(TaskStep.objects.system(SEEN).filter(**own)),
            talked=Exists(TalkTask.objects.filter(**own)),
            serves=Exists(TaskDuty.objects.filter(**own)),
            divided=Exists(parts),
        )
        .by_pk(pk)
    )


def tasks_by_ids(actor: Actor, ids: list[int]) -> list[Task]:
    """These, of what the actor sees, in the order of the ledger."""
    return list(tasks_listed(actor).filter(pk__in=ids).order_by(F("due_on").asc(nulls_last=True), "pk"))


def tasks_of_unit(actor: Actor, unit_id: int, year_id: int | None) -> list[Task]:
    """What a unit leads or takes part in this year (with those it answers for): unsettled first, by due date."""
    part = TaskUnit.objects.system("a unit's own tasks, within the actor's scope").filter(of_unit(unit_id))
    rows = tasks_listed(actor).filter(pk__in=part.values("task_id"))
    if year_id:
        rows = rows.filter(Q(year_id=year_id) | ~Q(jurisdiction_id=actor.jurisdiction_id or 0))
    settled = Q(state__in=UNSETTLED)
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk").annotate(unsettled=settled)[:500])


def task_light_counts(rows: ScopedQuerySet[Task], today: date) -> dict[str, int]:
    """How many of each light, in one statement."""
    day = bounds(today)
    counted = rows.order_by().aggregate(
        **{f"n_{light.value}": Count("pk", filter=task_light_q(light.value, day)) for light in TaskLight}
    )
    return {light.value: counted[f"n_{light.value}"] for light in TaskLight}


def task_lights_kept(
    actor: Actor, rows: ScopedQuerySet[Task], label: str, now: datetime
) -> tuple[dict[str, int], datetime | None]:
    """The same for the year of that label, at most a minute old where there are many; and then of which moment."""
    found = kept(
        f"work.tasks.lights:{label}", actor, now, lambda: task_light_counts(rows, now.date()),
        rows=lambda counts: sum(counts.values()),
    )  # fmt: skip
    return found.value, found.at


def participants_of(task: Task) -> list[TaskUnit]:
    """Lead first, then the others in order."""
    rows = TaskUnit.objects.system(SEEN).filter(task=task).select_related("unit")
    return list(rows.order_by("order", "pk"))


def duties_of(task: Task) -> list[Duty]:
    """No statement for a task read with `task_by_pk` that serves none; so with its parts, its steps and its reminders."""
    if not getattr(task, "serves", True):
        return []
    return list(Duty.objects.system(SEEN).filter(tasks=task).order_by("order", "pk"))


def progress_of(task: Task) -> list[TaskProgress]:
    """What was reported, newest first, with materials and files: two statements."""
    evidence = Evidence.objects.system(SEEN).select_related("file")
    return list(
        TaskProgress.objects.system(SEEN)
        .filter(task=task)
        .select_related("unit")
        .prefetch_related(Prefetch("evidence", queryset=evidence))
        .order_by("-at", "-pk")
    )


def last_words(task: Task, unit_id: int | None) -> str:
    """What this unit reported last; empty where it has not."""
    own = TaskProgress.objects.system(SEEN).filter(task=task, unit_id=unit_id or 0)
    return own.order_by("-at", "-pk").values_list("words", flat=True).first() or ""


def reminders_of(task: Task) -> list[TaskReminder]:
    if not task.reminders:
        return []
    rows = TaskReminder.objects.system(SEEN).filter(task=task).select_related("slip")
    return list(rows.order_by("-at", "-pk"))


def changes_of(task: Task) -> list[TaskChange]:
    rows = TaskChange.objects.system(SEEN).filter(task=task).select_related("unit", "old_unit", "new_unit")
    return list(rows.order_by("-at", "-pk"))


def source_card(actor: Actor, task: Task) -> ThingCard | None:
    """A link to what the task comes from, where the actor may see it."""
    if not task.source_kind or task.source_id is None:
        return None
    ref = ThingRef(task.source_kind, task.source_id)
    return resolve(actor, [ref]).get(ref)


def parts_below(actor: Actor, task: Task) -> list[tuple[Task, bool]]:
    """The sub-tasks the percent is rolled up from, here and further down, each with whether the actor may open it. Two
    statements, the second only where one belongs to another jurisdiction."""
    if not getattr(task, "divided", True):
        return []
    rows = Task.objects.system("a task the actor sees is the sum of its parts").filter(
        source_kind="work.task", source_id=task.pk
    )
    parts = list(rows.select_related("lead_unit", "jurisdiction").order_by("pk")[:200])
    foreign = [one.pk for one in parts if one.jurisdiction_id != actor.jurisdiction_id]
    seen = (
        Task.objects.visible_to(actor).filter(pk__in=foreign).values_list("pk", flat=True) if foreign else ()
    )
    may = set(seen) | {one.pk for one in parts if one.jurisdiction_id == actor.jurisdiction_id}
    return [(one, one.pk in may) for one in parts]


def steps_of(task: Task) -> list[TaskStep]:
    """By date."""
    if not getattr(task, "planned", True):
        return []
    return list(TaskStep.objects.system(SEEN).filter(task=task).order_by("due_on"))


def steps_of_many(tasks: Sequence[Task]) -> dict[int, list[TaskStep]]:
    """Task → its steps by date. One statement."""
    found: dict[int, list[TaskStep]] = {}
    for one in TaskStep.objects.system(SEEN).filter(task__in=tasks).order_by("due_on"):
        found.setdefault(one.task_id, []).append(one)
    return found


def reminders_listed(actor: Actor) -> ScopedQuerySet[TaskReminder]:
    """督办台账: every step taken against what the actor sees."""
    return TaskReminder.objects.visible_to(actor).select_related("task", "unit", "slip")


def units_for_tasks(actor: Actor, on: date) -> ScopedQuerySet[Unit]:
    """Who may be handed a task that day: the region's own units, and all that belong to the jurisdiction (governments
    below it), in official order."""
    belonging = Membership.objects.system("who belongs to the jurisdiction").filter(
        in_force(on), jurisdiction_id=actor.jurisdiction_id or 0
    )
    near = Q(region_id=actor.region_id or 0) | Q(pk__in=belonging.values("unit_id"))
    return Unit.objects.visible_to(actor).filter(near, in_force(on)).order_by("order", "code")


def regions_for_tasks(actor: Actor) -> ScopedQuerySet[Region]:
    """The own region and those directly below it."""
    own = actor.region_id or 0
    return Region.objects.visible_to(actor).filter(Q(pk=own) | Q(parent_id=own)).order_by("order", "code")
