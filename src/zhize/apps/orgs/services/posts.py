"""Posts: opening, closing, handing over; the separation of administrators is kept here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.events import PostHandedOver
from zhize.apps.orgs.log_types import HAT_WORN, POST_CLOSED, POST_HANDED_OVER, POST_OPENED
from zhize.apps.orgs.mapping import roles_on, separations_broken
from zhize.apps.orgs.models import ApiToken, Delegation, Jurisdiction, Post, Todo, Unit, User
from zhize.apps.orgs.selectors.people import has_admin, held_by
from zhize.apps.orgs.services.saving import change, checked, demand, locked, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.events import emit
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot


@transaction.atomic
def post_open(
    *,
    user: User,
    unit: Unit,
    jurisdiction: Jurisdiction,
    role: str,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Post:
    """Gives a person a post. Refuses: no right, the own person, roles that must be kept apart, a term without end.

    Separation: GB/T 22239—2019 8.1.5 through rules/orgs/roles.yaml. Dates include both days.
    """
    post = _post_checked(
        user=user, unit=unit, jurisdiction=jurisdiction, role=role, title=title,
        starts_on=starts_on, ends_on=ends_on, actor=actor, now=now,
    )  # fmt: skip
    post.save()
    record(
        POST_OPENED,
        actor=actor,
        thing=ref(post),
        now=now,
        after=snapshot(post) | {"person": user.name},
        jurisdiction_code=jurisdiction.code,
    )
    return post


def _post_checked(
    *,
    user: User,
    unit: Unit,
    jurisdiction: Jurisdiction,
    role: str,
    title: str,
    starts_on: date,
    ends_on: date | None,
    actor: Actor,
    now: datetime,
) -> Post:
    """All of `post_open` but the writing: the checked, unsaved row."""
    today = local_day(now)
    below = jurisdiction.pk != actor.jurisdiction_id
    child_has_admin = below and not actor.is_system and has_admin(jurisdiction, role, today)
    demand(
        policies.may_open_post(actor, jurisdiction=jurisdiction, role=role, child_has_admin=child_has_admin),
        f"您不能在{jurisdiction.name}设立“{_role_label(role, today)}”岗位",
        why="普通岗位由系统管理员设立，管理员和审计岗位由安全管理员设立；下级辖区有了自己的管理员，就由它自己办理",
    )
    if not actor.is_system and user.pk is not None and user.pk == actor.user_id:
        raise NotAllowed("不能给自己设立岗位", why="权限须由他人授予", remedy="请由另一位管理员办理")
    refuse_role(role=role, ends_on=ends_on, today=today)
    if user.pk is not None:
        held = [(p.role, p.jurisdiction_id) for p in held_by([user.pk], today).get(user.pk, [])]
        refuse_together(name=user.name, held=held, role=role, jurisdiction=jurisdiction, today=today)
    post = Post(
        user=user, unit=unit, jurisdiction=jurisdiction, role=role, title=title,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    if ends_on is not None and ends_on < starts_on:
        raise BadInput("任期的结束日期早于开始日期", remedy="请核对起止日期")
    if user.pk is not None:
        checked(post)
    return post


def refuse_role(*, role: str, ends_on: date | None, today: date) -> None:
    """An unknown role, or one whose term must end (assessor, inspector, external auditor) without an end."""
    rule = roles_on(today).get(role)
    if rule is None:
        raise BadInput(f"没有“{role}”这个角色", remedy="请从角色表中选择")
    if rule.needs_end and ends_on is None:
        raise BadInput(f"“{rule.label}”的任期必须有截止日期", remedy="请填写结束日期")


def refuse_together(
    *, name: str, held: list[tuple[str, int]], role: str, jurisdiction: Jurisdiction, today: date
) -> None:
    """三员分立: says which two posts one person may not hold, and by which rule. Pure but for the region's level."""
    own = frozenset(r for r, where in held if where == jurisdiction.pk)
    broken = separations_broken(own, role, jurisdiction.region.level, today)
    if broken:
        rule = broken[0]
        other = "、".join(_role_label(r, today) for r in sorted((own & rule.roles) - {role}))
        raise NotAllowed(
            f"{name}已是{other}，不能再任{_role_label(role, today)}",
            why=f"{rule.label}（{rule.source}）",
            remedy="请由另一人担任，或先终止原有岗位",
        )


@transaction.atomic
def post_close(*, post: Post, ends_on: date, version: int | None, actor: Actor, now: datetime) -> Post:
    """Ends a post; `ends_on` is its last day. Refuses while to-dos bound to it are open: hand them over first."""
    current = locked(Post, post.pk)
    demand(
        policies.may_open_post(
            actor, jurisdiction=current.jurisdiction, role=current.role, child_has_admin=False
        ),
        "您不能终止这个岗位",
    )
    if ends_on < current.starts_on:
        raise BadInput(f"结束日期不能早于开始日期 {current.starts_on}")
    if left := _open_todos(current).count():
        raise StateConflict(
            f"这个岗位名下还有 {left} 件待办", why="终止后将无人办理", remedy="请先办理岗位交接"
        )
    before, after = change(current, {"ends_on": ends_on}, ("ends_on",), version=version)
    if before != after:
        record(POST_CLOSED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a hand-over did: the new post, and every to-do that moved, in words."""

    old: Post
    new: Post
    moved: tuple[str, ...]
    delegations_ended: int
    tokens_revoked: int


@transaction.atomic
def hand_over(
    *, post: Post, to: User, title: str = "", on: date, version: int | None, actor: Actor, now: datetime
) -> HandOver:
    """A successor takes the post: the old one ends the day before `on`, a new one begins, all open to-dos move.
    Emits `PostHandedOver`: what the predecessor had in charge elsewhere follows.

    Delegations and tokens of the old post end: they were the predecessor's trust, not the office's.
    Refuses: no right, the same person, an inactive account, a date to come (the to-dos would wait with
    nobody), a post that is over, roles the successor may not hold together.
    """
    today = local_day(now)
    current = locked(Post, post.pk)
    demand(policies.may_hand_over(actor, current), "您不能交接这个岗位")
    if to.pk == current.user_id:
        raise BadInput("接任人就是现任人", remedy="请选择另一人")
    if not to.is_active:
        raise BadInput(f"{to.name}的账号已停用", remedy="请先启用账号，或选择另一人")
    if on > today:
        raise BadInput("交接日期不能晚于今天", why="待办会在这之前无人办理", remedy="请到交接当日再办")
    if current.ends_on is not None and current.ends_on < today:
        raise StateConflict(f"这个岗位已于 {current.ends_on} 终止")
    if on <= current.starts_on:
        raise BadInput(f"交接日期须晚于现任开始任职的 {current.starts_on}")
    if to.pk == actor.user_id and not actor.is_system:
        raise NotAllowed("不能把岗位交给自己", why="权限须由他人授予", remedy="请由另一位管理员办理")
    held = [(p.role, p.jurisdiction_id) for p in held_by([to.pk], today).get(to.pk, [])]
    refuse_together(
        name=to.name, held=held, role=current.role, jurisdiction=current.jurisdiction, today=today
    )
    new = Post(
        user=to, unit=current.unit, jurisdiction=current.jurisdiction, role=current.role,
        title=title or current.title, starts_on=on, ends_on=current.ends_on,
    )  # fmt: skip
    change(current, {"ends_on": on - timedelta(days=1)}, ("ends_on",), version=version)
    checked(new)
    new.save()
    todos = _open_todos(current)
    moved = tuple(todos.order_by("due_on", "pk").values_list("title", flat=True))
    todos.update(post=new)
    delegations = (
        Delegation.objects.system("the post being handed over")
        .filter(post=current, revoked_at__isnull=True, ends_on__gte=on)
        .update(revoked_at=now)
    )
    tokens = (
        ApiToken.objects.system("the post being handed over")
        .filter(post=current, revoked_at__isnull=True)
        .update(revoked_at=now)
    )
    emit(PostHandedOver(current, new, actor, now))
    record(
        POST_HANDED_OVER,
        actor=actor,
        thing=ref(new),
        now=now,
        before={"post": current.pk, "person": current.user.name, "ends_on": str(current.ends_on)},
        after={"post": new.pk, "person": to.name, "starts_on": str(on), "moved": list(moved)},
        jurisdiction_code=current.jurisdiction.code,
    )
    return HandOver(current, new, moved, delegations, tokens)


def hat_wear(*, post_id: int, title: str, actor: Actor, now: datetime) -> None:
    """Records that the person now acts under another hat; the session itself is the view's."""
    record(HAT_WORN, actor=actor, thing=ThingRef("orgs.post", post_id), now=now, note=title)


def _open_todos(post: Post) -> ScopedQuerySet[Todo]:
    return Todo.objects.system("the open to-dos bound to a post").filter(post=post, done_at__isnull=True)


def _role_label(role: str, today: date) -> str:
    rule = roles_on(today).get(role)
    return rule.label if rule else role
