"""Plain data in, plain data out: `zhize calc audit.chain.v1`. Recomputes a piece of a chain on anybody's machine."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from .chain import GENESIS, HASHED, entry_hash
from .verify import ChainCheck, Head

_GIVEN = (*HASHED, "hash")


def calc_chain(data: object) -> dict[str, object]:
    """Method `audit.chain.v1`: the hash of each entry, and what is wrong with those that carry one.

    Entries stand in the order of `seq`, as in `entries.jsonl` of an export. An entry without `prev_hash` follows
    the one before it; an entry without `hash` is only hashed, not judged.
    """
    fields = Fields(data, ("chain", "entries", "head"))
    chain = fields.text("chain")
    given = [_entry(one, place, chain) for one, place in fields.items("entries")]
    if not given:
        raise BadRule("没有记录", where="entries", remedy="请至少给出一条记录")
    hashes: list[str] = []
    for entry in given:
        entry.setdefault("prev_hash", hashes[-1] if hashes else GENESIS)
        hashes.append(entry_hash(entry))
        entry.setdefault("hash", hashes[-1])
    first = given[0]
    start = Head(first["seq"] - 1, first["prev_hash"])
    check = ChainCheck(chain, None, start)
    findings = [str(one) for one in check.findings(given)]
    head = fields.text("head", "") or check.last.hash
    findings += [str(one) for one in check.ending(Head(check.last.seq, head))]
    return {"hashes": hashes, "head": hashes[-1], "findings": findings}


def _entry(data: object, place: str, chain: str) -> dict[str, Any]:
    fields = Fields(data, _GIVEN, place)
    text = fields.text("at")
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        remedy = "请写成 2012-03-05T02:00:00.000000Z 的样式"
        raise BadRule(f"“{text}”不是时间", where=fields.place("at"), remedy=remedy) from error
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    empty = dict.fromkeys(HASHED, "") | {
        "actor_id": None,
        "thing_id": None,
        "before": None,
        "after": None,
    }
    entry: dict[str, Any] = {**empty, "chain": chain, **fields.data, "at": at}
    entry["seq"] = fields.integer("seq", 1, 2**63 - 1)
    for name in ("prev_hash", "hash"):
        if not entry.get(name):
            entry.pop(name, None)
    return entry
