"""What the pages across apps show, gathered from the apps below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhize.apps.orgs.selectors import InboxItem
from zhize.apps.regulations.selectors import bounds
from zhize.kit.actor import Actor
from zhize.kit.contributions import todo_verbs
from zhize.kit.things import ThingRef, resolve


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox as shown."""

    pk: int
    state: str
    title: str
    url: str
    meta: tuple[str, ...]
    due: str
    left: str
    overdue: bool
    action: str


def inbox_rows(actor: Actor, items: Sequence[InboxItem], today: date) -> list[InboxRow]:
    """Lines with lights; links only where the acting hat may open the thing, the button puts on the right hat."""
    day = bounds(today)
    cards = resolve(
        actor, [ThingRef(i.todo.ref_kind, i.todo.ref_id) for i in items if i.hat.post_id == actor.post_id]
    )
    several = len({item.hat.post_id for item in items} | {actor.post_id}) > 1  # one hat needs no name
    rows = []
    for item in items:
        todo, hat = item.todo, item.hat
        card = cards.get(ThingRef(todo.ref_kind, todo.ref_id))
        state = "not_due"
        if todo.kind == "discharge.returned":
            state = "returned"
        if todo.due_on and todo.due_on <= day.warn_until:
            state = "overdue" if todo.due_on < today else "soon"
        meta = [todo.jurisdiction.name, f"{hat.unit_name} · {hat.post_title}"] if several else []
        if hat.on_behalf_of:
            meta.append(_("代 {name}").format(name=hat.on_behalf_of))
        rows.append(
            InboxRow(
                pk=todo.pk,
                state=state,
                title=todo.title,
                url=card.url if card else "",
                meta=tuple(meta),
                due=todo.due_on.isoformat() if todo.due_on else "",
                left=_left(todo.due_on, today),
                overdue=bool(todo.due_on and todo.due_on < today),
                action=str(todo_verbs.get(todo.kind, _("办理"))),
            )
        )
    return rows


def _left(due: date | None, today: date) -> str:
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", -days) % {"n": -days}
    if days == 0:
        return _("今天到期")
    return ngettext("还有 %(n)s 天", "还有 %(n)s 天", days) % {"n": days}
