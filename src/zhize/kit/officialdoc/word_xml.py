"""What python-docx has no word for: East Asian fonts, exact spacing, borders, page numbers, text kept at the page's foot."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

TWIPS = 20
"""Twentieths of a point: what Word counts distances in."""


def element(name: str, **attributes: object) -> Any:
    """element("w:spacing", val=-5) → <w:spacing w:val="-5"/>"""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def font(run: Any, name: str, size: float, *, spacing: float = 0, red: str = "", scale: float = 1) -> None:
    """The face of a run for Chinese and for Latin letters alike; spacing in points."""
    run.font.name, run.font.size = name, Pt(size)
    props = run._r.get_or_add_rPr()
    fonts = props.find(qn("w:rFonts"))
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), name)
    fonts.set(qn("w:hint"), "eastAsia")
    if red:
        run.font.color.rgb = RGBColor.from_string(red)
    # The schema wants w:spacing, then w:w, before w:sz.
    place = props.find(qn("w:sz"))
    if spacing:
        place.addprevious(element("w:spacing", val=round(spacing * TWIPS)))
    if scale != 1:
        place.addprevious(element("w:w", val=round(scale * 100)))


def indent(paragraph: Any, *, first: int = 0, right: float = 0, left: float = 0) -> None:
    """Indents counted in characters, as Word keeps them when the font changes."""
    props = paragraph._p.get_or_add_pPr()
    values = {"firstLineChars": first * 100, "rightChars": round(right * 100), "leftChars": round(left * 100)}
    values |= {
        "firstLine": first * 315, "right": round(right * 315), "left": round(left * 315)
    }  # fmt: skip
    props.append(element("w:ind", **{key: value for key, value in values.items() if value}))


def border(
    paragraph: Any, side: str, *, size: int, colour: str, space: int = 0, style: str = "single"
) -> None:
    """A line at one side of a paragraph; size in eighths of a point."""
    props = paragraph._p.get_or_add_pPr()
    borders = props.find(qn("w:pBdr"))
    if borders is None:
        borders = element("w:pBdr")
        props.append(borders)
    borders.append(element(f"w:{side}", val=style, sz=size, space=space, color=colour))


def field(run: Any, code: str) -> None:
    """A field such as PAGE, one run a part, each in the font of `run`: within one run LibreOffice prints its own size."""
    parts = [element("w:fldChar", fldCharType="begin"), element("w:instrText"), element("w:fldChar", fldCharType="separate"), element("w:t"), element("w:fldChar", fldCharType="end")]  # fmt: skip
    parts[1].text, parts[3].text = code, "1"
    place = run._r
    for part in parts[1:]:
        following = deepcopy(run._r)
        following.append(part)
        place.addnext(following)
        place = following
    run._r.append(parts[0])


def framed(paragraph: Any, y: float, width: float) -> None:
    """Lays the paragraph at a height of its page, in points from the top edge, whatever stands above it.

    "At the bottom of the margins" would say it more simply; LibreOffice 7.4 loses the second of two such frames.
    """
    props = paragraph._p.get_or_add_pPr()
    frame = element(
        "w:framePr", w=round(width * TWIPS), hSpace=0, wrap="around", vAnchor="page", hAnchor="margin",
        xAlign="center", y=round(y * TWIPS),
    )  # fmt: skip
    props.insert(0, frame)


def repeat_head(row: Any) -> None:
    """The row is printed again at the head of every page the table runs over."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def whole(row: Any) -> None:
    """The row is not parted between two pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def cell_margins(grid: Any, points: float) -> None:
    """The distance of the words from the borders at the sides of each cell."""
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=round(points * TWIPS), type="dxa"))
    look = grid._tbl.tblPr.find(qn("w:tblLook"))  # the schema wants the margins before it
    look.addprevious(margins)


def order_properties(paragraph: Any) -> None:
    """Puts the children of w:pPr into the order of the schema, which Word insists on and LibreOffice does not."""
    props = paragraph._p.get_or_add_pPr()
    places = {qn(f"w:{name}"): place for place, name in enumerate(_ORDER)}
    for child in sorted(props, key=lambda one: places.get(one.tag, len(places))):
        props.append(child)


_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "outlineLvl", "rPr", "sectPr",
)  # fmt: skip
