"""What a person holds under a post, shown before a successor takes it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Delegation, Post, Todo
from zhize.kit.contributions import Found
from zhize.kit.holdings import holdings


@dataclass(frozen=True, slots=True)
class Held:
    """One sort of thing: how many, what becomes of them, and the first of them."""

    label: str
    number: int
    goes: str
    items: tuple[Found, ...] = ()


SHOWN = 20


def holdings_of(post: Post, today: date) -> list[Held]:
    """To-dos, delegations, and what apps contribute (tasks in charge). Two statements, and those of each source."""
    rows = Todo.objects.system("what awaits a post that is handed over").filter(
        Q(post=post) | Q(post__isnull=True), unit=post.unit_id, done_at__isnull=True
    )
    todos = list(rows.order_by("due_on", "pk").values_list("post_id", "title"))
    own = [Found(title, "", "") for post_id, title in todos if post_id]
    lent = Delegation.objects.system("what ends or goes on with a post").filter(
        Q(post=post) | Q(deputy=post.user_id, post__unit=post.unit_id),
        revoked_at__isnull=True,
        ends_on__gte=today,
    )
    delegations = list(lent.select_related("post__user", "deputy").order_by("pk"))
    given = [Found(one.deputy.name, one.reason, "") for one in delegations if one.post_id == post.pk]
    received = [Found(one.post.user.name, one.reason, "") for one in delegations if one.post_id != post.pk]
    found = [
        Held(_("岗位待办"), len(own), _("移交接任人"), tuple(own[:SHOWN])),
        Held(_("单位待办"), len(todos) - len(own), _("仍由本单位人员办理，接任人同样看到")),
        Held(_("委托他人代办"), len(given), _("收回"), tuple(given)),
        Held(_("受托代办"), len(received), _("不随岗位移交，请委托人另行委托"), tuple(received)),
    ]
    for source in holdings.items():
        items = source.find(post.user.name, post.user_id, post.unit_id, today)
        found.append(Held(str(source.label), len(items), _("移交接任人"), tuple(items[:SHOWN])))
    return [one for one in found if one.number]
