"""A .docx as plain text: one line a paragraph with the number Word prints, tables as `| a | b |` with 〃 for what spans down."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from zhize.kit.errors import BadInput
from zhize.kit.reading.numbering import Numbering, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What a reader never sees: deleted text, field codes, comments, the fallback of an alternate.
_HIDDEN = {f"{W}del", f"{W}delText", f"{W}instrText", f"{W}commentReference", f"{W}footnoteReference",
           f"{W}endnoteReference", f"{W}pPr", f"{W}rPr", f"{W}moveFrom", f"{_MC}Fallback", f"{W}fldData"}  # fmt: skip
_SPANS = "〃"


def word_text(file: BinaryIO, name: str = "") -> str:
    """The words of the body in order. Raises `BadInput` where the document's parts cannot be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = set(archive.namelist())
            body = _tree(archive.read("word/document.xml"))
            numbering = Numbering(
                _part(archive, parts, "word/numbering.xml"), _part(archive, parts, "word/styles.xml")
            )
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise BadInput(
            "Word 文件读不出正文",
            where=f"文件“{name}”" if name else "",
            why="内部结构有错",
            remedy="请用 Word 或 WPS 打开后另存为 .docx 再上传，或复制正文粘贴",
        ) from error
    found = body.find(f"{W}body")
    return "\n".join(_blocks(found if found is not None else body, numbering))


def word_text_of(content: bytes) -> str:
    """`word_text` of bytes."""
    return word_text(io.BytesIO(content))


def _tree(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(content, parser)


def _part(archive: zipfile.ZipFile, parts: set[str], path: str) -> Any | None:
    return _tree(archive.read(path)) if path in parts else None


def _blocks(parent: Any, numbering: Numbering) -> Iterator[str]:
    """Lines of a body or cell. A frame around blocks (content control, insertion) is looked through."""
    stack = list(reversed(list(parent)))
    while stack:
        one = stack.pop()
        if one.tag == f"{W}p":
            text = numbering.label(one) + "".join(_words(one))
            yield from text.split("\n")
        elif one.tag == f"{W}tbl":
            yield from _table(one, numbering)
        elif one.tag not in _HIDDEN and one.tag != f"{W}sectPr":
            stack.extend(reversed(list(one)))


def _words(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph's runs, without recursion: text boxes inside stand at their place."""
    stack = list(reversed(list(paragraph)))
    while stack:
        one = stack.pop()
        tag = one.tag
        if tag in _HIDDEN or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            yield one.text or ""
        elif tag in (f"{W}tab", f"{W}ptab"):
            yield " "
        elif tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}sym":
            yield _symbol(one)
        else:
            stack.extend(reversed(list(one)))


def _symbol(one: Any) -> str:
    """A character of a symbol font: only where it also stands in Unicode outside the private area."""
    try:
        code = int(one.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= code <= 0xF8FF else chr(code)


def _table(table: Any, numbering: Numbering) -> Iterator[str]:
    """A line a row; a cell that spans columns stands once, one that spans rows leaves 〃 below it."""
    for row in table.iterchildren(f"{W}tr"):
        cells: list[str] = []
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            merge = None if properties is None else properties.find(f"{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart":
                cells.append(_SPANS)
                continue
            lines = (line.strip(" \u3000") for line in _blocks(cell, numbering))
            cells.append(" ".join(line for line in lines if line).replace("|", "｜"))
        if any(cells):
            yield "| " + " | ".join(cells) + " |"


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also inside content controls."""
    for one in row:
        if one.tag == f"{W}tc":
            yield one
        elif one.tag == f"{W}sdt":
            content = one.find(f"{W}sdtContent")
            if content is not None:
                yield from content.iterchildren(f"{W}tc")
