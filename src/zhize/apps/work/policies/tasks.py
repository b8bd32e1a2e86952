"""Who may do what with tasks.

The office of the jurisdiction hands out, reminds and closes (二（一）（五）); the lead unit takes on, reports and asks;
a supporting unit reports its own part. Nobody checks what the own unit did; what the office itself leads is checked
by the group's leaders.
"""

from __future__ import annotations

from collections.abc import Iterable

from zhize.apps.orgs import selectors as orgs
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.work.models import Task, TaskUnit
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day

OFFICE = ("office_director", "office_staff")
UNIT = ("unit_head", "liaison", "clerk", *OFFICE)


def may_see_tasks(actor: Actor) -> bool:
    """Everyone with a hat: within the jurisdiction work is done in the open."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_hand_out(actor: Actor) -> bool:
    """Make tasks, import them, remind, change dates of many: the office."""
    return actor.is_system or actor.has(*OFFICE)


def may_record_talk(actor: Actor, jurisdiction_id: int) -> bool:
    """约谈 is recorded by the office of the jurisdiction, whoever held it."""
    return actor.is_system or (actor.has(*OFFICE) and actor.jurisdiction_id == jurisdiction_id)


def may_manage(actor: Actor, task: Task) -> bool:
    """Remind, reassign, suspend, cancel: the office of the jurisdiction that handed the task out."""
    return actor.is_system or (actor.has(*OFFICE) and task.jurisdiction_id == actor.jurisdiction_id)


def leads(actor: Actor, task: Task) -> bool:
    """Whether the acting unit leads it, or answers for the unit that does. Reads: `task.lead_unit` joined."""
    return orgs.answers_for(actor, task.lead_unit)


def may_work(actor: Actor, task: Task) -> bool:
    """Take on, hand back, ask for completion or more time: people of the lead unit."""
    return actor.is_system or (actor.has(*UNIT) and leads(actor, task))


def may_report(actor: Actor, task: Task, participants: Iterable[TaskUnit] | None = None) -> bool:
    """Report progress: people of the lead unit, or of a supporting one. One query where it does not lead, none where the
    units taking part are given."""
    if may_work(actor, task):
        return True
    if actor.unit_id is None or not actor.has(*UNIT):
        return False
    if participants is not None:
        return any(
            one.role != TaskUnit.Role.GUIDE and orgs.answers_for(actor, one.unit) for one in participants
        )
    rows = TaskUnit.objects.system("whether the unit takes part").filter(mine_q(actor), task=task)
    return rows.exclude(role=TaskUnit.Role.GUIDE).exists()


def may_divide(actor: Actor, task: Task) -> bool:
    """Divide it into sub-tasks: people of the lead unit, and the office that handed it out."""
    return may_work(actor, task) or may_manage(actor, task)


def may_check(actor: Actor, task: Task, served: orgs.Served | None = None) -> bool:
    """Close or return, grant or refuse more time: the office, never for the own unit; for the office's own the leader.

    A part that the lead unit divided off is checked by that unit; what it gave to its own people, by its head.
    `served` (`orgs.served_by`), where many are asked about, spares a query for each.
    """
    if actor.is_system:
        return True
    if task.checker_id:
        if actor.unit_id != task.checker_id:
            return False
        if leads(actor, task):
            return actor.has("unit_head")
        return actor.has(*UNIT) and not serves_there_too(actor, task, served)
    if task.jurisdiction_id != actor.jurisdiction_id or leads(actor, task):
        return False
    if _led_by_office(task):
        return actor.has("leader")
    return actor.has(*OFFICE) and not serves_there_too(actor, task, served)


def _led_by_office(task: Task) -> bool:
    office = task.jurisdiction.office_unit_id
    return office is not None and office in (task.lead_unit_id, task.lead_unit.answers_through_id)


def serves_there_too(actor: Actor, task: Task, served: orgs.Served | None = None) -> bool:
    """Whether the person serves the lead unit under another hat, or did since the task was made. One query: ask it last."""
    since = local_day(task.created_at)
    return (served or orgs.served_by(actor)).there(task.lead_unit, since=since)
