"""Word files with automatic numbering, as Word makes them: the number stands in numbering.xml, never in the text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

Levels = Sequence[tuple[str, str]]
OFFICIAL: Levels = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
ARTICLES: Levels = (
    ("chineseCountingThousand", "第%1章"),
    ("chineseCountingThousand", "第%2条"),
    ("chineseCountingThousand", "（%3）"),
)


class Word:
    """A document written paragraph by paragraph; `level` None is a plain one."""

    def __init__(self, levels: Levels = OFFICIAL, *, restart: dict[int, int] | None = None) -> None:
        self.document = docx.Document()
        self._numbering: Any = self.document.part.numbering_part.element
        for child in list(self._numbering):
            self._numbering.remove(child)
        again = restart or {}
        body = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
            + (f'<w:lvlRestart w:val="{again[n]}"/>' if n in again else "")
            + f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for n, (style, text) in enumerate(levels)
        )
        self._numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
            )
        )
        self.num(1)

    def num(self, number: int, **starts: int) -> None:
        """A further list over the same definition; `l0=1` begins its level 0 anew."""
        inner = "".join(
            f'<w:lvlOverride w:ilvl="{k[1:]}"><w:startOverride w:val="{v}"/></w:lvlOverride>'
            for k, v in starts.items()
        )
        self._numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="7"/>{inner}</w:num>')
        )

    def add(self, text: str, level: int | None = None, *, num: int = 1) -> Any:
        paragraph = self.document.add_paragraph(text)
        if level is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
                )
            )
        return paragraph

    def style(self, name: str, level: int) -> None:
        """A paragraph style that carries the number."""
        style = self.document.styles.add_style(name, 1)
        style.element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')
        )

    def content(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()
