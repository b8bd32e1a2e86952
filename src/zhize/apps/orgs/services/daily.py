"""每日提醒: one message a person a day about what is due and what is new, over all hats; once, whatever is killed when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from zhize.apps.orgs.log_types import DAILY_SENT
from zhize.apps.orgs.models import Delegation, Notice, Post, Todo, User
from zhize.apps.orgs.selectors.hats import current
from zhize.kit.actor import Actor, system_actor
from zhize.kit.audit import record
from zhize.kit.rules import rule

WORKING_HOURS = 4  # what could not be sent within so many hours after its time is left for the next day


@dataclass(frozen=True, slots=True)
class Waiting:
    """To-dos of one unit, post and role: how many are overdue, due soon, new since yesterday."""

    post_id: int | None
    audience: str
    late: int
    soon: int
    fresh: int


def digests_send(*, actor: Actor, now: datetime) -> int:
    """Sends what has not been sent today to everybody who wants it and whom anything awaits; gives the number of messages.

    Runs every hour from the hour of `orgs/digest` on: a run that was killed is taken up by the next one, and the unique key
    of each message (person, day) keeps it from coming twice. Six statements, whatever the people and to-dos, and one for
    each 500 messages.
    """
    local = timezone.localtime(now)
    today = local.date()
    values = rule("orgs/digest", on=today)
    if not int(values["hour"]) <= local.hour < int(values["hour"]) + WORKING_HOURS:
        return 0
    days = int(values["days"])
    posts = _posts(today)
    waiting = _waiting(today, days)
    unread = _unread()
    told = _told(today)
    rows = []
    for user_id, hats in _by_person(posts).items():
        if user_id in told:
            continue
        near = {id(one): one for post in hats for one in waiting.get(post.unit_id, ()) if _fits(one, post)}
        mine = list(near.values())
        text = words(
            sum(one.late for one in mine),
            sum(one.soon for one in mine),
            sum(one.fresh for one in mine),
            unread.get(user_id, 0),
            days,
        )
        if text:
            rows.append(Notice(user_id=user_id, text=text, at=now, key=f"{_key(today)}:{user_id}"))
    if rows:
        with transaction.atomic():
            Notice.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
            record(DAILY_SENT, actor=actor, thing=None, now=now, after={"messages": len(rows)})
    return len(rows)


def digests_each_hour(now: datetime) -> None:
    """What the beat runs."""
    digests_send(actor=system_actor("每日提醒"), now=now)


def words(late: int, soon: int, fresh: int, unread: int, days: int) -> str:
    """今日提醒：待办逾期 2 件、7 天内到期 5 件、新到 3 件；未读消息 4 条。 Nothing where there is nothing to say."""
    todos = [
        f"{label} {number} 件"
        for label, number in (("逾期", late), (f"{days} 天内到期", soon), ("新到", fresh))
        if number
    ]
    parts = ["待办" + "、".join(todos)] if todos else []
    if unread:
        parts.append(f"未读消息 {unread} 条")
    return f"今日提醒：{'；'.join(parts)}。" if todos else ""


def _key(today: date) -> str:
    return f"daily:{today.isoformat()}"


def _told(today: date) -> set[int]:
    """Who has the message of the day. One statement."""
    rows = Notice.objects.system("who was told today").filter(key__startswith=f"{_key(today)}:")
    return set(rows.values_list("user_id", flat=True))


def _posts(today: date) -> dict[int, list[tuple[int, Post]]]:
    """Post → who wears it today and wants to be told: its holder, and deputies. Two statements."""
    held = Post.objects.system("whom the daily digest reaches").filter(current(today)).select_related("user")
    lent: dict[int, list[User]] = {}
    deputised = Delegation.objects.system("whom the daily digest reaches").filter(
        current(today), revoked_at__isnull=True
    )
    for one in deputised.select_related("deputy"):
        lent.setdefault(one.post_id, []).append(one.deputy)
    found: dict[int, list[tuple[int, Post]]] = {}
    for post in held:
        found[post.pk] = [
            (user.pk, post)
            for user in (post.user, *lent.get(post.pk, ()))
            if user.is_active and user.daily_digest
        ]
    return found


def _by_person(posts: dict[int, list[tuple[int, Post]]]) -> dict[int, list[Post]]:
    people: dict[int, list[Post]] = {}
    for holders in posts.values():
        for user_id, post in holders:
            people.setdefault(user_id, []).append(post)
    return dict(sorted(people.items()))


def _waiting(today: date, days: int) -> dict[int, list[Waiting]]:
    """Unit → open to-dos counted by post and role, of the unit and of those it answers for. One statement."""
    yesterday = timezone.make_aware(datetime.combine(today - timedelta(days=1), time.min))
    rows = Todo.objects.system("counted for everybody's daily digest").filter(done_at__isnull=True).order_by()
    counted = rows.values_list("unit_id", "unit__answers_through_id", "post_id", "audience").annotate(
        late=Count("pk", filter=Q(due_on__lt=today)),
        soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=today + timedelta(days=days))),
        fresh=Count("pk", filter=Q(created_at__gte=yesterday)),
    )
    found: dict[int, list[Waiting]] = {}
    for unit, through, post, audience, late, soon, fresh in counted:
        if late or soon or fresh:
            one = Waiting(post, audience, late, soon, fresh)
            for acting in {unit, through} - {None}:
                found.setdefault(acting, []).append(one)
    return found


def _unread() -> dict[int, int]:
    """Unread messages by person, former digests not counted. One statement."""
    rows = Notice.objects.system("counted for everybody's daily digest").filter(
        read_at__isnull=True, key__isnull=True
    )
    return dict(rows.order_by().values_list("user_id").annotate(n=Count("pk")))


def _fits(one: Waiting, post: Post) -> bool:
    return one.post_id in {None, post.pk} and one.audience in {"", post.role}
