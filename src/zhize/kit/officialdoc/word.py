"""The .docx writer: the archived original, ready for WPS and Word, in the layout of GB/T 9704 (ADR 0013).

No character grid, an exact line pitch, character spacing a shade negative, widow control off: what gives 22 lines of
28 characters in Word, WPS and LibreOffice alike.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from zhize.kit.officialdoc import word_parts
from zhize.kit.officialdoc.blocks import Block, Paragraph, Table
from zhize.kit.officialdoc.layout import Layout
from zhize.kit.officialdoc.paper import Appendix, Form, Paper, attachment_lines, text_and_appendices
from zhize.kit.officialdoc.parts import (
    Face,
    column_weights,
    is_heading,
    kept_with_signature,
    pieces,
    signature_indents,
    title_lines,
)
from zhize.kit.officialdoc.word_xml import (
    cell_margins,
    element,
    font,
    indent,
    order_properties,
    repeat_head,
    whole,
)

CELL_MARGIN = 4  # points, as in paper.typ
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  # the file carries no moment of its own: same text, same properties


def docx_bytes(paper: Paper, layout: Layout) -> bytes:
    """The document as a .docx file."""
    sheet = Sheet(layout)
    word_parts.page(sheet, paper)
    word_parts.head(sheet, paper)
    _text(sheet, paper)
    if paper.imprint:
        word_parts.imprint(sheet, paper.imprint, letter=paper.form is Form.LETTER)
    for paragraph in sheet.document.element.body.iter(element("w:p").tag):
        order_properties(_Raw(paragraph))
    out = BytesIO()
    sheet.document.save(out)
    return out.getvalue()


class _Raw:
    """A bare w:p as the helpers take a paragraph."""

    def __init__(self, node: Any) -> None:
        self._p = node


class Sheet:
    """An empty document of the layout, and the ways text is put on it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.document = Document()
        self.faces = {
            Face.BODY: layout.body_font,
            Face.FIRST: layout.first_font,
            Face.SECOND: layout.second_font,
        }
        core = self.document.core_properties
        core.author, core.created, core.modified, core.title = "", EPOCH, EPOCH, ""
        style = self.document.styles["Normal"]
        style.paragraph_format.widow_control = False
        style.paragraph_format.space_after = Pt(0)

    def line(self, align: Any = None, *, pitch: float | None = None, at_least: bool = False) -> Any:
        """An empty paragraph at the exact line pitch."""
        paragraph = self.document.add_paragraph()
        self.pitched(paragraph, pitch or self.layout.line_pitch, at_least=at_least)
        if align is not None:
            paragraph.alignment = align
        return paragraph

    def pitched(self, paragraph: Any, pitch: float, *, at_least: bool = False) -> None:
        props = paragraph._p.get_or_add_pPr()
        rule = "atLeast" if at_least else "exact"
        props.append(element("w:widowControl", val=0))
        props.append(element("w:autoSpaceDE", val=0))
        props.append(element("w:autoSpaceDN", val=0))
        props.append(element("w:snapToGrid", val=0))
        props.append(element("w:spacing", before=0, after=0, line=round(pitch * 20), lineRule=rule))

    def write(self, paragraph: Any, text: str, face: Face = Face.BODY, size: float | None = None) -> None:
        """Text of the document's size, or smaller, in one of its faces."""
        layout = self.layout
        font(paragraph.add_run(text), self.faces[face], size or layout.body_size, spacing=layout.char_spacing)

    def title(self, text: str) -> None:
        for line in title_lines(text, self.layout):
            paragraph = self.line(ALIGN.CENTER, pitch=self.layout.line_pitch + 4)
            font(paragraph.add_run(line), self.layout.title_font, self.layout.title_size)

    def blank(self, lines: float = 1, *, kept: bool = False) -> None:
        paragraph = self.line(pitch=self.layout.line_pitch * lines)
        paragraph.paragraph_format.keep_with_next = kept or None


def _text(sheet: Sheet, paper: Paper) -> None:
    """From the title to the last attachment."""
    body, appendices = text_and_appendices(paper.body)
    sheet.title(paper.title)
    sheet.blank()
    if paper.addressees:
        sheet.write(sheet.line(ALIGN.JUSTIFY), f"{paper.addressees}：")
    last: Any | None = None
    for block in body:
        last = block_on(sheet, block)
    if kept_with_signature(body, paper.signature) and last is not None:
        last.paragraph_format.keep_with_next = True
    if appendices:
        sheet.blank(kept=True)
        for words in attachment_lines(appendices):
            paragraph = sheet.line()
            paragraph.paragraph_format.keep_with_next = True
            indent(paragraph, first=2)
            sheet.write(paragraph, words)
    if paper.signature:
        _signature(sheet, paper)
    if paper.note:
        paragraph = sheet.line()
        indent(paragraph, first=2)
        sheet.write(paragraph, f"（{paper.note}）")
    appendices_on(sheet, appendices)


def appendices_on(sheet: Sheet, appendices: tuple[Appendix, ...]) -> None:
    """Each attachment on a page of its own."""
    for one in appendices:
        paragraph = sheet.line()
        paragraph.paragraph_format.page_break_before = True
        sheet.write(paragraph, one.label, Face.FIRST)
        sheet.blank()
        sheet.title(one.title)
        sheet.blank()
        for block in one.blocks:
            block_on(sheet, block)


def block_on(sheet: Sheet, block: Block) -> Any | None:
    """The paragraph written, None for a table."""
    if isinstance(block, Paragraph):
        paragraph = sheet.line(ALIGN.JUSTIFY)
        indent(paragraph, first=2)
        for piece in pieces(block):
            sheet.write(paragraph, piece.text, piece.face)
        if is_heading(block):
            paragraph.paragraph_format.keep_with_next = True
        return paragraph
    if isinstance(block, Table):
        _table(sheet, block)
    return None


def _table(sheet: Sheet, block: Table) -> None:
    """Smaller type, head row repeated on every page, as wide as the text."""
    if block.caption:
        caption = sheet.line(ALIGN.CENTER)
        font(caption.add_run(block.caption), sheet.layout.first_font, 12)
        caption.paragraph_format.keep_with_next = True
    weights = column_weights(block)
    grid = sheet.document.add_table(rows=0, cols=len(weights))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    cell_margins(grid, CELL_MARGIN)
    widths = [Mm(sheet.layout.text_width * weight / sum(weights)) for weight in weights]
    for place, cells in enumerate((block.head, *block.rows)):
        row = grid.add_row()
        for cell, run, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            sheet.pitched(paragraph, 18, at_least=True)
            paragraph.alignment = ALIGN.LEFT if place and len(run.text) > 12 else ALIGN.CENTER
            face = sheet.layout.body_font if place else sheet.layout.first_font
            font(paragraph.add_run(run.text), face, 12)
        whole(row)
        if place == 0:
            repeat_head(row)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    sheet.blank(0.4)


def _signature(sheet: Sheet, paper: Paper) -> None:
    """署名 and 成文日期, kept together."""
    assert paper.signature is not None
    name_in, day_in = signature_indents(paper.signature)
    sheet.blank(kept=True)
    sheet.blank(kept=True)
    for words, right in ((paper.signature.name, name_in), (paper.signature.day, day_in)):
        paragraph = sheet.line(ALIGN.RIGHT)
        indent(paragraph, right=right)
        paragraph.paragraph_format.keep_with_next = words == paper.signature.name
        sheet.write(paragraph, words)
