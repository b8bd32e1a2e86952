"""Shared by the audit tests: writing entries, and being the DBA who tampers with them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from zhize.apps.audit.models import GUARDS, Chain, Entry
from zhize.apps.audit.selectors import ChainReport, chain_verify, checkpoints_read, entries_raw
from zhize.apps.audit.services import CheckpointOutcome, checkpoint_write
from zhize.core.audit.chain import entry_hash
from zhize.core.audit.findings import Kind
from zhize.kit.actor import Actor, system_actor
from zhize.kit.append_only import install, remove
from zhize.kit.audit import LogType, record, register_log_types
from zhize.kit.things import ThingRef

CHAIN = "620000-quality"
NOTED = LogType("tests.thing.noted", "测试记录")
register_log_types(NOTED)
START = datetime(2012, 3, 5, 2, 0, tzinfo=UTC)


def write(count: int, *, chain: str = CHAIN, actor: Actor | None = None) -> None:
    """So many entries, a second apart, each on a thing of its own."""
    for number in range(count):
        record(
            NOTED,
            actor=actor or system_actor("测试"),
            thing=ThingRef("tests.thing", number + 1),
            now=START + timedelta(seconds=number),
            after={"名称": f"第{number + 1}件", "份数": number},
            jurisdiction_code=chain,
        )


@contextlib.contextmanager
def as_dba() -> Iterator[Any]:
    """Who owns the database: takes the guards away, works in SQL, puts them back so that it looks untouched."""
    remove(connection, GUARDS)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        install(connection, GUARDS)


def rehash_from(cursor: Any, seq: int, *, chain: str = CHAIN) -> None:
    """The DBA's thorough work: every hash from `seq` to the end computed anew, and the head with it."""
    entries = list(entries_raw(chain))
    previous = next((e["hash"] for e in reversed(entries) if e["seq"] < seq), "0" * 64)
    for entry in entries:
        if entry["seq"] >= seq:
            entry["prev_hash"] = previous
            previous = entry_hash(entry)
            cursor.execute(
                "UPDATE audit_entry SET prev_hash = %s, hash = %s WHERE chain = %s AND seq = %s",
                [entry["prev_hash"], previous, chain, entry["seq"]],
            )
    cursor.execute(
        "UPDATE audit_chain SET seq = %s, head = %s WHERE code = %s", [entries[-1]["seq"], previous, chain]
    )


def report(chain: str = CHAIN) -> ChainReport:
    return chain_verify(chain, checkpoints_read())


def found(chain: str = CHAIN) -> set[tuple[Kind, int | None]]:
    """What a verification finds, as (kind, seq)."""
    return {(f.kind, f.seq) for f in report(chain).findings}


def newest(chain: str = CHAIN) -> Entry:
    entry = Entry.objects.system("test").filter(chain=chain).order_by("-seq").first()
    assert entry
    return entry


def head(chain: str = CHAIN) -> Chain:
    return Chain.objects.get(pk=chain)


def sign(now: datetime) -> CheckpointOutcome:
    """What the beat does each day."""
    return checkpoint_write(actor=system_actor("测试"), now=now)
