"""The file store: content kept once, by its SHA-256, through Django's storage API (a disk, or an S3-compatible store).

On a disk a file is written beside its place under a temporary name, flushed, and moved: a killed upload leaves at
most a `.part` file that the daily sweep removes, never half a file under a real name. An object store's PUT is
whole or nothing by itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from zhize.kit.errors import BadInput

CHUNK = 1024 * 1024
PART = ".part"


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept: the digest is its name, nothing else identifies it."""

    sha256: str
    size: int


def store() -> Storage:
    return storages["default"]


def path_of(sha256: str) -> str:
    """Two levels of folders keep each folder small: content/ab/cd/abcd…"""
    return f"content/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def put(file: BinaryIO) -> Content:
    """Keeps a seekable file's content; storing the same content again writes nothing. Memory: one chunk."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(file):
        digest.update(chunk)
        size += len(chunk)
    content = Content(digest.hexdigest(), size)
    name = path_of(content.sha256)
    storage = store()
    if not storage.exists(name):
        if isinstance(storage, FileSystemStorage):
            _write(Path(storage.path(name)), file)
        else:
            file.seek(0)
            storage.save(name, File(file))
    return content


def _write(target: Path, file: BinaryIO) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{uuid.uuid4().hex}{PART}")
    try:
        with part.open("xb") as out:
            for chunk in chunks(file):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()


def open_content(sha256: str) -> BinaryIO:
    """The content for reading; raises `BadInput` in words when the store has lost it."""
    try:
        return store().open(path_of(sha256), "rb")  # type: ignore[return-value]
    except FileNotFoundError as error:
        raise BadInput(
            "文件内容不在存储中",
            where=f"摘要 {sha256[:12]}",
            why="存储目录可能被移动或恢复不完整",
            remedy="请联系系统管理员按备份恢复",
        ) from error


def verify(sha256: str) -> bool:
    """Whether the stored content still is what its name says."""
    digest = hashlib.sha256()
    with open_content(sha256) as file:
        for chunk in chunks(file):
            digest.update(chunk)
    return digest.hexdigest() == sha256


def sweep_parts(now: datetime) -> int:
    """Removes what killed uploads left, older than a day; for the beat. A store without a disk has none."""
    storage = store()
    if not isinstance(storage, FileSystemStorage):
        return 0
    root = Path(storage.path("content"))
    limit = (now - timedelta(days=1)).timestamp()
    gone = 0
    for part in root.glob(f"*/*/*{PART}"):
        if part.stat().st_mtime < limit:
            part.unlink(missing_ok=True)
            gone += 1
    return gone
