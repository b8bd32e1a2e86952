"""What the auditor's pages read: the acting hat's own chain."""

from __future__ import annotations

from typing import Any

from zhize.apps.audit.models import Chain, Entry, Export
from zhize.apps.audit.selectors.words import field_words, value_words
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet


def entries(actor: Actor) -> ScopedQuerySet[Entry]:
    """The own chain for a list, without the values before and after (they may be long)."""
    return Entry.objects.visible_to(actor).defer("before", "after")


def thing_history(actor: Actor, kind: str, thing_id: int) -> ScopedQuerySet[Entry]:
    """What happened to one thing, as far as it stands in the own chain."""
    return entries(actor).filter(thing_kind=kind, thing_id=thing_id)


def entry_get(actor: Actor, pk: int) -> Entry | None:
    """One entry of the own chain, None outside it."""
    return Entry.objects.visible_to(actor).by_pk(pk)


def neighbours(actor: Actor, entry: Entry) -> tuple[int | None, int | None]:
    """The entries just before and just after in the chain (for leafing), by pk."""
    near = Entry.objects.visible_to(actor).filter(seq__in=(entry.seq - 1, entry.seq + 1))
    found = dict(near.values_list("seq", "pk"))
    return found.get(entry.seq - 1), found.get(entry.seq + 1)


def chain_size(actor: Actor) -> int:
    """How many entries the own chain has, by its head."""
    return Chain.objects.filter(pk=actor.jurisdiction_code).values_list("seq", flat=True).first() or 0


def export_of(actor: Actor) -> Export | None:
    """The one bundle this account has been given, whatever hat it was made under."""
    if actor.user_id is None:
        return None
    return Export.objects.system("one export an account").filter(user_id=actor.user_id).first()


def compared(entry: Entry) -> list[dict[str, Any]]:
    """Before and after side by side, field by field, as the table of two versions takes them."""
    before, after = entry.before or {}, entry.after or {}
    kind = entry.thing_kind
    names = [*before, *(name for name in after if name not in before)]
    return [
        {
            "name": name,
            "label": field_words(kind, name),
            "mine": value_words(kind, name, before.get(name)),
            "theirs": value_words(kind, name, after.get(name)),
        }
        for name in names
    ]
