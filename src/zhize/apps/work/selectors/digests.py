"""工作进展情况通报: what a stretch of days shows of a year's tasks, by lead unit; who is late, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone

from zhize.apps.orgs.models import Region
from zhize.apps.work.mapping.digest_paper import FIGURE
from zhize.apps.work.models import Task, TaskDigest, TaskDigestFigure, TaskProgress, TaskReminder
from zhize.apps.work.selectors.counted import Stretch, counted_url, done_q, late_q, measure_q, owed_q
from zhize.kit.actor import Actor
from zhize.kit.rules import rule
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "work.digest"
Measure = TaskDigestFigure.Measure
COUNTED = "a digest counts the tasks of a whole jurisdiction"


def stretch_of(digest: TaskDigest) -> Stretch:
    """The same question again."""
    return Stretch(digest.jurisdiction_id, digest.year_id, digest.starts_on, digest.ends_on)


def tasks_of(where: Stretch) -> ScopedQuerySet[Task]:
    """What is owed by the end of the days."""
    rows = Task.objects.system(COUNTED).filter(owed_q(where.year_id, where.end))
    return rows.filter(jurisdiction_id=where.jurisdiction_id).order_by()


def counts_of(where: Stretch, by: str = "lead_unit_id") -> dict[Any, Counter[str]]:
    """Measure → number, by lead unit (or by another column), and of all under None. One statement."""
    kinds = (Measure.FRESH, Measure.DONE, Measure.LATE, Measure.STANDING)
    conditions = {kind: measure_q(kind, where.start, where.end) for kind in kinds}
    counts = {f"n_{kind}": Count("pk", filter=q) for kind, q in conditions.items()}
    found: dict[Any, Counter[str]] = {None: Counter()}
    rows = tasks_of(where).values_list(by).annotate(n=Count("pk"), **counts)
    for key, total, *numbers in rows:
        one = Counter({Measure.TOTAL.value: total})
        one.update({kind.value: number for kind, number in zip(conditions, numbers, strict=True)})
        one[Measure.GOING] = total - one[Measure.DONE] - one[Measure.LATE] - one[Measure.STANDING]
        found[key] = one
        found[None] += one
    return found


def digest_figures(ids: list[int]) -> Mapping[int, Sequence[str]]:
    """What the figures of digests would be if they were drafted now. One statement, and one for each digest."""
    rows = TaskDigestFigure.objects.system("figures of documents compared with their source").filter(
        pk__in=ids
    )
    asked = list(rows.select_related("digest"))
    now = {one.digest_id: one.digest for one in asked}
    counts = {pk: counts_of(stretch_of(digest)) for pk, digest in now.items()}
    return {one.pk: [str(counts[one.digest_id].get(one.unit_id, Counter())[one.measure])] for one in asked}


def listed_most(digest: TaskDigest) -> int:
    """How many tasks done, and how many late, a paper tells one by one (rule `listed_most`)."""
    return listed_most_on(digest.ends_on, digest.jurisdiction.code)


def listed_most_on(day: date, jurisdiction_code: str) -> int:
    return int(rule("work/digest", on=day, jurisdiction=jurisdiction_code)["listed_most"])


def fresh_tasks(where: Stretch, most: int) -> list[Task]:
    """Done within the days, in the order they were: the first `most`. One statement."""
    rows = tasks_of(where).filter(done_q(where.end), done_on__gte=where.start)
    return list(rows.select_related("lead_unit__region").order_by("done_on", "pk")[:most])


def late_tasks(
    where: Stretch, most: int, region_id: int | None = None, parts: Collection[str] = ()
) -> list[tuple[Task, str]]:
    """The first `most` late ones, chased most often first, each with what is known of why by the last day: the difficulties
    the unit told last, else that it told none and how far it said to be. What came after the last day is left out, of
    `reminders` too. Three statements."""
    rows = tasks_of(where).filter(late_q(where.end)).select_related("lead_unit__region")
    if region_id:
        rows = rows.filter(lead_unit__region_id=region_id)
    if parts:
        rows = rows.filter(part__in=parts)
    tasks = list(rows.order_by("-reminders", "due_on", "pk")[:most])
    by = timezone.make_aware(datetime.combine(where.end + timedelta(days=1), time.min))
    hard: dict[int, str] = {}
    last: dict[int, str] = {}
    said = TaskProgress.objects.system(COUNTED).filter(task__in=tasks, at__lt=by).order_by("at", "pk")
    for task_id, words, difficulties in said.values_list("task_id", "words", "difficulties"):
        last[task_id] = words
        if difficulties:
            hard[task_id] = difficulties
    chased = Counter(
        TaskReminder.objects.system(COUNTED)
        .filter(task__in=tasks, at__lt=by)
        .order_by()
        .values_list("task_id", flat=True)
    )
    for task in tasks:
        task.reminders = chased[task.pk]
    return [(task, _why(task, hard.get(task.pk, ""), last.get(task.pk, ""))) for task in tasks]


def _why(task: Task, difficulties: str, words: str) -> str:
    """原因：检测能力不足 or 原因未报，最新进展：已检查300家."""
    if difficulties:
        return f"原因：{difficulties}"
    if words:
        return f"原因未报，最新进展：{words}"
    return "原因：尚未承办确认" if task.state == Task.State.ASSIGNED else "原因：没有报告进展"


def tasks_of_region(where: Stretch, region_id: int) -> list[Task]:
    """What units of a region lead, by date. One statement."""
    rows = tasks_of(where).filter(lead_unit__region_id=region_id).select_related("lead_unit")
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk"))


def regions_of(where: Stretch, own_region_id: int | None) -> list[Region]:
    """Regions below whose units lead something, in official order. One statement."""
    led = tasks_of(where).exclude(lead_unit__region_id=own_region_id or 0).values("lead_unit__region_id")
    regions = Region.objects.system("names of regions are shared reference data")
    return list(regions.filter(pk__in=led).order_by("order", "code"))


def digests_listed(actor: Actor) -> ScopedQuerySet[TaskDigest]:
    return TaskDigest.objects.visible_to(actor).select_related("year", "jurisdiction")


def digest_by_pk(actor: Actor, pk: int) -> TaskDigest | None:
    return digests_listed(actor).by_pk(pk)


def digest_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    return {
        one.pk: ThingCard(ThingRef(KIND, one.pk), one.label, reverse("work:digest", args=[one.pk]))
        for one in digests_listed(actor).filter(pk__in=ids)
    }


def figure_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Each figure as a link to the tasks it counts."""
    rows = TaskDigestFigure.objects.visible_to(actor).filter(pk__in=ids).select_related("digest", "unit")
    return {one.pk: _figure_card(one) for one in rows}


def _figure_card(one: TaskDigestFigure) -> ThingCard:
    narrowed = {"lead_unit": one.unit.code} if one.unit else {}
    who = f"{one.unit.name}：" if one.unit else ""
    url = counted_url(one.measure, stretch_of(one.digest), **narrowed)
    return ThingCard(ThingRef(FIGURE, one.pk), f"{who}{one.get_measure_display()}", url)


def totals_of(digest: TaskDigest) -> dict[str, int]:
    """Measure → what was counted at drafting, of all units. One statement."""
    rows = TaskDigestFigure.objects.system("of a digest the actor sees").filter(digest=digest, unit=None)
    return dict(rows.values_list("measure", "value"))
