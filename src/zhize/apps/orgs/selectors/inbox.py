"""待办 and 消息 of a person over all hats, each in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from zhize.apps.orgs.models import Notice, Todo, of_unit
from zhize.apps.orgs.selectors.hats import Hat
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedQuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A to-do and the hat under which it is done (the first that fits, the acting hat first)."""

    todo: Todo
    hat: Hat


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page and the key of the next: (due date or None, id)."""

    items: tuple[InboxItem, ...]
    after: tuple[date | None, int] | None


def todos_open(
    hats: Sequence[Hat],
    *,
    kinds: Collection[str] = (),
    after: tuple[date | None, int] | None = None,
    limit: int = PAGE,
) -> InboxPage:
    """What awaits any of these hats (of these kinds, if any are named), by due date, the undated last. One statement."""
    rows = _of(hats).filter(done_at__isnull=True)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if after is not None:
        due, pk = after
        if due is None:
            rows = rows.filter(due_on__isnull=True, pk__gt=pk)
        else:
            rows = rows.filter(Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk) | Q(due_on__isnull=True))
    found = list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[: limit + 1])
    page = found[:limit]
    last = (page[-1].due_on, page[-1].pk) if len(found) > limit else None
    return InboxPage(_with_hats(page, hats), last)


def todo_by_pk(hats: Sequence[Hat], pk: int) -> InboxItem | None:
    """One to-do of these hats, open or done, with the hat under which it is done."""
    return next(iter(_with_hats(list(_of(hats).filter(pk=pk)), hats)), None)


def todos_done(
    hats: Sequence[Hat], *, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> tuple[InboxItem, ...]:
    """What these hats have done (已办), latest first; `before` is the last shown (done_at, id). One statement."""
    rows = _of(hats).filter(done_at__isnull=False)
    if before is not None:
        at, pk = before
        rows = rows.filter(Q(done_at__lt=at) | Q(done_at=at, pk__lt=pk))
    return _with_hats(list(rows.order_by("-done_at", "-pk")[:limit]), hats)


def todos_count(hats: Sequence[Hat], *, today: date) -> dict[str, tuple[int, int]]:
    """By kind: how many are open, and how many of them overdue. One statement."""
    rows = _of(hats).select_related(None).filter(done_at__isnull=True).order_by()
    counts = rows.values_list("kind").annotate(
        number=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today))
    )
    return {kind: (number, overdue) for kind, number, overdue in counts}


def todos_of(ref_kind: str, ref_id: int) -> ScopedQuerySet[Todo]:
    """Everything that awaited anybody about one thing, for that thing's own page (its scope was checked there)."""
    return (
        Todo.objects.system("the to-dos of a thing whose page is open")
        .filter(ref_kind=ref_kind, ref_id=ref_id)
        .select_related("unit", "post__user")
        .order_by("pk")
    )


def notices(
    actor: Actor, *, read: bool = False, before: int | None = None, limit: int = PAGE
) -> list[Notice]:
    """The person's messages to read (待阅), or those read (已阅), latest first. One statement."""
    rows = Notice.objects.visible_to(actor).filter(read_at__isnull=not read)
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[:limit])


def notices_unread(actor: Actor) -> int:
    """待阅: how many messages are unread. One statement."""
    return Notice.objects.visible_to(actor).filter(read_at__isnull=True).count()


def _of(hats: Sequence[Hat]) -> ScopedQuerySet[Todo]:
    """The to-dos of any of the hats: of the unit (or of one it answers for), of the post, of the role."""
    rows = Todo.objects.system("the to-dos of the person's own hats").select_related(
        "unit__answers_through", "jurisdiction"
    )
    if not hats:
        return rows.filter(NOTHING)
    condition = Q()
    for unit_id, role in {(h.unit_id, h.role) for h in hats}:
        posts = [h.post_id for h in hats if (h.unit_id, h.role) == (unit_id, role)]
        condition |= (
            of_unit(unit_id) & (Q(post__isnull=True) | Q(post_id__in=posts)) & Q(audience__in=["", role])
        )
    return rows.filter(condition)


def _with_hats(todos: list[Todo], hats: Sequence[Hat]) -> tuple[InboxItem, ...]:
    return tuple(InboxItem(todo, next(h for h in hats if _fits(todo, h))) for todo in todos)


def _fits(todo: Todo, hat: Hat) -> bool:
    return (
        hat.unit_id in {todo.unit_id, todo.unit.answers_through_id}
        and todo.post_id in {None, hat.post_id}
        and todo.audience in {"", hat.role}
    )
