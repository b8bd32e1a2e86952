"""考核组: the office says which assessors score which objects by which criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Assessed, GroupObject, Round, ScoringGroup
from zhize.apps.assessment.services.common import (
    checked,
    demand_keeping,
    demand_state,
    log,
    ref_of,
    round_locked,
)
from zhize.apps.orgs.models import Post, User
from zhize.apps.orgs.services.todos import notice_send
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.versioned import check_version

GROUPS_OPEN = (Round.State.PREPARING, Round.State.SELF, Round.State.CHECKING)


@transaction.atomic
def scoring_group_set(
    *,
    round_: Round,
    group: ScoringGroup | None = None,
    name: str,
    people: Sequence[int],
    objects: Sequence[int],
    codes: Sequence[str],
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> ScoringGroup:
    """Makes a group, or sets name, people (users), objects (`Assessed`) and criteria of one as a whole.

    Refuses in words: who is no assessor of the jurisdiction today, who serves an object of the group, criteria the scheme
    gives to a unit, a criterion of an object that another group scores. Who is new in it gets a message.
    """
    current = round_locked(round_)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *GROUPS_OPEN, doing="调整考核组")
    groups = list(selectors.groups_of(current))
    row = next(
        (one for one in groups if group and one.pk == group.pk), ScoringGroup(round=current, version=0)
    )
    before = _said(row) if row.pk else None
    there = {one.pk for one in row.people.all()} if row.pk else set()
    check_version(row, version if row.pk else None, mine={"name": name, "codes": list(codes)})
    users = _people(current, people, local_day(now))
    wanted = set(objects)
    chosen = [one for one in selectors.objects_of(current) if one.pk in wanted]
    _refuse_empty(users, chosen, codes)
    _refuse_codes(current, codes)
    _refuse_own(users, chosen, current)
    _refuse_twice([one for one in groups if one.pk != row.pk], chosen, codes)
    row.name, row.codes, row.version = name.strip(), list(codes), row.version + 1
    checked(row, "考核组")
    row.save()
    row.people.set(users)
    GroupObject.objects.filter(group=row).delete()
    GroupObject.objects.bulk_create(GroupObject(group=row, assessed=one) for one in chosen)
    notice_send(
        user_ids=[one.pk for one in users if one.pk not in there],
        text=f"您已编入{row.name}，负责评分：{current.title}",
        ref=ref_of(current),
        now=now,
    )
    after = _values(row, users, chosen)
    log(log_types.GROUP_SET, current, actor, now, before=before, after=after, note=row.name)
    return row


@transaction.atomic
def scoring_group_drop(*, group: ScoringGroup, actor: Actor, now: datetime) -> None:
    """Takes a group away; what it scored stays, and who scored it."""
    current = round_locked(group.round)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *GROUPS_OPEN, doing="调整考核组")
    before = _said(group)
    ScoringGroup.objects.system("a group is taken away").filter(pk=group.pk).delete()
    log(log_types.GROUP_DROPPED, current, actor, now, before=before, note=group.name)


def _said(group: ScoringGroup) -> dict[str, Any]:
    return _values(group, group.people.all(), group.scored.all())


def _values(group: ScoringGroup, people: Iterable[User], objects: Iterable[Assessed]) -> dict[str, Any]:
    return {
        "name": group.name,
        "people": [one.name for one in people],
        "objects": [one.name for one in objects],
        "codes": group.codes,
    }


def _people(round_: Round, wanted: Sequence[int], today: date) -> list[User]:
    known = {one.pk: one for one in selectors.assessors_of(round_, today)}
    if strangers := [pk for pk in wanted if pk not in known]:
        raise BadInput(
            f"有 {len(strangers)} 人今天不是本辖区的考核员",
            where="考核员",
            remedy="请先在“人员与岗位”中为其设考核员岗位",
        )
    return [known[pk] for pk in dict.fromkeys(wanted)]


def _refuse_empty(users: Sequence[User], chosen: Sequence[Assessed], codes: Sequence[str]) -> None:
    for given, where in ((users, "考核员"), (chosen, "考核对象"), (codes, "评分项目")):
        if not given:
            raise BadInput(f"没有选择{where}", where=where, remedy=f"请至少选一个{where}")


def _refuse_codes(round_: Round, codes: Sequence[str]) -> None:
    open_to = {leaf.code for leaf in selectors.leaves_for_groups(round_)}
    if wrong := [code for code in codes if code not in open_to]:
        leaf = mapping.scheme_of(round_).node(wrong[0])
        what = f"“{leaf.title}”由办法写明的单位评分" if leaf else "考核表没有这一项"
        raise BadInput(what, where="评分项目", remedy="请只选没有写明评分单位的项目")


def _refuse_own(users: Sequence[User], chosen: Sequence[Assessed], round_: Round) -> None:
    """Nobody scores whom the person serves, or served within the year, under any hat."""
    units = {unit: row for row in chosen for unit in (row.unit_id, row.unit.answers_through_id) if unit}
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=round_.year.starts_on)
    held = Post.objects.system("nobody scores the own unit").filter(
        lasting, user__in=users, unit_id__in=units
    )
    if post := held.select_related("user").first():
        raise BadInput(
            f"{post.user.name}在{units[post.unit_id].name}任职，不能给它评分",
            where="考核员",
            remedy="请换人，或把这个对象编入另一组",
        )


def _refuse_twice(others: Sequence[ScoringGroup], chosen: Sequence[Assessed], codes: Sequence[str]) -> None:
    for other in others:
        shared = sorted(set(other.codes) & set(codes))
        both = [one for one in other.scored.all() if one in chosen]
        if shared and both:
            raise BadInput(
                f"{both[0].name}的这些项目已由{other.name}评分",
                where="考核对象",
                why="一个对象的一个项目只由一个组评分",
                remedy=f"请去掉这个对象，或先调整{other.name}",
            )
