"""Both writers measured: 22 lines of 28 characters, page, margins, parts in their places, odd characters survived."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from tests.officialdoc.papers import ODD, SOFFICE, full, layout, notice, pages, printed

from zhize.core.papers.days import DateStyle
from zhize.kit.officialdoc import Form, Paper, Run, Signature, para, table
from zhize.kit.officialdoc.pdf import pdf_bytes
from zhize.kit.officialdoc.word import docx_bytes

LAYOUT = layout()
SLOW = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def assert_grid(found: list[list[str]]) -> None:
    """A whole page inside the document holds 22 lines of 28 characters each."""
    inside = found[1]
    assert len(inside) == 22
    assert {len(line) for line in inside} == {28}


def test_a_page_of_the_pdf_holds_22_lines_of_28_characters() -> None:
    assert_grid(pages(pdf_bytes(full(), LAYOUT)))


@pytest.mark.slow
@SLOW
def test_a_page_of_the_word_file_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    assert_grid(pages(printed(docx_bytes(full(), LAYOUT), tmp_path)))


@pytest.mark.slow
@SLOW
def test_the_word_file_prints_every_part_and_the_imprint_on_the_last_page(tmp_path: Path) -> None:
    found = pages(printed(docx_bytes(notice(), LAYOUT), tmp_path))
    assert found[0][0] == "甘肃省推进质量振兴工作领导小组办公室文件"
    assert "甘质振办〔2012〕3号" in found[0]
    assert found[-1][-2:] == ["抄送：省政府办公厅。", "领导小组办公室2012年7月21日印发"]
    assert sum("序号任务" in page for page in found) >= 3, "the head of a table stands on each of its pages"


def test_the_pdf_is_a4_with_a_title_and_the_same_bytes_each_time() -> None:
    content = pdf_bytes(notice(), LAYOUT)
    assert pdf_bytes(notice(), LAYOUT) == content
    reader = pypdf.PdfReader(BytesIO(content))
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert reader.metadata is not None
    assert reader.metadata.title == "关于印发2012年全省质量振兴工作计划的通知"


def test_the_pdf_has_every_part_in_its_order() -> None:
    found = pages(pdf_bytes(notice(), LAYOUT))
    wanted = [
        "甘肃省推进质量振兴工作领导小组办公室文件", "甘质振办〔2012〕3号", "关于印发2012年全省", "质量振兴工作计划的通知",
        "省质监局、省工商局：", "现将计划印发给你们。", "一、总体要求", "（一）加强领导。各部门要切实负起责任。",
        "1.建立台账。", "（1）按月更新。",
    ]  # fmt: skip
    assert [*found[0], *found[1]][: len(wanted)] == wanted
    signed = next(page for page in found if "2012年7月20日" in page)
    assert wanted[-1] in signed, "bare headings stay with the text, and the text with the signature"
    text = "".join(line for page in found for line in page)
    for words in ("附件：1.任务分解表", "2.指标表", "领导小组办公室2012年7月20日", "喆昇赟"):
        assert words in text
    assert found[-1][-2:] == ["抄送：省政府办公厅。", "领导小组办公室2012年7月21日印发"]
    assert sum("序号任务" in "".join(page) for page in found) >= 3
    starts = [page[0] for page in found]
    assert "附件1" in starts
    assert "附件2" in starts


def test_the_fonts_are_embedded_and_none_is_the_machines_own() -> None:
    reader = pypdf.PdfReader(BytesIO(pdf_bytes(notice(), LAYOUT)))
    names = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert all(name.startswith("NotoS") for name in names), names


@pytest.mark.parametrize("form", Form)
def test_every_form_is_written_by_both(form: Form) -> None:
    signed = Signature("办公室", "2012年7月20日", sealed=False) if form in ("document", "letter") else None
    paper = notice(form=form, signature=signed, addressees="")
    said = "".join(pages(pdf_bytes(paper, LAYOUT))[0])
    assert "关于印发2012年全省质量振兴工作计划的通知" in said
    words = [p.text for p in docx.Document(BytesIO(docx_bytes(paper, LAYOUT))).paragraphs]
    numbered = form is not Form.SHEET  # a sheet is not issued
    assert ["甘质振办〔2012〕3号" in place for place in (said, words)] == [numbered, numbered]


def test_an_upward_document_names_who_signed() -> None:
    paper = notice(signer="某领导")
    assert "签发人：某领导" in "".join(pages(pdf_bytes(paper, LAYOUT))[0])
    words = [p.text for p in docx.Document(BytesIO(docx_bytes(paper, LAYOUT))).paragraphs]
    assert "甘质振办〔2012〕3号\t签发人：某领导" in words


def test_the_word_file_has_the_page_and_the_traps_avoided() -> None:
    document = docx.Document(BytesIO(docx_bytes(notice(), LAYOUT)))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)  # fmt: skip
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28, 35, 26]
    assert section._sectPr.find(qn("w:docGrid")) is None
    body = next(p for p in document.paragraphs if p.text == "现将计划印发给你们。")
    spacing = body._p.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert body._p.pPr.find(qn("w:widowControl")).get(qn("w:val")) == "0"
    assert body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    run = body.runs[0]._r.rPr
    assert run.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert run.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    heading = next(p for p in document.paragraphs if p.text.startswith("（一）"))
    faces = [r._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) for r in heading.runs]
    assert faces == ["楷体_GB2312", "仿宋_GB2312"]


def test_odd_characters_break_neither_file() -> None:
    words = f"前{ODD}后<&>\"'\\#*_$@`\t换\n行"
    paper = Paper(
        title=words,
        body=(para(words), table([words, "列"], [[Run(words), "值"]], words)),
        addressees=words,
        number=words,
        letterhead=words,
        signature=Signature("办", "日"),
    )
    text = "".join(line for page in pages(pdf_bytes(paper, LAYOUT)) for line in page)
    assert "前后<&>\"'\\#*_$@`换行" in text
    with zipfile.ZipFile(BytesIO(docx_bytes(paper, LAYOUT))) as archive:
        assert archive.testzip() is None
    rows = docx.Document(BytesIO(docx_bytes(paper, LAYOUT))).tables[0].rows
    assert rows[1].cells[0].text == "前后<&>\"'\\#*_$@` 换 行"


def test_an_empty_document_and_an_empty_table_are_written() -> None:
    for paper in (Paper(title="", body=()), Paper(title="空", body=(table([], []),))):
        assert pdf_bytes(paper, LAYOUT).startswith(b"%PDF")
        assert docx_bytes(paper, LAYOUT).startswith(b"PK")


def test_a_date_is_printed_as_the_standard_of_its_day_says() -> None:
    assert layout(date(2012, 3, 5)).date_style is DateStyle.HAN
    assert layout(date(2012, 7, 1)).date_style is DateStyle.ARABIC
    assert layout(date(2012, 3, 5)).letterhead_drop == 25
