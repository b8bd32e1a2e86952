"""What every write of an on-site check shares: lock, step by the table, words, the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from zhize.apps.documents.selectors import official_standing
from zhize.apps.inspection.models import GroupPerson, Inspection
from zhize.apps.inspection.policies import may_keep
from zhize.apps.inspection.selectors.inspections import KIND
from zhize.apps.inspection.selectors.own_unit import objections
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked
from zhize.core.workflow.inspection import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version

RELATIONS = ("jurisdiction", "year")
OFFICE_ONLY = "只有组织核查的办公室可以办理"
SWITCH = "请切换到该办公室的身份"


def ref_of(inspection: Inspection) -> ThingRef:
    return ThingRef(KIND, inspection.pk)


def locked(inspection: Inspection, version: int | None, **mine: Any) -> Inspection:
    """The inspection locked for this write, its version compared."""
    rows = Inspection.objects.system("locked for a write").select_for_update(of=("self",))
    current: Inspection = rows.select_related("jurisdiction", "year").get(pk=inspection.pk)
    check_version(current, version, mine=mine)
    return current


def demand_office(actor: Actor, inspection: Inspection) -> None:
    if not may_keep(actor, inspection):
        raise NotAllowed(OFFICE_ONLY, remedy=SWITCH)


def demand_state(inspection: Inspection, states: Iterable[str], what: str, remedy: str) -> None:
    """StateConflict in words where the inspection has moved on."""
    if inspection.state not in states:
        raise StateConflict(
            f"{inspection.get_state_display()}的核查不能{what}", where=inspection.title, remedy=remedy
        )


def refuse_while_on_paper(inspection: Inspection, actor: Actor, what: str) -> None:
    """What the notice says does not change while the notice is on its way: it would go out with what no longer holds."""
    waiting = [one for one in official_standing(actor, ref_of(inspection)) if one.state not in one.SENT]
    if waiting:
        raise StateConflict(
            f"通知正在办理（{waiting[0].get_state_display()}），不能{what}",
            where=inspection.title,
            why="印发的通知会与方案不一致",
            remedy="请先在公文中作废这份通知，改好后重新起草",
        )


def moved(inspection: Inspection, action: str) -> None:
    inspection.state = next_state(TABLE, inspection.state, action).next_state


def save(inspection: Inspection) -> None:
    inspection.version += 1
    checked(inspection, exclude=RELATIONS)
    inspection.save()


def refuse_own(people: list[GroupPerson], units: Iterable[Unit], now: datetime) -> None:
    """BadInput naming each person who would check the own unit."""
    found = objections(people, units, local_day(now))
    if found:
        raise BadInput(
            found[0],
            [Problem(what=words) for words in found],
            where="核查组",
            why="不能核查本单位",
            remedy="请换一组去，或换人",
        )


def log(
    what: LogType,
    inspection: Inspection,
    actor: Actor,
    now: datetime,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    note: str = "",
) -> None:
    """One entry in the chain of the inspection's jurisdiction."""
    record(
        what, actor=actor, thing=ref_of(inspection), now=now, before=before, after=after, note=note[:500],
        jurisdiction_code=inspection.jurisdiction.code,
    )  # fmt: skip
