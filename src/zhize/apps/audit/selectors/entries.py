"""What the auditor's pages read: the acting hat's own chain, by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from zhize.apps.audit.models import Chain, Entry, Export
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

PAGE = 50
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """How the list is narrowed; days are the office's, both included."""

    since: date | None = None
    until: date | None = None
    type: str = ""
    who: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of entries, newest first; `older` and `newer` are the cursors of the neighbouring pages."""

    entries: list[Entry]
    total: int
    counted: bool
    older: int | None
    newer: int | None


def _narrowed(actor: Actor, filters: Filters) -> ScopedQuerySet[Entry]:
    rows: ScopedQuerySet[Entry] = Entry.objects.visible_to(actor)
    if filters.since:
        rows = rows.filter(at__gte=_midnight(filters.since))
    if filters.until:
        rows = rows.filter(at__lt=_midnight(filters.until + timedelta(days=1)))
    if filters.type:
        rows = rows.filter(type=filters.type)
    if filters.kind:
        rows = rows.filter(thing_kind=filters.kind)
    if filters.who:
        rows = rows.filter(Q(actor_name__icontains=filters.who) | Q(actor_username=filters.who))
    if words := filters.words.strip():
        found = Q(note__icontains=words) | Q(hat__icontains=words) | Q(request_id=words)
        if words.isdecimal() and len(words) < 19:
            found |= Q(thing_id=int(words)) | Q(seq=int(words))
        rows = rows.filter(found)
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def entries_page(
    actor: Actor, filters: Filters, *, before: int | None = None, after: int | None = None
) -> EntryPage:
    """Entries older than `before`, or those just newer than `after`; three statements, whatever the log's size."""
    rows = _narrowed(actor, filters)
    total = rows.order_by().values("pk")[: COUNTED + 1].count()
    heads = rows.defer("before", "after")
    if after is not None:
        found = list(heads.filter(seq__gt=after).order_by("seq")[: PAGE + 1])
        more_newer, found = len(found) > PAGE, found[:PAGE][::-1]
        more_older = True
    else:
        found = list((heads.filter(seq__lt=before) if before else heads).order_by("-seq")[: PAGE + 1])
        more_older, found = len(found) > PAGE, found[:PAGE]
        more_newer = before is not None
    return EntryPage(
        found,
        min(total, COUNTED),
        total <= COUNTED,
        older=found[-1].seq if found and more_older else None,
        newer=found[0].seq if found and more_newer else None,
    )


def entry_get(actor: Actor, seq: int) -> Entry | None:
    """One entry of the own chain, None outside it."""
    return Entry.objects.visible_to(actor).filter(seq=seq).first()


def thing_history(actor: Actor, kind: str, thing_id: int, *, limit: int = 200) -> list[Entry]:
    """What happened to one thing, newest first, as far as it stands in the own chain."""
    rows = Entry.objects.visible_to(actor).filter(thing_kind=kind, thing_id=thing_id)
    return list(rows.order_by("-pk")[:limit])


def thing_kinds(actor: Actor) -> list[str]:
    """The kinds of things that occur in the own chain (for the filter)."""
    rows = Entry.objects.visible_to(actor).exclude(thing_kind="").order_by("thing_kind")
    return list(rows.values_list("thing_kind", flat=True).distinct())


def chain_size(actor: Actor) -> int:
    """How many entries the own chain has, by its head."""
    return Chain.objects.filter(pk=actor.jurisdiction_code).values_list("seq", flat=True).first() or 0


def export_of(actor: Actor) -> Export | None:
    """The one bundle this account has been given, whatever hat it was made under."""
    if actor.user_id is None:
        return None
    return Export.objects.system("one export an account").filter(user_id=actor.user_id).first()


def compared(entry: Entry) -> list[dict[str, Any]]:
    """Before and after side by side, field by field."""
    before, after = entry.before or {}, entry.after or {}
    names = [*before, *(name for name in after if name not in before)]
    return [{"label": n, "before": before.get(n), "after": after.get(n)} for n in names]
