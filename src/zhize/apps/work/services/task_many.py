"""Many tasks handed to another unit, or closed, in one step: each by its own service, with its own entry; what cannot be is
left out and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhize.apps.work.models import Task
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.bulk import Bulk, closings_of, reassignments_of
from zhize.apps.work.services.task_check import task_check
from zhize.apps.work.services.task_office import task_reassign
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed

MOST = 200


@dataclass(frozen=True, slots=True)
class Many:
    """How many were done, and which were left out, why."""

    done: int
    left_out: tuple[Bulk, ...]


@transaction.atomic
def tasks_reassign(
    *, task_ids: Sequence[int], lead_unit_id: int, reason: str, actor: Actor, now: datetime
) -> Many:
    """批量改派 (units merged, matters moved): another lead unit for all of these, each beginning again with 承办确认.

    All that can be, or none: an error in one takes back all. Raises BadInput beyond 200.
    """
    tasks = _locked(task_ids, actor)
    found = reassignments_of(tasks, lead_unit_id, actor)
    for one in (one for one in found if not one.why):
        task_reassign(task=one.task, lead_unit_id=lead_unit_id, reason=reason, actor=actor, now=now)
    return _many(found)


@transaction.atomic
def tasks_close(*, task_ids: Sequence[int], comment: str = "", actor: Actor, now: datetime) -> Many:
    """批量办结销号 of those whose completion is asked for and which this hat may check; duties are discharged as by one."""
    tasks = _locked(task_ids, actor)
    found = closings_of(tasks, actor)
    for one in (one for one in found if not one.why):
        task_check(task=one.task, close=True, comment=comment, actor=actor, now=now)
    return _many(found)


def _locked(task_ids: Sequence[int], actor: Actor) -> list[Task]:
    """In the order of their keys, so that two at once wait for each other."""
    if not policies.may_hand_out(actor):
        raise NotAllowed("只有交办的办公室可以批量办理", remedy="请切换到办公室的身份")
    if not 0 < len(task_ids) <= MOST:
        raise BadInput("没有选择任务" if not task_ids else f"一次最多办理 {MOST} 项", remedy="请重新勾选")
    rows = Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=task_ids)
    return list(rows.select_related("lead_unit", "year", "jurisdiction").order_by("pk"))


def _many(found: Sequence[Bulk]) -> Many:
    left = tuple(one for one in found if one.why)
    return Many(len(found) - len(left), left)
