"""Marked secrets are refused: the product is for unclassified work only (DESIGN: Secrecy).

The check helps an honest person not to make a mistake; it cannot find a secret that bears no mark, and a scan
has no text to look at. The banner on every upload says so.
"""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

import pypdf
from pypdf.errors import PyPdfError

from zhize.kit.errors import BadInput
from zhize.kit.files.text import decode

_FIRST_PAGE = 3000
_XML_LIMIT = 2 * 1024 * 1024
# Sample of a marked paragraph in document.xml: <w:p …><w:r><w:t>机密</w:t></w:r><w:r><w:t>★</w:t></w:r></w:p>
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_RUN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def check_name(name: str, marks: tuple[str, ...], where: str) -> None:
    """Refuses a name that carries a mark.

    Assumption: 商业秘密 (a case type of the commerce authorities) and 国家秘密 (the name of the law, as in training
    papers) are not marks. Risk: a secret file so named passes here and is met by its first page, if it has text.
    """
    bare = re.sub(r"商业秘密|国家秘密", "", name)
    for mark in marks:
        if mark in bare:
            raise _refused(f"文件名含“{mark}”", where)


def check_first_page(file: BinaryIO, kind: str, marks: tuple[str, ...], where: str) -> None:
    """Refuses when a line of the first page begins with a mark as GB/T 9704-2012 prints it: 机密★, 秘密★3年."""
    for line in _first_page(file, kind).splitlines():
        if found := _marking(marks).match(line):
            raise _refused(f"首页标有“{found.group(0).strip()}”", where)


def _marking(marks: tuple[str, ...]) -> re.Pattern[str]:
    # Samples: "机密★", "秘密★3年", "绝 密", "机密★启用前", "秘密 5年". Not: "秘密警察", "机密性要求".
    words = "|".join(r"\s*".join(mark) for mark in marks)
    return re.compile(rf"^\s*(?:{words})\s*(?:[★☆].{{0,12}}|\d+\s*(?:年|个月|天|日)|长期)?\s*$")


def _refused(what: str, where: str) -> BadInput:
    return BadInput(
        what,
        where=where,
        why="本系统仅处理非涉密信息",
        remedy="涉密文件请按保密规定另行报送；如属误标，请由定密责任人更正后再上传",
    )


def _first_page(file: BinaryIO, kind: str) -> str:
    file.seek(0)
    if kind == "txt":
        raw = file.read(_FIRST_PAGE * 4)
        try:
            return decode(raw)[:_FIRST_PAGE]
        except BadInput:
            return ""
    if kind == "docx":
        return _docx(file)
    if kind == "pdf":
        return _pdf(file)
    return ""


def _docx(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive, archive.open("word/document.xml") as part:
            xml = part.read(_XML_LIMIT).decode("utf-8", errors="ignore")
    except (zipfile.BadZipFile, KeyError, OSError):
        return ""
    lines: list[str] = []
    for paragraph in _PARAGRAPH.finditer(xml):
        lines.append("".join(_RUN.findall(paragraph.group(0))))
        if sum(map(len, lines)) > _FIRST_PAGE:
            break
    return "\n".join(lines)


def _pdf(file: BinaryIO) -> str:
    """The first page's text; a page whose drawing is too long to read for words is passed over."""
    try:
        page = pypdf.PdfReader(file).pages[0]
        contents = page.get_contents()
        if contents is None or len(contents.get_data()) > _XML_LIMIT:
            return ""
        return (page.extract_text() or "")[:_FIRST_PAGE]
    except (PyPdfError, IndexError, KeyError, ValueError, TypeError, AttributeError, RecursionError, OSError):
        return ""
