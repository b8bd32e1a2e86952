"""Writing the log. The only writer of `Entry` and `Chain`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.audit.models import Chain, Entry
from zhize.core.audit.chain import GENESIS, entry_hash
from zhize.kit.actor import Actor
from zhize.kit.audit_values import plain_text
from zhize.kit.things import ThingRef


def entry_write(
    *,
    log_type: str,
    actor: Actor,
    thing: ThingRef | None,
    now: datetime,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    note: str,
    rows_digest: str,
    jurisdiction_code: str,
) -> None:
    """Appends one entry to the chain of `jurisdiction_code` in the current transaction.

    The chain's head row is locked, so entries of one chain are written one after the other; services
    call this last, which keeps the lock short. Words by value are cut to the width of their column, so that
    a long unit name never stops a write.
    """
    with transaction.atomic(savepoint=False):
        head, _made = Chain.objects.select_for_update().get_or_create(
            code=jurisdiction_code, defaults={"head": GENESIS}
        )
        values: dict[str, Any] = {
            "chain": jurisdiction_code,
            "seq": head.seq + 1,
            "at": now,
            "type": log_type,
            "actor_id": actor.user_id,
            "actor_name": _fit("actor_name", actor.name),
            "actor_username": _fit("actor_username", actor.username),
            "hat": _fit("hat", actor.hat),
            "on_behalf_of": _fit("on_behalf_of", actor.on_behalf_of),
            "channel": actor.channel,
            "thing_kind": thing.kind if thing else "",
            "thing_id": thing.id if thing else None,
            "before": before,
            "after": after,
            "note": note,
            "rows_digest": rows_digest,
            "request_id": _fit("request_id", actor.request_id),
            "prev_hash": head.head,
        }
        digest = entry_hash(values)
        Entry.objects.bulk_create([Entry(**values, hash=digest)])
        Chain.objects.filter(pk=head.pk).update(seq=head.seq + 1, head=digest)


def _fit(field: str, text: str) -> str:
    width: int = getattr(Entry._meta.get_field(field), "max_length")  # noqa: B009
    return plain_text(text)[:width]
