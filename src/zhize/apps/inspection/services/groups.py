"""Groups of an on-site check and the checklist: who goes where, and what is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from zhize.apps.inspection import log_types
from zhize.apps.inspection.models import CheckItem, GroupPerson, InspectedUnit, Inspection, InspectionGroup
from zhize.apps.inspection.selectors.inspections import groups_of, items_of, units_of
from zhize.apps.inspection.services.common import (
    demand_office,
    demand_state,
    locked,
    log,
    refuse_own,
    refuse_while_on_paper,
    save,
)
from zhize.apps.orgs.models import User
from zhize.apps.orgs.services.saving import checked
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput

DRAFT = (Inspection.State.DRAFT,)
STAFFED = (Inspection.State.DRAFT, Inspection.State.ANNOUNCED)
ANEW = "已通知的，请取消后另拟方案"


@dataclass(frozen=True, slots=True)
class NewItem:
    """One line of a checklist."""

    name: str
    requirement: str
    clause: str = ""
    how: str = CheckItem.How.JUDGE


@transaction.atomic
def items_set(
    *, inspection: Inspection, items: Sequence[NewItem], version: int | None, actor: Actor, now: datetime
) -> Inspection:
    """Sets the whole checklist, in this order; until the check is announced."""
    current = locked(inspection, version)
    demand_office(actor, current)
    demand_state(current, DRAFT, "再改清单", ANEW)
    refuse_while_on_paper(current, actor, "再改清单")
    before = [one.name for one in items_of(current)]
    names = [one.name for one in items]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise BadInput(f"核查项目“{twice}”列了两次", where="核查清单", remedy="请合并或改名")
    rows = [CheckItem(inspection=current, order=n, **asdict(one)) for n, one in enumerate(items, 1)]
    for row in rows:
        checked(row, exclude=("inspection",))
    CheckItem.objects.system("the checklist is set as a whole").filter(inspection=current).delete()
    CheckItem.objects.bulk_create(rows, batch_size=500)
    save(current)
    log(
        log_types.ITEMS_SET, current, actor, now, {"items": before}, {"items": [asdict(one) for one in items]}
    )
    return current


@transaction.atomic
def group_set(
    *,
    inspection: Inspection,
    group: InspectionGroup | None = None,
    name: str,
    unit_ids: Sequence[int],
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> InspectionGroup:
    """Makes a group or changes its name and units. A unit is checked by one group: it leaves the one it was with."""
    current = locked(inspection, None)
    demand_office(actor, current)
    demand_state(current, STAFFED, "再改分组", "请另拟方案")
    refuse_while_on_paper(current, actor, "再改分组")
    groups = groups_of(current)
    row = next((one for one in groups if group and one.pk == group.pk), None)
    if row is None:
        row = InspectionGroup(inspection=current, order=len(groups) + 1)
    before = {"name": row.name, "units": _names(row)} if row.pk else None
    if version is not None and row.pk and row.version != version:
        raise BadInput("这个组刚被别人改过", where=row.name, remedy="请重新打开后再改")
    row.name, row.version = name.strip(), row.version + (1 if row.pk else 0)
    checked(row)
    row.save()
    units = {one.unit_id: one for one in units_of(current)}
    chosen = [units[pk] for pk in unit_ids if pk in units]
    refuse_own(list(row.people.all()) if before else [], [one.unit for one in chosen], now)
    rows = InspectedUnit.objects.system("who checks whom").filter(inspection=current)
    rows.filter(group=row).exclude(pk__in=[one.pk for one in chosen]).update(group=None)
    rows.filter(pk__in=[one.pk for one in chosen]).update(group=row)
    after = {"name": row.name, "units": [one.unit.name for one in chosen]}
    log(log_types.GROUP_SET, current, actor, now, before, after, row.name)
    return row


def _names(group: InspectionGroup) -> list[str]:
    return [one.unit.name for one in group.unit_rows.all()]


@transaction.atomic
def group_remove(*, group: InspectionGroup, actor: Actor, now: datetime) -> None:
    """Takes a group away while the plan is a draft; its units wait for another."""
    current = locked(group.inspection, None)
    demand_office(actor, current)
    demand_state(current, DRAFT, "撤销核查组", "请改分组")
    refuse_while_on_paper(current, actor, "撤销核查组")
    before = {"name": group.name, "people": [one.name for one in _people(group)]}
    InspectionGroup.objects.system("a group of a draft is taken away").filter(pk=group.pk).delete()
    log(log_types.GROUP_REMOVED, current, actor, now, before, None, group.name)


def _people(group: InspectionGroup) -> list[GroupPerson]:
    return list(GroupPerson.objects.system("the people of a group being changed").filter(group=group))


@transaction.atomic
def person_add(
    *,
    group: InspectionGroup,
    part: str,
    user: User | None = None,
    name: str = "",
    workplace: str = "",
    actor: Actor,
    now: datetime,
) -> GroupPerson:
    """Adds a person with an account, or an expert by name and workplace; nobody who would check the own unit."""
    current = locked(group.inspection, None)
    demand_office(actor, current)
    demand_state(current, STAFFED, "再改人员", "请另拟方案")
    refuse_while_on_paper(current, actor, "再改人员")
    name, workplace = (user.name if user else name).strip(), workplace.strip()
    if not name or not workplace:
        raise BadInput("没有写明是谁", where="核查组成员", remedy="请选择人员，或填写姓名和工作单位")
    there = _people(group)
    if part == GroupPerson.Part.HEAD and any(one.part == GroupPerson.Part.HEAD for one in there):
        raise BadInput(f"{group.name}已有组长", where="组内分工", remedy="请先移除原组长，或选组员")
    person = GroupPerson(group=group, part=part, user=user, name=name, workplace=workplace)
    mine = [row.unit for row in units_of(current) if row.group_id == group.pk]
    refuse_own([person], mine, now)
    checked(person)
    person.save()
    after = {"part": part, "name": name, "workplace": workplace}
    log(log_types.PERSON_ADDED, current, actor, now, None, after, f"{group.name}：{name}")
    return person


@transaction.atomic
def person_remove(*, person: GroupPerson, actor: Actor, now: datetime) -> None:
    """Takes a person out of a group; while the check is under way too, for people fall ill."""
    group = person.group
    current = locked(group.inspection, None)
    demand_office(actor, current)
    demand_state(current, STAFFED, "再改人员", "请另拟方案")
    refuse_while_on_paper(current, actor, "再改人员")
    before = {"part": person.part, "name": person.name, "workplace": person.workplace}
    GroupPerson.objects.system("a person leaves a group").filter(pk=person.pk).delete()
    log(log_types.PERSON_REMOVED, current, actor, now, before, None, f"{group.name}：{person.name}")
