"""What a file is, by looking into it; the name is only compared, never believed."""

from __future__ import annotations

import contextlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic

from zhize.kit.files.ole import MAGIC as OLE_MAGIC
from zhize.kit.files.ole import Ole, read_ole
from zhize.kit.files.text import looks_like_text

HEAD = 64 * 1024
# The part that makes a zip a document of its kind.
_ZIP_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "ppt/presentation.xml": "pptx",
    "OFD.xml": "ofd",
}
# Extensions whose content is told by another name.
_SAME = {"jpeg": "jpg", "jpe": "jpg", "htm": "html", "tiff": "tif"}


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What was found: `kind` is the extension of the type ("" when unknown), `guess` words for a person."""

    kind: str
    guess: str = ""
    ole: Ole | None = None


def extension(name: str) -> str:
    """The extension of a name, lower case, one spelling per type: "扫描件.JPEG" -> "jpg"."""
    ext = PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")
    return _SAME.get(ext, ext)


def sniff(file: BinaryIO) -> Sniffed:
    """Looks into a seekable file. Reads the head, a zip's central directory or an OLE directory, nothing else."""
    file.seek(0)
    head = file.read(HEAD)
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return Sniffed("pdf", "PDF")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Sniffed("png", "PNG")
    if head.startswith(b"\xff\xd8\xff"):
        return Sniffed("jpg", "JPEG")
    if head.startswith(OLE_MAGIC):
        return _ole(file)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(file)
    guess = _guess(head)
    if looks_like_text(head):
        return Sniffed("txt", "文本") if not _markup(head) else Sniffed("html", "网页")
    return Sniffed("", guess)


def agrees(name: str, found: Sniffed) -> bool:
    """Whether the name's extension says what the content is. Text is csv as well; a wps document is an OLE doc."""
    ext = extension(name)
    if found.kind == "txt":
        return ext in ("txt", "csv")
    if found.kind == "doc":
        return ext in ("doc", "wps")
    return ext == found.kind


def _zip(file: BinaryIO) -> Sniffed:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Sniffed("zip", "损坏的压缩包")
    for part, kind in _ZIP_PARTS.items():
        if part in names:
            return Sniffed(kind, kind)
    return Sniffed("zip", "压缩包")


def _ole(file: BinaryIO) -> Sniffed:
    ole = read_ole(file)
    if ole.stream("EncryptedPackage"):
        return Sniffed("encrypted", "加密的 Office 文档", ole)
    for kind, names in (
        ("doc", ("WordDocument",)),
        ("xls", ("Workbook", "Book")),
        ("ppt", ("PowerPoint Document",)),
        ("msg", ("__properties_version1.0",)),
    ):
        if ole.stream(*names):
            return Sniffed(kind, kind, ole)
    return Sniffed("ole", "复合文档", ole)


def _markup(head: bytes) -> bool:
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script"))


def _guess(head: bytes) -> str:
    """A name for content we do not take, from puremagic's table: "rar", "exe"; only for the words of a refusal."""
    with contextlib.suppress(puremagic.PureError, ValueError):
        return str(puremagic.from_string(head)).lstrip(".").upper()
    return ""
