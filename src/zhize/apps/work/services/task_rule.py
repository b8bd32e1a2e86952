"""按规则督办: each morning the ladder's own reminders go out once, and the office is asked to decide what it must."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.models import Task
from zhize.apps.work.selectors.by_rule import (
    chased_tasks,
    on_a_day,
    sent_today,
    taken_of,
)
from zhize.apps.work.selectors.chase import CHASED
from zhize.apps.work.selectors.ladder import ladder_of
from zhize.apps.work.services.task_proposals import proposals_follow
from zhize.apps.work.services.task_remind import reminders_write
from zhize.core.workflow.ladder import Ladder
from zhize.kit.actor import Actor, system_actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.rowfile import rowfile_store
from zhize.kit.rules import rule
from zhize.kit.versioned import snapshot

AT_ONCE = 200


def tasks_remind_due(*, actor: Actor, now: datetime) -> int:
    """Each morning, by the ladder of each jurisdiction (`work/ladder`: `by_rule`, `rule_days`); gives how many were reminded.

    What is sent by rule goes out in sets of 200, each a transaction of its own behind its locks, under a key that the
    database takes once: killed in the middle, the next run goes on with those that are left, also so many days later as the rule
    says (`rule_catch_up_days`). What a person decides is a to-do of the office, closed when nothing is left to decide.
    """
    today, written = local_day(now), 0
    for one in Jurisdiction.objects.system("each has its ladder").order_by("pk"):
        ladder = ladder_of(one.code, today)
        catch_up = int(rule("work/attention", on=today, jurisdiction=one.code)["rule_catch_up_days"])
        standing = on_a_day(ladder, today, catch_up)
        if standing is not None:
            ids = list(chased_tasks(one.pk).filter(standing).order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(ids), AT_ONCE):
                written += _send(one, ladder, ids[start : start + AT_ONCE], catch_up, actor, now)
        proposals_follow(one, actor, now)
    return written


def remind_each_day(now: datetime) -> None:
    """What the beat runs."""
    tasks_remind_due(actor=system_actor("按规则督办"), now=now)


@transaction.atomic
def _send(
    jurisdiction: Jurisdiction, ladder: Ladder, ids: list[int], catch_up: int, actor: Actor, now: datetime
) -> int:
    rows = Task.objects.system("reminded by rule").select_for_update(of=("self",)).filter(pk__in=ids)
    tasks = list(
        rows.filter(state__in=CHASED).select_related("lead_unit", "year", "jurisdiction").order_by("pk")
    )
    taken, today = taken_of(tasks), local_day(now)
    found = {task: sent_today(task, ladder, taken.get(task.pk, ()), today, catch_up) for task in tasks}
    chosen = [(task, one[0]) for task, one in found.items() if one]
    if not chosen:
        return 0
    keys = {task.pk: one[1] for task, one in found.items() if one}
    reminders = reminders_write(chosen, "", "", actor, now, keys)
    record(
        log_types.MANY_REMINDED,
        actor=actor,
        thing=None,
        now=now,
        after={"reminded": len(chosen), "left_out": 0},
        note="按督办办法到日发出",
        rows_digest=rowfile_store(snapshot(one) for one in reminders),
        jurisdiction_code=jurisdiction.code,
    )
    return len(chosen)
