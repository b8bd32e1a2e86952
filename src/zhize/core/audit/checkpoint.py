"""What a checkpoint says and which bytes of it are signed (algorithm `audit.checkpoint.v1`, ADR 0004).

A checkpoint states: at this time this chain had so many entries and this head. Outside the database (a daily
file, a printed notice, a letter) it is what nobody who owns the database can take back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

ALGORITHM = "audit.checkpoint.v1"
SIGNED = ("algorithm", "at", "chain", "head", "key", "seq")


def statement(*, chain: str, seq: int, head: str, at: datetime, key: str) -> dict[str, Any]:
    """The signed part. `at` is aware; `key` is the first 16 hex digits of the SHA-256 of the public key's 32 bytes."""
    return {
        "algorithm": ALGORITHM,
        "chain": chain,
        "seq": seq,
        "head": head,
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "key": key,
    }


def signed_bytes(values: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: canonical JSON of the six fields, whatever else the mapping holds."""
    plain = {name: values[name] for name in SIGNED}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def line(values: Mapping[str, Any]) -> str:
    """One line of the daily file: the statement and its signature, canonical."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checkpoint_line(*, chain: str, seq: int, head: str, on: date) -> str:
    """The short form printed at the foot of a notice; enough to find a rewritten chain by eye.

    >>> checkpoint_line(chain="620000-quality", seq=128, head="9f" * 32, on=date(2012, 3, 5))
    '审计检查点 620000-quality 第128条 9f9f9f9f9f9f9f9f 2012-03-05'
    """
    return f"审计检查点 {chain} 第{seq}条 {head[:16]} {on.isoformat()}"
