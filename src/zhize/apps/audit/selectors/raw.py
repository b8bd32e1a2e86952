"""Entries as the database holds them, streamed for checks and exports, whatever has been done to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from zhize.apps.audit.models import Chain, Checkpoint, Entry
from zhize.core.audit.chain import HASHED
from zhize.core.audit.verify import Head

_AS_TEXT = ("at", "before", "after")
_PLAIN = (*(name for name in HASHED if name not in _AS_TEXT), "hash")


def head_of(chain: str) -> Head | None:
    """The stored head of a chain."""
    row = Chain.objects.filter(pk=chain).values_list("seq", "head").first()
    return Head(*row) if row else None


def chain_codes() -> list[str]:
    """Every chain there is or was: by heads, by entries, by checkpoints."""
    codes = set(Chain.objects.values_list("code", flat=True))
    codes |= set(Entry.objects.system("checking the log").values_list("chain", flat=True).distinct())
    codes |= set(Checkpoint.objects.system("checking the log").values_list("chain", flat=True).distinct())
    return sorted(codes)


def entries_raw(chain: str, *, after: int = 0, upto: int | None = None) -> Iterator[dict[str, Any]]:
    """Entries of a chain by seq, in constant memory.

    Time and JSON columns are read as text and understood here: a value that somebody made unreadable becomes
    None or stays text, and so is found by its hash instead of stopping the check.
    """
    rows = Entry.objects.system("checking the log").filter(chain=chain).order_by("seq", "pk")
    if after:
        rows = rows.filter(seq__gt=after)
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    texts = {f"{name}_text": Cast(name, TextField()) for name in _AS_TEXT}
    columns = [*_PLAIN, *texts]
    for values in rows.annotate(**texts).values_list(*columns).iterator(chunk_size=500):
        entry = dict(zip(columns, values, strict=True))
        entry["at"] = _moment(entry.pop("at_text"))
        for name in ("before", "after"):
            entry[name] = _json(entry.pop(f"{name}_text"))
        yield entry


def _moment(text: Any) -> datetime | None:
    """Samples: "2012-03-05 02:00:00.000123" (SQLite, UTC), "2012-03-05 02:00:00+00" (PostgreSQL)."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _json(text: Any) -> Any:
    try:
        return None if text is None else json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return f"unreadable: {text!r}"
