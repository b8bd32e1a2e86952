"""What is hashed, and how the next entry of a chain is made (algorithm `audit.chain.v1`, ADR 0004).

hash = SHA-256 over the canonical JSON (UTF-8, sorted keys, no spaces) of every field of the entry
except `hash` itself; `prev_hash` of the first entry is 64 zeros.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

ALGORITHM = "audit.chain.v1"
GENESIS = "0" * 64
HASHED = (
    "chain", "seq", "at", "type", "actor_id", "actor_name", "actor_username", "hat", "on_behalf_of", "channel",
    "thing_kind", "thing_id", "before", "after", "note", "rows_digest", "request_id", "prev_hash",
)  # fmt: skip


def canonical(values: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed. `at` is an aware datetime in UTC with microseconds, as stored."""
    plain = {name: values[name] for name in HASHED}
    plain["at"] = plain["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entry_hash(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(values)).hexdigest()
