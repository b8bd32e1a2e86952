"""A Word file of the office's own with fields such as {{标题}}, read and filled with the same `Paper` the writers take (ADR 0013).

Word cuts a line of text into runs as it likes, so a field is looked for in the words of a whole paragraph; what is put in
takes the look of the field's first character.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from zhize.kit.errors import BadInput, Problem
from zhize.kit.officialdoc.blocks import Block, Paragraph
from zhize.kit.officialdoc.layout import Layout
from zhize.kit.officialdoc.paper import Paper, attachment_lines, text_and_appendices
from zhize.kit.officialdoc.parts import Face, pieces
from zhize.kit.officialdoc.word import Sheet, appendices_on, block_on
from zhize.kit.officialdoc.word_xml import element

BODY = "正文"
FIELDS = (
    "发文机关", "文号", "签发人", "标题", "主送", BODY, "落款", "日期", "附注", "抄送", "印发机关", "印发日期",
)  # fmt: skip
# Sample: {{标题}}, {{ 主送 }}, ｛｛文号｝｝
_FIELD = re.compile(r"(?:\{\{|｛｛)\s*([^{}｛｝]{1,30}?)\s*(?:\}\}|｝｝)")


def template_fields(content: bytes) -> tuple[str, ...]:
    """The fields a template uses, in the order of the file. Raises `BadInput` for every field it cannot fill, by name."""
    document = _opened(content)
    found: list[str] = []
    problems: list[Problem] = []
    for place in _paragraphs(document):
        words = _words(place)
        for field in _FIELD.finditer(words):
            name = field[1]
            found.append(name)
            if name not in FIELDS:
                problems.append(Problem(f"不认识的域“{name}”", f"“{words.strip()[:30]}”", "", f"可用的域：{'、'.join(FIELDS)}"))  # fmt: skip
            elif name == BODY and (
                words.strip() != field[0] or place.getparent() is not document.element.body
            ):
                problems.append(Problem("{{正文}} 不是单独的一段", f"“{words.strip()[:30]}”", "正文有许多段，在同一行或表格里放不下", "把 {{正文}} 单独写成一段，放在表格之外"))  # fmt: skip
    if not found:
        problems.append(Problem("模板里没有域", "Word 模板", "没有域的文件不会填进任何内容", "在相应位置写 {{标题}}、{{主送}}、{{正文}} 等"))  # fmt: skip
    elif found.count(BODY) != 1:
        problems.append(Problem(f"{{{{正文}}}} 出现了 {found.count(BODY)} 次", "Word 模板", "正文只能放在一处", "保留一处 {{正文}}"))  # fmt: skip
    if problems:
        raise BadInput(problems[0].what, problems, where=problems[0].where, remedy=problems[0].remedy)
    return tuple(dict.fromkeys(found))


def filled(content: bytes, paper: Paper, layout: Layout) -> bytes:
    """The template with the paper in it. A paragraph all of whose fields are empty is left out.

    The text takes the look of {{正文}}; 一、 and （一） keep the faces of the standard; tables and attachments are written as
    in the built-in layout.
    """
    template_fields(content)
    document = _opened(content)
    values = _values(paper)
    for place in list(_paragraphs(document)):
        words = _words(place)
        names = [field[1] for field in _FIELD.finditer(words)]
        if BODY in names:
            _body(place, paper, layout)
        elif names:
            if not any(values[name] for name in names) and place.getparent().tag == qn("w:body"):
                place.getparent().remove(place)
            else:
                _fill(place, values)
    _attachments(document, paper, layout)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(content: bytes) -> Any:
    try:
        return Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise BadInput(
            "这不是能打开的 Word 文件", where="Word 模板", why="只认 .docx", remedy="在 WPS 或 Word 中另存为 .docx 再上传"
        ) from error  # fmt: skip


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every w:p of the text, its tables and text boxes, of heads and feet."""
    yield from document.element.body.iter(qn("w:p"))
    seen: set[int] = set()
    for section in document.sections:
        for part in (
            section.header, section.footer, section.first_page_header, section.first_page_footer, section.even_page_header,
            section.even_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous and id(part._element) not in seen:
                seen.add(id(part._element))
                yield from part._element.iter(qn("w:p"))


def _texts(place: Any) -> list[Any]:
    """The w:t of this paragraph, not of a text box within it."""
    return [one for one in place.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is place]


def _words(place: Any) -> str:
    return "".join(one.text or "" for one in _texts(place))


def _fill(place: Any, values: dict[str, str]) -> None:
    """Puts the values in; what a field was spread over besides its first piece is emptied."""
    texts = _texts(place)
    for field in reversed(list(_FIELD.finditer(_words(place)))):
        start = 0
        for one in texts:
            said = one.text or ""
            first, last = max(field.start() - start, 0), min(field.end() - start, len(said))
            if first < len(said) and last > 0:
                value = values[field[1]] if start <= field.start() else ""
                one.text = said[:first] + value + said[last:]
                one.set(qn("xml:space"), "preserve")
            start += len(said)


def _values(paper: Paper) -> dict[str, str]:
    signed, imprint = paper.signature, paper.imprint
    return {
        "发文机关": paper.organ,
        "文号": paper.number,
        "签发人": paper.signer.strip(),
        "标题": paper.title,
        "主送": f"{paper.addressees}：" if paper.addressees else "",
        "落款": signed.name if signed else "",
        "日期": signed.day if signed else paper.day,
        "附注": f"（{paper.note}）" if paper.note else "",
        "抄送": imprint.copies if imprint else "",
        "印发机关": imprint.organ if imprint else "",
        "印发日期": imprint.day if imprint else "",
    }


def _body(place: Any, paper: Paper, layout: Layout) -> None:
    """The text in place of its field: paragraphs in the look of the field, tables in ours."""
    body, appendices = text_and_appendices(paper.body)
    for block in body:
        made = [_paragraph(place, block, layout)] if isinstance(block, Paragraph) else _ours([block], layout)
        for one in made:
            place.addprevious(one)
    for words in attachment_lines(appendices) if appendices else ():
        line = deepcopy(place)
        _only(line, words)
        place.addprevious(line)
    place.getparent().remove(place)


def _paragraph(place: Any, block: Paragraph, layout: Layout) -> Any:
    faces = {Face.FIRST: layout.first_font, Face.SECOND: layout.second_font}
    made = deepcopy(place)
    run = _only(made, "")
    for piece in pieces(block):
        one = deepcopy(run)
        text = one.find(qn("w:t"))
        text.text = piece.text
        text.set(qn("xml:space"), "preserve")
        if piece.face in faces:
            props = one.get_or_add_rPr()
            fonts = props.find(qn("w:rFonts"))
            if fonts is None:
                fonts = element("w:rFonts")
                props.insert(0, fonts)
            for kind in ("ascii", "hAnsi", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), faces[piece.face])
        run.addprevious(one)
    run.getparent().remove(run)
    return made


def _only(place: Any, words: str) -> Any:
    """Leaves of a paragraph its first run with text, with these words; gives that run."""
    first = _texts(place)[0]
    run = first.getparent()
    for child in list(place):
        if child is not run and child.tag != qn("w:pPr"):
            place.remove(child)
    for child in list(run):
        if child is not first and child.tag != qn("w:rPr"):
            run.remove(child)
    first.text = words
    return run


def _ours(blocks: list[Block], layout: Layout) -> list[Any]:
    """Blocks as the built-in writer makes them, free of its styles, which the template need not know."""
    sheet = Sheet(layout)
    for block in blocks:
        block_on(sheet, block)
    return _free(sheet)


def _free(sheet: Sheet) -> list[Any]:
    made = [one for one in sheet.document.element.body if one.tag != qn("w:sectPr")]
    for one in made:
        for style in list(one.iter(qn("w:tblStyle"))):
            borders = element("w:tblBorders")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                borders.append(element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
            style.getparent().find(qn("w:tblLayout")).addprevious(borders)
            style.getparent().remove(style)
    return made


def _attachments(document: Any, paper: Paper, layout: Layout) -> None:
    """Attachments on pages of their own after all that the template holds."""
    _body_blocks, appendices = text_and_appendices(paper.body)
    sheet = Sheet(layout)
    appendices_on(sheet, appendices)
    end = document.element.body.find(qn("w:sectPr"))
    for one in _free(sheet):
        if end is None:
            document.element.body.append(one)
        else:
            end.addprevious(one)
