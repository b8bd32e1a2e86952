"""Parts of the .docx page around the text: page and numbers, the head in red, the imprint at the foot."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhize.kit.officialdoc.paper import Form, Imprint, Paper
from zhize.kit.officialdoc.parts import POINTS, Face, letterhead_fit, sides_size, width
from zhize.kit.officialdoc.word_xml import border, field, font, framed, indent

if TYPE_CHECKING:
    from zhize.kit.officialdoc.word import Sheet

THICK, THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm
RED_LINE = 12
IMPRINT_PITCH = 1.7
LETTER_LINE, LETTER_FOOT = 170, 20
"""The double line of a letter, in mm: its length, its distance from the foot of the page (GB/T 9704-2012 10.1)."""


def page(sheet: Sheet, paper: Paper) -> None:
    """A4, margins, no grid; page numbers outside: right on odd pages, left on even ones, none on a letter's first."""
    layout, section = sheet.layout, sheet.document.sections[0]
    section.page_width, section.page_height = Mm(layout.page_width), Mm(layout.page_height)
    section.top_margin, section.bottom_margin = Mm(layout.margin_top), Mm(layout.margin_bottom)
    section.left_margin, section.right_margin = Mm(layout.margin_left), Mm(layout.margin_right)
    # The number's dash stands 7 mm under the text area.
    section.footer_distance = Mm(layout.margin_bottom - 7 - layout.small_size / POINTS)
    section.header_distance = Mm(15)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    sheet.document.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = paper.form is Form.LETTER
    _number(sheet, section.footer.paragraphs[0], ALIGN.RIGHT)
    _number(sheet, section.even_page_footer.paragraphs[0], ALIGN.LEFT)


def _number(sheet: Sheet, paragraph: Any, side: Any) -> None:
    layout = sheet.layout
    paragraph.alignment = side
    indent(paragraph, left=1 if side is ALIGN.LEFT else 0, right=1 if side is ALIGN.RIGHT else 0)
    for words in ("— ", "", " —"):
        run = paragraph.add_run(words)
        font(run, layout.page_number_font, layout.small_size)
        if not words:
            field(run, "PAGE")


def head(sheet: Sheet, paper: Paper) -> None:
    """发文机关标志, number (with the signer on upward documents), the red line; a sheet has none of them."""
    if paper.form is Form.SHEET:
        return
    if paper.form is Form.LETTER:
        _letter_head(sheet, paper)
        return
    layout = sheet.layout
    _letterhead(sheet, paper, before=layout.letterhead_drop * POINTS)
    if paper.form is Form.DOCUMENT:
        sheet.blank()
        sheet.blank()
        line = sheet.line(None if paper.upward else ALIGN.CENTER)
        if paper.upward:
            _two_sides(sheet, line, paper.number, f"签发人：{paper.signer}")
        else:
            sheet.write(line, paper.number)
    else:
        sheet.write(sheet.line(ALIGN.CENTER), paper.number)
        _two_sides(sheet, sheet.line(), paper.organ, paper.day)
    border(sheet.line(pitch=4 * POINTS), "bottom", size=RED_LINE, colour=layout.red)
    sheet.blank()
    sheet.blank()


def _letterhead(sheet: Sheet, paper: Paper, *, before: float) -> None:
    """The name in red on one line; `before` is the distance above it in points."""
    layout = sheet.layout
    size, scale = letterhead_fit(paper.letterhead, layout)
    line = sheet.line(ALIGN.CENTER, pitch=size * 1.2, at_least=True)
    line._p.get_or_add_pPr().find(qn("w:spacing")).set(qn("w:before"), str(round(before * 20)))
    font(line.add_run(paper.letterhead), layout.title_font, size, red=layout.red, scale=scale)


def _two_sides(sheet: Sheet, line: Any, left: str, right: str) -> None:
    """Two texts on one line, each a character from its edge."""
    indent(line, left=1, right=1)
    line.paragraph_format.tab_stops.add_tab_stop(
        Mm(sheet.layout.text_width) - Pt(sheet.layout.body_size), WD_TAB_ALIGNMENT.RIGHT
    )
    size = sides_size(sheet.layout, sheet.layout.body_size, left, right)
    label, colon, name = right.partition("：")
    sheet.write(line, f"{left}\t{label}{colon}", size=size)
    if name:
        sheet.write(line, name, Face.SECOND, size)


def _letter_head(sheet: Sheet, paper: Paper) -> None:
    """信函格式: the name 30 mm from the top of the page, thick over thin line, the number at the right under it."""
    layout = sheet.layout
    section = sheet.document.sections[0]
    section.top_margin = Mm(layout.margin_top)
    _letterhead(sheet, paper, before=0)
    _double_line(sheet, sheet.document.add_paragraph(), "thickThinSmallGap")
    sheet.write(sheet.line(ALIGN.RIGHT), paper.number)
    sheet.blank()
    sheet.blank()
    # The foot of the section comes down to the double line of the first page; the numbers stay where they are.
    numbers = section.footer_distance
    section.footer_distance = Mm(LETTER_FOOT)
    for footer in (section.footer, section.even_page_footer):
        footer.paragraphs[0].paragraph_format.space_after = numbers - section.footer_distance
    _double_line(sheet, section.first_page_footer.paragraphs[0], "thinThickSmallGap")


def _double_line(sheet: Sheet, paragraph: Any, style: str) -> None:
    """The red double line of a letter under the paragraph, wider than the text."""
    sheet.pitched(paragraph, 4 * POINTS)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((sheet.layout.text_width - LETTER_LINE) / 2)
    border(paragraph, "bottom", size=24, colour=sheet.layout.red, style=style)


def imprint(sheet: Sheet, record: Imprint, *, letter: bool) -> None:
    """版记: its lines at the foot of the last page; a letter prints the copies only, without lines."""
    layout = sheet.layout
    pitch, chars = layout.small_size * IMPRINT_PITCH, layout.text_width * POINTS / layout.small_size - 2
    rows = (
        [(f"抄送：{record.copies}。", ceil(width(f"抄送：{record.copies}。") / chars))]
        if record.copies
        else []
    )
    if not letter:
        rows.append((f"{record.organ}\t{record.day}印发", 1))
    y = (layout.page_height - layout.margin_bottom) * POINTS - pitch * sum(lines for _words, lines in rows)
    for place, (words, lines) in enumerate(rows):
        line = sheet.line(pitch=pitch)
        framed(line, y, layout.text_width * POINTS)
        indent(line, left=1, right=1)
        edge = Mm(layout.text_width) - Pt(layout.small_size)
        line.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
        left, _tab, right = words.partition("\t")
        size = sides_size(layout, layout.small_size, left, right) if right else layout.small_size
        font(line.add_run(words), layout.body_font, size)
        if not letter:
            border(line, "top", size=THIN if place else THICK, colour="000000")
            if place == len(rows) - 1:
                border(line, "bottom", size=THICK, colour="000000")
        y += pitch * lines
    sheet.line(pitch=1)  # what the frames are anchored to: without it they have no page to stand on
