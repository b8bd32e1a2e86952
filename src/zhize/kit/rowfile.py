"""The row file of a bulk write: what one audit entry with a digest stands for (ADR 0004).

One JSON line per row in canonical form (sorted keys), stored under the SHA-256 of its bytes. A file whose
transaction was undone stays behind, unreferenced and harmless.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def rowfile_name(digest: str) -> str:
    """Where a row file lies in the file store: rows/ab/ab12….jsonl."""
    return f"rows/{digest[:2]}/{digest}.jsonl"


def rowfile_store(rows: Iterable[Mapping[str, Any]]) -> str:
    """Stores the rows and returns the digest that goes into the audit entry. Dates become ISO text."""
    lines = [
        json.dumps(dict(r), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        for r in rows
    ]
    content = ("\n".join(lines) + "\n").encode() if lines else b""
    digest = hashlib.sha256(content).hexdigest()
    name = rowfile_name(digest)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return digest


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
