"""A proposed duty split into several, or put together with the one after it. Segments of the clause are numbered anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import ProposedDuty
from zhize.apps.regulations.services.checking import VERSION_KIND, row_locked
from zhize.core.duties import cutting
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

COPIED = ("clause_id", "section", "kind", "nature", "recurrence", "when_words", "holders", "is_common", "flags",
          "keep_flag", "confidence", "reason", "taken_by", "taken_by_user")  # fmt: skip


@transaction.atomic
def row_split(
    *, row: ProposedDuty, points: Sequence[int], version: int | None, actor: Actor, now: datetime
) -> list[ProposedDuty]:
    """拆分: one row per part, each open, with the holders and the nature of the whole. Raises `BadRule` for an empty part."""
    current = row_locked(row, version, actor)
    parts = cutting.split(current.text, points)
    whole = current.text_version.text[current.start : current.end] == current.text
    begins = current.start
    rows = [current]
    rows += [
        ProposedDuty(text_version=current.text_version, **{name: getattr(current, name) for name in COPIED})
        for _part in parts[1:]
    ]
    for one, part in zip(rows, parts, strict=True):
        if whole:  # words changed by hand have no place of their own in the text
            one.start, one.end = begins + part.start, begins + part.end
        else:
            one.start, one.end = current.start, current.end
        one.text, one.title, one.by_hand = part.text, "", True
        one.state, one.checked_at, one.checked_by, one.checked_by_user = (
            ProposedDuty.State.OPEN,
            None,
            "",
            None,
        )
        one.version = current.version + 1 if one is current else 1
    for place, one in enumerate(rows):
        one.segment = current.segment + place
        one.save()
    _renumber(current, {one.pk: at for at, one in enumerate(rows)})
    _log(log_types.ROW_SPLIT, current, actor, now, [one.text for one in rows])
    return rows


@transaction.atomic
def row_merge(
    *, row: ProposedDuty, version: int | None, actor: Actor, now: datetime
) -> tuple[ProposedDuty, int]:
    """并入下一段: the row and the one after it in the same clause become one, open; also the id of the row that went.

    Holders of both hold the whole. Refuses where nothing follows in the clause: a duty rests on one clause of its text.
    """
    current = row_locked(row, version, actor)
    after = _next(current)
    if after is None:
        raise StateConflict(
            "这一条里后面没有可以并入的段", where=current.clause.label, remedy="只能与同一条款的下一段合并"
        )
    text = current.text_version.text
    texts = [current.text, after.text]
    current.text = cutting.join(
        text, (current.text, current.start, current.end), (after.text, after.start, after.end)
    )
    current.end = max(current.end, after.end)
    names = {holder["name"] for holder in current.holders}
    current.holders = [*current.holders, *(h for h in after.holders if h["name"] not in names)]
    current.flags = list(dict.fromkeys([*current.flags, *after.flags]))
    current.recurrence = current.recurrence or after.recurrence
    current.confidence = min(current.confidence, after.confidence)
    current.is_common = current.is_common or after.is_common
    current.state, current.by_hand, current.title = ProposedDuty.State.OPEN, True, ""
    current.checked_at, current.checked_by, current.checked_by_user = None, "", None
    current.version += 1
    gone = after.pk
    after.delete()
    current.save()
    _renumber(current, {})
    _log(log_types.ROWS_MERGED, current, actor, now, texts)
    return current, gone


def _next(row: ProposedDuty) -> ProposedDuty | None:
    rows = list(
        ProposedDuty.objects.system("the one after it")
        .select_for_update(of=("self",))
        .filter(text_version_id=row.text_version_id, clause_id=row.clause_id)
        .order_by("start", "segment", "pk")
    )
    at = next(place for place, one in enumerate(rows) if one.pk == row.pk)
    return rows[at + 1] if at + 1 < len(rows) else None


def _renumber(row: ProposedDuty, parts: dict[int, int]) -> None:
    """Segments of the clause 1, 2, 3 … in the order of the text; `parts` keeps the order of parts at one place."""
    rows = list(
        ProposedDuty.objects.system("numbered anew").filter(
            text_version_id=row.text_version_id, clause_id=row.clause_id
        )
    )
    rows.sort(key=lambda one: (one.start, parts.get(one.pk, -1), one.segment, one.pk))
    for number, one in enumerate(rows, 1):
        one.segment = number
        if one.pk == row.pk:
            row.segment = number
    ProposedDuty.objects.system("rows just checked").bulk_update(rows, ["segment"], batch_size=200)


def _log(log_type: LogType, row: ProposedDuty, actor: Actor, now: datetime, texts: list[str]) -> None:
    record(
        log_type,
        actor=actor,
        thing=ThingRef(VERSION_KIND, row.text_version_id),
        now=now,
        after={**snapshot(row, ["text", "holders"]), "texts": texts},
        note=f"{row.clause.label} {row.key}",
        jurisdiction_code=row.text_version.regulation.jurisdiction.code,
    )
