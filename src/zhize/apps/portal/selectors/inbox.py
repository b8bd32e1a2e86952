"""The inbox as shown: lines with lights under headings of time, and the choices of kind and hat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhize.apps.orgs.selectors import InboxItem
from zhize.apps.regulations.selectors import bounds
from zhize.kit.actor import Actor
from zhize.kit.contributions import todo_verbs

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox."""

    pk: int
    state: str
    title: str
    meta: tuple[str, ...]
    due: str
    left: str
    overdue: bool
    action: str


@dataclass(frozen=True, slots=True)
class InboxGroup:
    """Lines due about the same time, under one heading."""

    heading: str
    rows: tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True)
class KindChoice:
    """What one verb asks for: all kinds of to-dos whose button says the same."""

    kinds: str
    word: str
    count: int
    current: bool


def verb(kind: str) -> str:
    """The word on the button."""
    return str(todo_verbs.get(kind, _("办理")))


def inbox_groups(actor: Actor, items: Sequence[InboxItem], today: date) -> list[InboxGroup]:
    """Lines under 已逾期, 七天内, 以后, 没有期限; they come in this order, by due date."""
    day = bounds(today)
    several = len({item.hat.post_id for item in items} | {actor.post_id}) > 1  # one hat needs no name
    return [
        InboxGroup(
            heading,
            tuple(_row(item, today, warn_until=day.warn_until, several=several) for item in same),
        )
        for heading, same in groupby(items, key=lambda item: _heading(item.todo.due_on, today))
    ]


def kind_choices(counts: Mapping[str, tuple[int, int]], chosen: frozenset[str]) -> list[KindChoice]:
    """By verb, the most first; nothing where all ask for the same."""
    kinds: dict[str, list[str]] = {}
    for kind in sorted(counts):
        kinds.setdefault(verb(kind), []).append(kind)
    if len(kinds) < 2:
        return []
    choices = [
        KindChoice(",".join(same), word, sum(counts[kind][0] for kind in same), chosen == frozenset(same))
        for word, same in kinds.items()
    ]
    return sorted(choices, key=lambda one: (-one.count, one.kinds))


def _row(item: InboxItem, today: date, *, warn_until: date, several: bool) -> InboxRow:
    todo, hat = item.todo, item.hat
    state = "returned" if todo.kind.endswith(".returned") else "not_due"
    if todo.due_on and todo.due_on <= warn_until:
        state = "overdue" if todo.due_on < today else "soon"
    meta = [todo.jurisdiction.name, f"{hat.unit_name} · {hat.post_title}"] if several else []
    if hat.on_behalf_of:
        meta.append(_("代 {name}").format(name=hat.on_behalf_of))
    return InboxRow(
        pk=todo.pk,
        state=state,
        title=todo.title,
        meta=tuple(meta),
        due=todo.due_on.isoformat() if todo.due_on else "",
        left=_left(todo.due_on, today),
        overdue=bool(todo.due_on and todo.due_on < today),
        action=verb(todo.kind),
    )


def _heading(due: date | None, today: date) -> str:
    if due is None:
        return _("没有期限")
    if due < today:
        return _("已逾期")
    return _("七天内") if due <= today + WEEK else _("以后")


def _left(due: date | None, today: date) -> str:
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", -days) % {"n": -days}
    if days == 0:
        return _("今天到期")
    return ngettext("还有 %(n)s 天", "还有 %(n)s 天", days) % {"n": days}
