"""Accounts in bulk: people and their posts from one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import (
    USERS_IMPORTED,
)
from zhize.apps.orgs.models import Jurisdiction, Post, User
from zhize.apps.orgs.models.people import GUARDED_ROLES
from zhize.apps.orgs.selectors.people import held_by
from zhize.apps.orgs.services.bulk import Row, record_bulk
from zhize.apps.orgs.services.posts import refuse_role, refuse_together
from zhize.apps.orgs.services.saving import checked, demand, jurisdiction_of
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput
from zhize.kit.fields import Outcome

PERSON_FIELDS = ("name", "phone", "email")


@transaction.atomic
def people_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Accounts in bulk: a person and a post of the own jurisdiction a row, by user name, unit and role.

    New accounts have no password until their maker asks for the list (`passwords_issue`). Refuses rows the
    actor could not write one by one: a role that is not the actor's to give, the own person, another
    jurisdiction's account, roles kept apart (三员分立), a term that must end and does not.
    """
    today = local_day(now)
    own = jurisdiction_of(actor.jurisdiction_id)
    _demand_roles({str(row["role"]) for row in rows}, own, actor)
    names = {str(row["username"]) for row in rows}
    if actor.username in names:
        raise BadInput(
            f"名册中有您自己的账号“{actor.username}”", why="权限须由他人授予", remedy="请删去这一行"
        )
    users = {u.username: u for u in User.objects.select_for_update().filter(username__in=names)}
    held = held_by([u.pk for u in users.values()], today)
    added: list[User] = []
    changed: dict[str, User] = {}
    posts: list[Post] = []
    taken: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        username = str(row["username"])
        refuse_role(role=row["role"], ends_on=row.get("ends_on"), today=today)
        user = users.get(username)
        if user is None:
            user = users[username] = User(
                username=username, created_at=now, created_by_id=actor.user_id, must_change_password=True
            )
            user.set_unusable_password()
            added.append(user)
        elif user.pk is not None:
            _demand_user(user, held.get(user.pk, []), actor)
        if _set(user, row) and user.pk is not None:
            changed[username] = user
        mine = taken.setdefault(username, [(p.role, p.jurisdiction_id) for p in held.get(user.pk or 0, [])])
        if any(_same_post(p, row, own) for p in held.get(user.pk or 0, [])):
            continue
        refuse_together(name=user.name, held=mine, role=row["role"], jurisdiction=own, today=today)
        mine.append((row["role"], own.pk))
        posts.append(_post(user, row, own, today))
    for user in [*added, *changed.values()]:
        checked(user, exclude=["password"])
    for user in changed.values():
        user.version += 1
    User.objects.bulk_create(added, batch_size=500)
    User.objects.bulk_update(changed.values(), [*PERSON_FIELDS, "version"], batch_size=500)
    for post in posts:
        post.user = users[post.user.username]
    Post.objects.bulk_create(posts, batch_size=500)
    outcome = Outcome(len(posts), len(changed), len(rows) - len(posts))
    record_bulk(USERS_IMPORTED, outcome, actor, now, digest, own.code)
    return outcome


def _demand_roles(roles: set[str], own: Jurisdiction, actor: Actor) -> None:
    for role in sorted(roles):
        demand(
            policies.may_open_post(actor, jurisdiction=own, role=role, child_has_admin=True),
            f"您不能批量设立“{role}”岗位" if role in GUARDED_ROLES else "只有系统管理员可以批量建立账号",
            why="管理员和审计岗位由安全管理员设立，其余由系统管理员设立",
        )


def _demand_user(user: User, posts: Sequence[Post], actor: Actor) -> None:
    demand(
        policies.may_manage_user(actor, [(p.jurisdiction_id, p.role) for p in posts]),
        f"账号“{user.username}”不由您管理",
        why="同名账号已属于其他辖区，或是管理员账号",
        remedy="请换一个账号名，或删去这一行",
    )


def _set(user: User, row: Row) -> bool:
    changed = False
    for name in PERSON_FIELDS:
        if name in row and getattr(user, name) != row[name]:
            setattr(user, name, row[name] or "")
            changed = True
    return changed


def _same_post(post: Post, row: Row, own: Jurisdiction) -> bool:
    return (post.unit_id, post.role, post.jurisdiction_id) == (row["unit"].pk, row["role"], own.pk)


def _post(user: User, row: Row, own: Jurisdiction, today: date) -> Post:
    return Post(
        user=user,
        unit=row["unit"],
        jurisdiction=own,
        role=row["role"],
        title=row["title"],
        starts_on=row.get("starts_on") or today,
        ends_on=row.get("ends_on"),
    )
