"""待办, 消息 and the outbox: written in the same transaction as the thing they are about.

These are called by other services after their own policy, and that service's audit entry names the
matter; so they ask no policy and write no entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhize.apps.orgs.models import Notice, Outbox, Post, Todo
from zhize.apps.orgs.selectors.hats import current
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.things import ThingRef


@dataclass(frozen=True, slots=True)
class NewTodo:
    """What awaits whom: `unit_id` must act (or one post or role of it) on `ref`, by `due_on`."""

    jurisdiction_id: int
    unit_id: int
    kind: str
    ref: ThingRef
    title: str
    due_on: date | None = None
    post_id: int | None = None
    audience: str = ""


@transaction.atomic
def todos_open(*, todos: Sequence[NewTodo], now: datetime) -> None:
    """Opens all of these; one already open for the same unit, kind and thing stays as it is. One statement."""
    Todo.objects.bulk_create(
        [
            Todo(
                jurisdiction_id=t.jurisdiction_id,
                unit_id=t.unit_id,
                post_id=t.post_id,
                audience=t.audience,
                kind=t.kind,
                ref_kind=t.ref.kind,
                ref_id=t.ref.id,
                title=t.title[:200],
                due_on=t.due_on,
                created_at=now,
            )
            for t in todos
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def todo_open(*, todo: NewTodo, now: datetime) -> None:
    """One of `todos_open`."""
    todos_open(todos=[todo], now=now)


@transaction.atomic
def todos_close(
    *,
    refs: Iterable[ThingRef],
    actor: Actor,
    now: datetime,
    kind: str = "",
    unit_id: int | None = None,
) -> int:
    """Closes what is open about these things (of one kind, of one unit); gives the number. One statement per sort of thing."""
    by_kind: dict[str, list[int]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref.id)
    closed = 0
    for ref_kind, ids in by_kind.items():
        rows = Todo.objects.system("close the to-dos of a matter that moved on").filter(
            ref_kind=ref_kind, ref_id__in=ids, done_at__isnull=True
        )
        if kind:
            rows = rows.filter(kind=kind)
        if unit_id is not None:
            rows = rows.filter(unit_id=unit_id)
        closed += rows.update(done_at=now, done_by=actor.name[:80])
    return closed


def todo_close(
    *, ref: ThingRef, actor: Actor, now: datetime, kind: str = "", unit_id: int | None = None
) -> int:
    """One of `todos_close`."""
    return todos_close(refs=[ref], actor=actor, now=now, kind=kind, unit_id=unit_id)


@transaction.atomic
def todos_reassign(
    *,
    refs: Iterable[ThingRef],
    unit_id: int | None = None,
    post_id: int | None = None,
    due_on: date | None = None,
    kind: str = "",
) -> int:
    """Moves open to-dos to another unit or post, or to another date; what is not given stays. One statement per sort of thing."""
    values: dict[str, object] = {}
    if unit_id is not None:
        values |= {"unit_id": unit_id, "post_id": post_id}
    elif post_id is not None:
        values["post_id"] = post_id
    if due_on is not None:
        values["due_on"] = due_on
    by_kind: dict[str, set[int]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, set()).add(ref.id)
    moved = 0
    for ref_kind, ids in by_kind.items():
        rows = Todo.objects.system("a matter changed hands").filter(
            ref_kind=ref_kind, ref_id__in=ids, done_at__isnull=True
        )
        moved += (rows.filter(kind=kind) if kind else rows).update(**values)
    return moved


@transaction.atomic
def notice_send(*, user_ids: Iterable[int], text: str, ref: ThingRef | None, now: datetime) -> int:
    """A message in the product to each of these people. One statement."""
    rows = [
        Notice(
            user_id=user_id,
            text=text[:300],
            ref_kind=ref.kind if ref else "",
            ref_id=ref.id if ref else None,
            at=now,
        )
        for user_id in dict.fromkeys(user_ids)
    ]
    Notice.objects.bulk_create(rows, batch_size=500)
    return len(rows)


@transaction.atomic
def notice_send_to_units(
    *, texts: Mapping[int, str], roles: Sequence[str], ref: ThingRef | None, now: datetime
) -> int:
    """A message to everybody who today holds one of these roles in each unit (by id). Two statements."""
    today = local_day(now)
    holders = (
        Post.objects.system("whom a message must reach")
        .filter(current(today), unit_id__in=list(texts), role__in=roles, user__is_active=True)
        .order_by("pk")
    )
    rows = {
        (post.user_id, post.unit_id): Notice(
            user_id=post.user_id,
            post_id=post.pk,
            text=texts[post.unit_id][:300],
            ref_kind=ref.kind if ref else "",
            ref_id=ref.id if ref else None,
            at=now,
        )
        for post in holders
    }
    Notice.objects.bulk_create(rows.values(), batch_size=500)
    return len(rows)


def notices_read(*, actor: Actor, now: datetime, ids: Sequence[int] | None = None) -> int:
    """Marks the own messages (all, or these) as read."""
    rows = Notice.objects.visible_to(actor).filter(read_at__isnull=True)
    return (rows if ids is None else rows.filter(pk__in=ids)).update(read_at=now)


@transaction.atomic
def outbox_holds(key: str) -> bool:
    """Whether this message was put before: what is dear to make need not be made again. One statement."""
    return Outbox.objects.filter(key=key).exists()


def outbox_put(
    *,
    key: str,
    channel: str,
    to: str,
    subject: str,
    text: str,
    now: datetime,
    attachment: bytes | None = None,
    attachment_name: str = "",
) -> bool:
    """Puts a message into the outbox once: the same key again adds nothing. Gives whether it is new."""
    _row, made = Outbox.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "to": to,
            "subject": subject[:200],
            "text": text,
            "attachment": attachment,
            "attachment_name": attachment_name,
            "created_at": now,
        },
    )
    return made
