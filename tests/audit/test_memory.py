"""A long chain is checked in constant memory."""

from __future__ import annotations

import tracemalloc

import pytest
from tests.audit.support import CHAIN, START

from zhize.apps.audit.models import Chain, Entry
from zhize.apps.audit.selectors import Checkpoints, chain_verify
from zhize.core.audit.chain import GENESIS, entry_hash


def _fill(count: int) -> None:
    previous, batch = GENESIS, []
    for seq in range(1, count + 1):
        values = {
            "chain": CHAIN, "seq": seq, "at": START, "type": "tests.thing.noted", "actor_id": 1,
            "actor_name": "演示", "actor_username": "demo", "hat": "省质监局 · 联络员", "on_behalf_of": "",
            "channel": "web", "thing_kind": "tests.thing", "thing_id": seq, "before": None,
            "after": {"名称": f"第{seq}件"}, "note": "", "rows_digest": "", "request_id": "r", "prev_hash": previous,
        }  # fmt: skip
        previous = entry_hash(values)
        batch.append(Entry(**values, hash=previous))
    Entry.objects.bulk_create(batch, batch_size=1000)
    Chain.objects.create(code=CHAIN, seq=count, head=previous)


def _peak() -> int:
    tracemalloc.start()
    try:
        assert chain_verify(CHAIN, Checkpoints()).findings == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.django_db
def test_twenty_thousand_entries_take_no_more_memory_than_a_thousand() -> None:
    _fill(20_000)
    large = _peak()
    assert large < 8_000_000, f"{large} bytes at the peak: entries are being collected"
