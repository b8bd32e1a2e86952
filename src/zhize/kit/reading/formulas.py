"""Where a sheet of a workbook computes: readers of values see the last result only, and cannot tell."""

from __future__ import annotations

import re
import zipfile
from typing import Any, BinaryIO

from lxml import etree

from zhize.kit.imports.places import number

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Sample: <c r="B12" s="3" t="str"><f>SUM(A1:A9)</f><v>45</v></c>
_FORMULA = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><(?:\w+:)?f[ >/]')
_OVERLAP = 1024
MANY_FORMULAS = 5000


def formula_places(file: BinaryIO, title: str) -> set[tuple[int, int]]:
    """Places of formula cells of a sheet of an .xlsx as (line, column), counted from 1, at most `MANY_FORMULAS`; the sheet's
    XML is streamed, not built as a tree."""
    found: set[tuple[int, int]] = set()
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        part = _sheet_part(archive, title)
        if part is None:
            return found
        with archive.open(part) as xml:
            tail = b""
            while chunk := xml.read(1024 * 1024):
                block = tail + chunk
                for match in _FORMULA.finditer(block):
                    found.add((int(match[2]), number(match[1].decode())))
                    if len(found) >= MANY_FORMULAS:
                        return found
                tail = block[-_OVERLAP:]
    return found


def _sheet_part(archive: zipfile.ZipFile, title: str) -> str | None:
    """The part that holds a sheet: workbook.xml gives its relation, the relations its path; None where they don't."""
    try:
        book, links = (
            _tree(archive.read(f"xl/{part}")) for part in ("workbook.xml", "_rels/workbook.xml.rels")
        )
    except (KeyError, etree.XMLSyntaxError):
        return None
    relation = next((s.get(_REL) for s in book.iter(f"{_NS}sheet") if s.get("name") == title), None)
    target = next((link.get("Target") for link in links if link.get("Id") == relation), None)
    if not target:
        return None
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in archive.namelist() else None


def _tree(content: bytes) -> Any:
    """A part's XML as it stands: entities stay unresolved, nothing is fetched, a tree without end is refused."""
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )
