"""Looking into OLE compound files (doc, xls, wps): what streams they hold, and whether they are encrypted.

Only the header, the allocation table and the directory are read, each bounded, so a hostile file costs little.
Reference: [MS-CFB] for the container, [MS-DOC] FIB and [MS-XLS] FilePass for the encryption marks.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_MAX_SECTORS = 4096
_END = 0xFFFFFFFA  # sector numbers from here on are marks, not places


@dataclass(frozen=True, slots=True)
class OleStream:
    name: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Ole:
    """The directory of a compound file; `streams` is empty when the directory cannot be read."""

    streams: tuple[OleStream, ...]
    sector_size: int = 512

    def stream(self, *names: str) -> OleStream | None:
        return next((s for s in self.streams if s.name in names), None)


def read_ole(file: BinaryIO) -> Ole:
    """Reads the directory. Never raises on odd content: a broken container has no streams."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512 or header[:8] != MAGIC:
        return Ole(())
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in (9, 12):
        return Ole(())
    size = 1 << shift
    try:
        table = _allocation(file, header, size)
        raw = _chain(file, table, struct.unpack_from("<I", header, 48)[0], size)
    except struct.error:
        return Ole((), size)
    return Ole(tuple(_entries(raw)), size)


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    return file.read(size)


def _allocation(file: BinaryIO, header: bytes, size: int) -> list[int]:
    table: list[int] = []
    for number in struct.unpack_from("<109I", header, 76):
        if number >= _END:
            break
        raw = _sector(file, number, size)
        table.extend(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
    return table


def _chain(file: BinaryIO, table: list[int], start: int, size: int) -> bytes:
    parts: list[bytes] = []
    number = start
    while number < _END and len(parts) < _MAX_SECTORS:
        parts.append(_sector(file, number, size))
        number = table[number] if number < len(table) else 0xFFFFFFFE
    return b"".join(parts)


def _entries(raw: bytes) -> list[OleStream]:
    found = []
    for at in range(0, len(raw) - 127, 128):
        length = struct.unpack_from("<H", raw, at + 64)[0]
        if not 2 <= length <= 64:
            continue
        name = raw[at : at + length - 2].decode("utf-16-le", errors="replace")
        start, size = struct.unpack_from("<II", raw, at + 116)
        found.append(OleStream(name, start, size))
    return found


def is_encrypted(file: BinaryIO, ole: Ole) -> bool:
    """Whether the file needs a password: an encrypted OOXML package, Word's fEncrypted bit, Excel's FilePass record."""
    if ole.stream("EncryptedPackage", "EncryptionInfo"):
        return True
    if word := ole.stream("WordDocument"):
        head = _sector(file, word.start, ole.sector_size)
        return len(head) > 12 and bool(struct.unpack_from("<H", head, 10)[0] & 0x0100)
    if book := ole.stream("Workbook", "Book"):
        head = _sector(file, book.start, ole.sector_size)
        at = 0
        while at + 4 <= len(head):
            kind, length = struct.unpack_from("<HH", head, at)
            if kind == 0x002F:
                return True
            at += 4 + length
    return False


def has_macros(ole: Ole) -> bool:
    """Whether a VBA project is inside."""
    return ole.stream("Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA") is not None
