"""Text of any encoding an office meets: UTF-8 with or without BOM, UTF-16, GBK/GB18030; anything else is told."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

from zhize.kit.errors import BadInput

SAMPLE = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(b for b in range(32) if b not in (9, 10, 12, 13))


def detect(head: bytes) -> str | None:
    """The encoding of a text by its beginning, or None when it is no text we can read.

    Assumption: without a BOM and with NUL bytes it is UTF-16; else it is UTF-8 if it decodes as such, else
    GB18030 (which contains GBK and GB2312). Risk: Big5 or Shift-JIS text may decode as wrong GB18030 characters;
    the share of rare characters then is high, and it is refused.
    """
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name if _decodes(head, name) else None
    if not head:
        return "utf-8"
    if b"\x00" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        name = "utf-16-le" if odd >= even else "utf-16-be"
        text = _decodes(head, name)
        return name if text and _plausible(text) else None
    if head.translate(None, _CONTROLS) != head:
        return None
    if _decodes(head, "utf-8") is not None:
        return "utf-8"
    text = _decodes(head, "gb18030")
    return "gb18030" if text and _plausible(text) else None


def looks_like_text(head: bytes) -> bool:
    return detect(head) is not None


def decode(raw: bytes, where: str = "") -> str:
    """The whole text; raises `BadInput` in words when no encoding fits."""
    name = detect(raw[:SAMPLE])
    if name is not None:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            pass
    raise _undecodable(where)


def open_text(file: BinaryIO, where: str = "") -> tuple[io.TextIOWrapper, str]:
    """A streaming reader over a seekable binary file and the encoding found by its beginning."""
    file.seek(0)
    name = detect(file.read(SAMPLE))
    if name is None:
        raise _undecodable(where)
    file.seek(0)
    return io.TextIOWrapper(file, encoding=name, errors="strict", newline=""), name


def _undecodable(where: str) -> BadInput:
    return BadInput(
        "认不出文字编码",
        where=where,
        why="按 UTF-8、UTF-16、GB18030（含 GBK）都读不通，强行读取会成乱码",
        remedy="请用 Excel 或 WPS 打开后另存为“CSV UTF-8”或 .xlsx 再上传",
    )


def _decodes(head: bytes, name: str) -> str | None:
    """The text of a beginning whose last character may be cut off."""
    try:
        return codecs.getincrementaldecoder(name)(errors="strict").decode(head, final=False)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> bool:
    """Mostly letters people use: ASCII, CJK, full-width forms and common punctuation; no control characters."""
    if any(ord(c) < 32 and c not in "\t\n\f\r" for c in text):
        return False
    odd = sum(1 for c in text if not _common(ord(c)))
    return odd <= len(text) * 0.1


def _common(c: int) -> bool:
    return (
        c < 0x250
        or 0x2000 <= c <= 0x27BF
        or 0x3000 <= c <= 0x33FF
        or 0x4E00 <= c <= 0x9FFF
        or 0xFF00 <= c <= 0xFFEF
    )
