"""What the ladder does by itself on a day: whom the rule reminds, and which steps it asks the office to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.chase import CHASED, overdue_days
from zhize.apps.work.selectors.ladder import ladder_of
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.ladder import ByRule, Ladder, Rung
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "work.chase"
SYSTEM = "the rule looks at all tasks of a jurisdiction"
MOST = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """One step against a task: which, on which day, and the key where the rule sent it."""

    step: str
    on: date
    key: str


def chased_tasks(jurisdiction_id: int) -> ScopedQuerySet[Task]:
    """Open tasks with a date, in years that are not closed."""
    rows: ScopedQuerySet[Task] = Task.objects.system(SYSTEM)
    return rows.filter(jurisdiction_id=jurisdiction_id, state__in=CHASED, due_on__isnull=False).exclude(
        year__state=WorkYear.State.CLOSED
    )


def on_a_day(ladder: Ladder, today: date, catch_up: int) -> Q | None:
    """Tasks that stand at a day of a rung sent by rule, or so few days after it; None where the ladder sends nothing."""
    found: Q | None = None
    for day in {day for rung in ladder.rungs if rung.by_rule is ByRule.SEND for day in rung.rule_days}:
        until = today - timedelta(days=day)
        one = Q(due_on__gte=until - timedelta(days=catch_up), due_on__lte=until)
        found = one if found is None else found | one
    return found


def taken_of(tasks: Sequence[Task]) -> dict[int, list[Taken]]:
    """The steps against each, in their order. One statement."""
    rows = TaskReminder.objects.system("which steps were taken").filter(task__in=[t.pk for t in tasks])
    found: dict[int, list[Taken]] = {}
    for pk, step, at, key in rows.order_by("pk").values_list("task_id", "step", "at", "rule_key"):
        found.setdefault(pk, []).append(Taken(step, local_day(at), key))
    return found


def sent_today(
    task: Task, ladder: Ladder, taken: Sequence[Taken], today: date, catch_up: int
) -> tuple[Rung, str] | None:
    """The rung the rule sends this task, with its key; None where its day is over or somebody reminded since."""
    overdue = overdue_days(task, today)
    found = ladder.sent_by_rule([one.step for one in taken], overdue)
    if found is None or overdue is None:
        return None
    rung, day = found
    key = f"{rung.key}:{task.due_on:%Y-%m-%d}:{day}"
    begun = today - timedelta(days=overdue - day)
    if overdue - day > catch_up or any(one.key == key or one.on >= begun for one in taken):
        return None
    return rung, key


def proposed_of(jurisdiction_id: int, jurisdiction_code: str, now: datetime) -> list[tuple[Task, Rung]]:
    """The steps a person is asked to take today, most overdue first, at most 500. Two statements."""
    today = local_day(now)
    ladder = ladder_of(jurisdiction_code, today)
    asked = [
        rung for rung in ladder.rungs if rung.by_rule is ByRule.PROPOSE and rung.rule_days and rung.roles
    ]
    if not asked:
        return []
    first, last = min(rung.rule_days[0] for rung in asked), max(asked, key=lambda rung: rung.order)
    over = TaskReminder.objects.system("nothing above it to propose").filter(
        step=last.key, jurisdiction_id=jurisdiction_id
    )
    rows = chased_tasks(jurisdiction_id).filter(due_on__lte=today - timedelta(days=first))
    rows = rows.exclude(pk__in=over.values("task_id")).select_related("lead_unit", "year", "jurisdiction")
    tasks = list(rows.order_by("due_on", "pk")[:MOST])
    taken = taken_of(tasks)
    steps = {
        task: ladder.proposed_by_rule([t.step for t in taken.get(task.pk, ())], overdue_days(task, today))
        for task in tasks
    }
    return [(task, found[0]) for task, found in steps.items() if found]


def proposed_to(actor: Actor, now: datetime) -> list[int]:
    """The tasks whose proposed step this hat may take. Two statements."""
    if not policies.may_hand_out(actor) or actor.jurisdiction_id is None:
        return []
    found = proposed_of(actor.jurisdiction_id, actor.jurisdiction_code, now)
    return [task.pk for task, rung in found if actor.roles & set(rung.roles)]


def chase_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """The page of what is proposed, for the office of the jurisdiction."""
    own = actor.jurisdiction_id
    if own not in ids or not policies.may_hand_out(actor):
        return {}
    url = reverse("work:tasks_chase") + "?due=1"
    return {own: ThingCard(ThingRef(KIND, own), str(_("按督办办法应当督办的任务")), url)}
