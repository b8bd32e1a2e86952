"""Who belongs to a jurisdiction: member units, and the dated list of the leading group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import (
    GROUP_LIST_REPLACED,
    GROUP_MEMBER_CHANGED,
    MEMBERSHIP_ADDED,
    MEMBERSHIP_CHANGED,
    MEMBERSHIP_ENDED,
    MEMBERSHIPS_REORDERED,
)
from zhize.apps.orgs.models import GroupMember, Jurisdiction, Membership
from zhize.apps.orgs.selectors.units import in_force
from zhize.apps.orgs.services.saving import assign, change, checked, demand, jurisdiction_of, locked, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.fields import Outcome
from zhize.kit.versioned import snapshot

MEMBERSHIP_FIELDS = ("unit", "capacity", "order", "valid_from", "valid_to", "basis")
LINE_FIELDS = ("capacity", "title", "person", "unit", "order", "confirmed")
_NO_RIGHT = "只有本辖区领导小组办公室可以调整成员"


@transaction.atomic
def membership_add(
    *, jurisdiction: Jurisdiction, data: Mapping[str, Any], actor: Actor, now: datetime
) -> Membership:
    """Adds a unit to the jurisdiction from a date on. Refuses: the same unit in the same capacity at the same time."""
    demand(policies.may_keep_members_of(actor, jurisdiction), _NO_RIGHT)
    row = Membership(jurisdiction=jurisdiction)
    assign(row, data, MEMBERSHIP_FIELDS)
    checked(row)
    _refuse_overlap(row)
    row.save()
    record(
        MEMBERSHIP_ADDED,
        actor=actor,
        thing=ref(row),
        now=now,
        after=snapshot(row),
        jurisdiction_code=jurisdiction.code,
    )
    return row


def membership_create(*, data: Mapping[str, Any], actor: Actor, now: datetime) -> Membership:
    """As `membership_add`, in the actor's own jurisdiction: what a form or a file gives."""
    own = jurisdiction_of(actor.jurisdiction_id)
    return membership_add(jurisdiction=own, data=data, actor=actor, now=now)


@transaction.atomic
def membership_update(
    *, thing: Membership, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Membership:
    """Corrects a membership."""
    current = locked(Membership, thing.pk)
    demand(policies.may_keep_members_of(actor, current.jurisdiction), _NO_RIGHT)
    before, after = change(current, data, MEMBERSHIP_FIELDS, version=version)
    if before != after:
        _refuse_overlap(current)
        record(MEMBERSHIP_CHANGED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


@transaction.atomic
def membership_end(
    *, membership: Membership, on: date, basis: str, version: int | None, actor: Actor, now: datetime
) -> Membership:
    """Ends a membership: `on` is the first day the unit is no longer a member. The row stays."""
    current = locked(Membership, membership.pk)
    demand(policies.may_keep_members_of(actor, current.jurisdiction), _NO_RIGHT)
    if on < current.valid_from:
        raise BadInput(f"退出日期不能早于加入日期 {current.valid_from}")
    before, after = change(
        current, {"valid_to": on, "basis": basis or current.basis}, ("valid_to", "basis"), version=version
    )
    record(MEMBERSHIP_ENDED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


@transaction.atomic
def memberships_reorder(
    *, jurisdiction: Jurisdiction, ids: Sequence[int], actor: Actor, now: datetime
) -> None:
    """Puts the members in this order (建制顺序). Refuses a list with a foreign or missing line: somebody changed it meanwhile."""
    demand(policies.may_keep_members_of(actor, jurisdiction), _NO_RIGHT)
    today = now.date()
    rows = list(
        Membership.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .filter(jurisdiction=jurisdiction, pk__in=ids)
        .filter(in_force(today))
    )
    if len(rows) != len(set(ids)):
        raise BadInput("名单在您排序期间有变动", remedy="请刷新页面，按最新名单重新排序")
    place = {pk: order for order, pk in enumerate(ids, 1)}
    before = [row.pk for row in sorted(rows, key=lambda r: (r.order, r.pk))]
    for row in rows:
        row.order = place[row.pk]
        row.version += 1
    Membership.objects.visible_to(actor).bulk_update(rows, ["order", "version"])
    record(
        MEMBERSHIPS_REORDERED,
        actor=actor,
        thing=ref(jurisdiction),
        now=now,
        before={"order": before},
        after={"order": list(ids)},
        jurisdiction_code=jurisdiction.code,
    )


@transaction.atomic
def group_list_replace(
    *,
    jurisdiction: Jurisdiction,
    lines: Sequence[Mapping[str, Any]],
    valid_from: date,
    basis: str,
    digest: str = "",
    actor: Actor,
    now: datetime,
) -> list[GroupMember]:
    """A new member list from a date on, with its basis document; the lines in force until then end on that day.

    The old list stays readable by date. Refuses: an empty list, no basis document, a list that starts
    before or on the day the present one started (that would be a correction, not a new list).
    """
    demand(policies.may_keep_members_of(actor, jurisdiction), "只有本辖区领导小组办公室可以调整成员名单")
    if not lines:
        raise BadInput("名单是空的", remedy="请至少填写一名组长")
    if not basis.strip():
        raise BadInput("没有填写依据文件", why="成员名单以文件为准", remedy="请填写发文字号或标题")
    old = GroupMember.objects.system("the list being replaced").filter(jurisdiction=jurisdiction)
    if latest := old.filter(valid_from__gte=valid_from).order_by("-valid_from").first():
        raise BadInput(
            f"现有名单自 {latest.valid_from} 起执行，新名单不能自 {valid_from} 起",
            remedy="个别更正请在名单中逐条修改；调整名单请填写更晚的日期",
        )
    ended = old.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).update(
        valid_to=valid_from, version=F("version") + 1
    )
    rows = []
    for place, line in enumerate(lines, 1):
        row = GroupMember(jurisdiction=jurisdiction, valid_from=valid_from, basis=basis.strip(), order=place)
        assign(row, line, LINE_FIELDS)
        row.order = place
        checked(row)
        rows.append(row)
    GroupMember.objects.bulk_create(rows)
    record(
        GROUP_LIST_REPLACED,
        actor=actor,
        thing=ref(jurisdiction),
        now=now,
        after={
            "valid_from": str(valid_from),
            "basis": basis.strip(),
            "ended": ended,
            "lines": [f"{row.get_capacity_display()} {row.title}" for row in rows],
        },
        rows_digest=digest,
        jurisdiction_code=jurisdiction.code,
    )
    return rows


def group_list_import(
    *, rows: Sequence[Mapping[str, Any]], actor: Actor, now: datetime, digest: str
) -> Outcome:
    """A whole new list from a file: every line names the same first day and the same basis document."""
    own = jurisdiction_of(actor.jurisdiction_id)
    heads = {(row["valid_from"], row["basis"]) for row in rows}
    if len(heads) != 1:
        raise BadInput("一份名单只能有一个生效日期和一份依据文件", remedy="请让每一行的“自”和“依据文件”相同")
    since, basis = heads.pop()
    lines = [{k: v for k, v in row.items() if k in LINE_FIELDS} for row in rows]
    lines.sort(key=lambda line: line.get("order") or 0)
    made = group_list_replace(
        jurisdiction=own, lines=lines, valid_from=since, basis=basis, digest=digest, actor=actor, now=now
    )
    return Outcome(len(made), 0, 0)


@transaction.atomic
def group_member_update(
    *, thing: GroupMember, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> GroupMember:
    """Corrects one line of the list (a title, a confirmed post); dates change with a new list only."""
    current = locked(GroupMember, thing.pk)
    demand(
        policies.may_keep_members_of(actor, current.jurisdiction), "只有本辖区领导小组办公室可以更正成员名单"
    )
    if data.get("valid_from", current.valid_from) != current.valid_from:
        raise BadInput(
            "不能修改生效日期", why="日期属于整份名单", remedy="名单调整请用“调整名单”，填写新的日期"
        )
    rest = {key: value for key, value in data.items() if key != "valid_from"}
    before, after = change(current, rest, (*LINE_FIELDS, "basis"), version=version)
    if before != after:
        record(GROUP_MEMBER_CHANGED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


def _refuse_overlap(row: Membership) -> None:
    overlap = (
        Membership.objects.system("the same unit's other lines")
        .filter(jurisdiction_id=row.jurisdiction_id, unit_id=row.unit_id, capacity=row.capacity)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_from))
        .exclude(pk=row.pk)
    )
    if row.valid_to is not None:
        overlap = overlap.filter(valid_from__lt=row.valid_to)
    if overlap.exists():
        raise BadInput(
            f"{row.unit.name}在这段时间已经是{row.get_capacity_display()}",
            remedy="请先结束原有的一条，或改用其他日期",
        )
