"""Many rows at once from a checked file: sets are asked and written, never rows; one entry with the file's digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import (
    MEMBERSHIPS_IMPORTED,
    REGIONS_IMPORTED,
    UNITS_IMPORTED,
    USERS_IMPORTED,
)
from zhize.apps.orgs.models import Jurisdiction, Membership, Post, Region, Unit, User
from zhize.apps.orgs.models.people import GUARDED_ROLES
from zhize.apps.orgs.selectors.people import held_by
from zhize.apps.orgs.services.posts import refuse_role, refuse_together
from zhize.apps.orgs.services.saving import checked, demand
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput
from zhize.kit.fields import Outcome
from zhize.kit.scope import ScopedModel

Row = Mapping[str, Any]
PERSON_FIELDS = ("name", "phone", "email")
WHY = "rows of the same keys as the file's"


@transaction.atomic
def regions_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Regions by code; only the own region and what lies directly below it."""
    return _upsert(
        Region,
        rows,
        key=("code",),
        may=lambda thing: policies.may_manage_region(actor, thing),
        refusal="只能导入本地区和直接下级地区",
        log_type=REGIONS_IMPORTED,
        actor=actor,
        now=now,
        digest=digest,
    )


@transaction.atomic
def units_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Units by code, in regions the actor manages."""
    return _upsert(
        Unit,
        rows,
        key=("code",),
        may=lambda thing: policies.may_manage_units_of(actor, thing.region),
        refusal="只能导入本地区和直接下级地区的单位",
        log_type=UNITS_IMPORTED,
        actor=actor,
        now=now,
        digest=digest,
    )


@transaction.atomic
def memberships_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Member units of the own jurisdiction, by unit, capacity and first day."""
    own = _own(actor)
    return _upsert(
        Membership,
        [{**row, "jurisdiction": own} for row in rows],
        key=("jurisdiction_id", "unit_id", "capacity", "valid_from"),
        may=lambda thing: policies.may_keep_members_of(actor, own),
        refusal="只有本辖区领导小组办公室可以调整成员",
        log_type=MEMBERSHIPS_IMPORTED,
        actor=actor,
        now=now,
        digest=digest,
    )


@transaction.atomic
def people_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Accounts in bulk: a person and a post of the own jurisdiction a row, by user name, unit and role.

    New accounts have no password until their maker asks for the list (`passwords_issue`). Refuses rows the
    actor could not write one by one: a role that is not the actor's to give, the own person, another
    jurisdiction's account, roles kept apart (三员分立), a term that must end and does not.
    """
    today = timezone.localtime(now).date()
    own = _own(actor)
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
    _record(USERS_IMPORTED, outcome, actor, now, digest, own.code)
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


def _own(actor: Actor) -> Jurisdiction:
    own = (
        Jurisdiction.objects.visible_to(actor)
        .select_related("region")
        .filter(pk=actor.jurisdiction_id or 0)
        .first()
    )
    if own is None:
        raise BadInput("当前岗位不属于任何辖区", remedy="请先切换岗位")
    return own


def _upsert(
    model: type[ScopedModel],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
    may: Callable[[Any], bool],
    refusal: str,
    log_type: LogType,
    actor: Actor,
    now: datetime,
    digest: str,
) -> Outcome:
    """Adds, changes or leaves each row by its key: one read, one insert, one update whatever the number of rows."""
    wanted = [model(**row) for row in rows]
    first = key[0] if len(key) == 1 else key[1]
    present: dict[tuple[Any, ...], Any] = {
        tuple(getattr(t, k) for k in key): t
        for t in model.objects.system(WHY)
        .select_for_update()
        .filter(**{f"{first}__in": {getattr(w, first) for w in wanted}})
    }
    added: list[Any] = []
    changed: list[Any] = []
    for thing, row in zip(wanted, rows, strict=True):
        old = present.get(tuple(getattr(thing, k) for k in key))
        if old is None:
            demand(may(thing), refusal, why=str(thing))
            added.append(thing)
        elif any(getattr(old, name) != value for name, value in row.items()):
            demand(may(old), refusal, why=str(old))
            for name, value in row.items():
                setattr(old, name, value)
            demand(may(old), refusal, why=str(old))
            old.version += 1
            changed.append(old)
    relations = [f.name for f in model._meta.concrete_fields if f.is_relation]
    for thing in [*added, *changed]:
        checked(thing, exclude=relations)
    model.objects.bulk_create(added, batch_size=500)
    if changed:
        names = [*rows[0], "version"]
        model.objects.system(WHY).bulk_update(changed, names, batch_size=500)
    outcome = Outcome(len(added), len(changed), len(rows) - len(added) - len(changed))
    _record(log_type, outcome, actor, now, digest, "")
    return outcome


def _record(log_type: LogType, outcome: Outcome, actor: Actor, now: datetime, digest: str, code: str) -> None:
    record(
        log_type,
        actor=actor,
        thing=None,
        now=now,
        after={"added": outcome.added, "changed": outcome.changed, "same": outcome.same},
        rows_digest=digest,
        jurisdiction_code=code,
    )
