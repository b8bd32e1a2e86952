"""Accounts: made with a first post, changed, locked, given a one-time password."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import (
    PASSWORDS_ISSUED,
    USER_ACTIVATED,
    USER_CHANGED,
    USER_CONTACT_CHANGED,
    USER_CREATED,
    USER_DEACTIVATED,
    USER_PASSWORD_RESET,
)
from zhize.apps.orgs.models import Post, User
from zhize.apps.orgs.selectors.people import held_by, waiting_for_password
from zhize.apps.orgs.services.posts import post_open
from zhize.apps.orgs.services.saving import assign, change, checked, demand, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.versioned import snapshot

USER_FIELDS = ("username", "name", "phone", "email", "valid_until")
CONTACT_FIELDS = ("phone", "email", "daily_digest", "brief_rule")
SHOWN = ["id", "username", "name", "phone", "email", "daily_digest", "is_active", "valid_until", "version"]
# Without 0 O 1 l I, which are mistaken on paper and on the telephone.
_LETTERS, _CAPITALS, _DIGITS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
_NO_RIGHT = "您不能管理这个账号"
_WHY = "账号由其所在辖区的系统管理员管理；管理员的账号由另一类管理员管理，三员分立"


def one_time_password() -> str:
    """Three kinds of characters in three groups of four, 60 random bits, to be changed at the first sign-in."""
    groups = ["".join(secrets.choice(kind) for _ in range(4)) for kind in (_LETTERS, _CAPITALS, _DIGITS)]
    return "-".join(groups)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A person just made; `password` is shown once and stored nowhere."""

    user: User
    post: Post
    password: str


@transaction.atomic
def user_create(
    *, data: Mapping[str, Any], post: Mapping[str, Any], actor: Actor, now: datetime
) -> NewAccount:
    """Makes an account with its first post (unit, jurisdiction, role, title, starts_on, ends_on).

    Refuses what `post_open` refuses, and a user name already taken.
    """
    demand(policies.may_create_users(actor), "只有管理员可以建立账号")
    password = one_time_password()
    user = User(created_at=now, must_change_password=True, created_by_id=actor.user_id)
    assign(user, data, USER_FIELDS)
    user.password = make_password(password)
    checked(user)
    user.save()
    opened = post_open(user=user, **post, actor=actor, now=now)
    record(USER_CREATED, actor=actor, thing=ref(user), now=now, after=snapshot(user, SHOWN))
    return NewAccount(user, opened, password)


@transaction.atomic
def user_update(
    *, thing: User, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> User:
    """Changes a person's name, contact data or account term."""
    current = _locked(thing.pk)
    demand(policies.may_manage_user(actor, held(current, now)), _NO_RIGHT, why=_WHY)
    before, after = change(current, data, USER_FIELDS, version=version)
    if before != after:
        record(
            USER_CHANGED, actor=actor, thing=ref(current), now=now, before=_shown(before), after=_shown(after)
        )
    return current


@transaction.atomic
def contact_update(*, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime) -> User:
    """The person's own telephone and e-mail. A deputy changes the own, never the holder's."""
    if actor.user_id is None:
        raise NotAllowed("没有登录账号，不能修改联系方式")
    current = _locked(actor.user_id)
    before, after = change(current, data, CONTACT_FIELDS, version=version)
    if before != after:
        record(
            USER_CONTACT_CHANGED,
            actor=actor,
            thing=ref(current),
            now=now,
            before=_shown(before),
            after=_shown(after),
        )
    return current


@transaction.atomic
def user_deactivate(*, user: User, reason: str, version: int | None, actor: Actor, now: datetime) -> User:
    """Locks an account at once (somebody left, something is suspected); its history stays. Refuses the own account."""
    current = _locked(user.pk)
    posts = held(current, now)
    demand(
        policies.may_manage_user(actor, posts) or policies.may_lock_user(actor, posts), _NO_RIGHT, why=_WHY
    )
    if current.pk == actor.user_id:
        raise NotAllowed("不能停用自己的账号", remedy="请由另一位管理员办理")
    if not reason.strip():
        raise BadInput("没有填写停用原因", why="停用须可追查")
    change(current, {"is_active": False}, ("is_active",), version=version)
    record(
        USER_DEACTIVATED,
        actor=actor,
        thing=ref(current),
        now=now,
        note=reason.strip(),
        before={"is_active": True},
        after={"is_active": False},
    )
    return current


@transaction.atomic
def user_activate(*, user: User, version: int | None, actor: Actor, now: datetime) -> User:
    """Unlocks an account."""
    current = _locked(user.pk)
    posts = held(current, now)
    demand(
        policies.may_manage_user(actor, posts) or policies.may_lock_user(actor, posts), _NO_RIGHT, why=_WHY
    )
    change(current, {"is_active": True}, ("is_active",), version=version)
    record(
        USER_ACTIVATED,
        actor=actor,
        thing=ref(current),
        now=now,
        before={"is_active": False},
        after={"is_active": True},
    )
    return current


@transaction.atomic
def password_reset(*, user: User, actor: Actor, now: datetime) -> str:
    """Gives a one-time password, shown once; the person must change it at the next sign-in. Ends open sessions."""
    current = _locked(user.pk)
    demand(policies.may_manage_user(actor, held(current, now)), _NO_RIGHT, why=_WHY)
    if current.pk == actor.user_id:
        raise NotAllowed("不能重置自己的口令", remedy="请在“账号”页修改口令")
    password = one_time_password()
    _give(current, password, now)
    current.save()
    record(USER_PASSWORD_RESET, actor=actor, thing=ref(current), now=now)
    return password


@transaction.atomic
def passwords_issue(*, actor: Actor, now: datetime) -> list[tuple[User, str]]:
    """First passwords for all accounts this person made in bulk and nobody used: made here, given once.

    No plain password is ever stored, not even until the download; a lost list is answered by resetting.
    """
    demand(policies.may_create_users(actor), "只有管理员可以发放口令")
    users = waiting_for_password(actor)
    if not users:
        raise BadInput("没有等待发放口令的账号", remedy="已发放而遗失的，请在人员页逐个重置口令")
    issued = []
    for user in users:
        password = one_time_password()
        _give(user, password, now)
        issued.append((user, password))
    User.objects.bulk_update(users, ["password", "must_change_password", "password_changed_at", "version"])
    record(
        PASSWORDS_ISSUED, actor=actor, thing=None, now=now, after={"usernames": [u.username for u in users]}
    )
    return issued


def held(user: User, now: datetime) -> list[tuple[int, str]]:
    """The person's open posts as policies take them: (jurisdiction, role)."""
    today = local_day(now)
    return [(p.jurisdiction_id, p.role) for p in held_by([user.pk], today).get(user.pk, [])]


def _give(user: User, password: str, now: datetime) -> None:
    user.password = make_password(password)
    user.must_change_password = True
    user.password_changed_at = now
    user.version += 1


def _locked(pk: int) -> User:
    user = User.objects.select_for_update().filter(pk=pk).first()
    if user is None:
        raise BadInput("这个账号已不存在")
    return user


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the password's digest: the log is read by more people than the table."""
    return {key: value for key, value in values.items() if key in SHOWN}
