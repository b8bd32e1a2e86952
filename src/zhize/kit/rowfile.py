"""The row file of a bulk write: what one audit entry with a digest stands for (ADR 0004).

One JSON line per row in canonical form (sorted keys), stored under the SHA-256 of its bytes. A file whose
transaction was undone stays behind, unreferenced and harmless.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

SPOOLED = 4 << 20


def rowfile_name(digest: str) -> str:
    """Where a row file lies in the file store: rows/ab/ab12….jsonl."""
    return f"rows/{digest[:2]}/{digest}.jsonl"


def rowfile_store(rows: Iterable[Mapping[str, Any]]) -> str:
    """Stores the rows and returns the digest that goes into the audit entry. Dates become ISO text.

    The rows are gone through once, and beyond a few megabytes wait on the disk: a million of them need no memory.
    """
    found = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as waiting:
        for row in rows:
            line = json.dumps(
                dict(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
            )
            encoded = f"{line}\n".encode()
            found.update(encoded)
            waiting.write(encoded)
        name = rowfile_name(found.hexdigest())
        if not default_storage.exists(name):
            waiting.seek(0)
            default_storage.save(name, File(waiting))
    return found.hexdigest()


def rowfile_problem(digest: str) -> str:
    """What is wrong with the row file of this digest, in words; empty when it is there and unchanged."""
    if not digest.isalnum() or len(digest) != 64:
        return "批量行文件的摘要不是 SHA-256"
    name = rowfile_name(digest)
    if not default_storage.exists(name):
        return f"批量行文件 {name} 不见了"
    found = hashlib.sha256()
    with default_storage.open(name) as file:
        for chunk in file.chunks(1 << 16):
            found.update(chunk)
    return "" if found.hexdigest() == digest else f"批量行文件 {name} 的内容被改动"
