"""Content is kept once, whole or not at all."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from zhize.kit.errors import BadInput
from zhize.kit.files import store


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file()]


def test_the_same_content_is_kept_once_under_its_digest(folder: Path) -> None:
    first, second = store.put(io.BytesIO(b"abc")), store.put(io.BytesIO(b"abc"))
    assert first == second == store.Content(hashlib.sha256(b"abc").hexdigest(), 3)
    assert [p.name for p in files(folder)] == [first.sha256]
    assert store.open_content(first.sha256).read() == b"abc"
    assert store.verify(first.sha256)


class Dying(io.BytesIO):
    """Reads whole once (for the digest), then dies in the middle of the second reading."""

    rounds = 0

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() == 0:
            self.rounds += 1
        if self.rounds > 1 and self.tell() > 0:
            raise ConnectionError("the upload was killed")
        return super().read(size)


def test_an_upload_killed_in_the_middle_leaves_nothing(folder: Path) -> None:
    with pytest.raises(ConnectionError):
        store.put(Dying(bytes(3 * store.CHUNK)))
    assert files(folder) == []


def test_what_a_killed_process_left_is_swept_after_a_day(folder: Path) -> None:
    content = store.put(io.BytesIO(b"abc"))
    target = folder / store.path_of(content.sha256)
    part = target.with_name("x.part")
    part.write_bytes(b"half")
    now = datetime.now(UTC)
    assert store.sweep_parts(now) == 0
    assert store.sweep_parts(now + timedelta(days=2)) == 1
    assert files(folder) == [target]


def test_lost_content_is_told_in_words() -> None:
    with pytest.raises(BadInput, match="不在存储中"):
        store.open_content("0" * 64)


def test_altered_content_is_found(folder: Path) -> None:
    content = store.put(io.BytesIO(b"abc"))
    (folder / store.path_of(content.sha256)).write_bytes(b"abd")
    assert not store.verify(content.sha256)


def test_a_store_without_a_disk_is_written_through_its_own_save(settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    content = store.put(io.BytesIO(b"abc"))
    assert store.open_content(content.sha256).read() == b"abc"
    assert store.sweep_parts(datetime.now(UTC)) == 0
