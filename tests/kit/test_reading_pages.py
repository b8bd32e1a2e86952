"""Web pages and PDFs come out as lines one reads: numbers of lists kept, menus gone, wrapped lines joined."""

from __future__ import annotations

from io import BytesIO

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pylopdf_fonts_zh_cn import __file__ as fonts
from pypdf import PdfWriter

from zhize.kit.errors import BadInput
from zhize.kit.reading.html import html_text
from zhize.kit.reading.pdf import paragraphs, pdf_text

TYPED = """#set page(width: 12cm, height: 9cm, numbering: "— 1 —")
#set text(font: "Noto Serif SC", size: 12pt)
一、省推进质量振兴工作领导小组工作职责

（一）负责全省推进质量振兴工作的统筹规划、组织协调、考核检查和督促指导，每年召开联席会议，分析质量状况。

（二）按要求对各市州推进质量振兴工作进行监督检查和组织考核，并通报考核结果，各单位应当认真落实到位。

二、领导小组办公室工作职责
"""


def test_a_page_is_read_without_its_menus_and_with_its_lists_numbered() -> None:
    page = """<html><head><title>x</title><style>p{}</style></head><body><nav>首页 新闻</nav>
    <div><h1>工作制度</h1><p>&nbsp;&nbsp;一、总则<br>（一）市质监局
    牵头。</p><ol start="3"><li>甲</li><li>乙</li></ol><script>var a=1</script></div><footer>版权</footer></body></html>"""
    assert html_text(page).split("\n") == ["工作制度", "  一、总则", "（一）市质监局牵头。", "3. 甲", "4. 乙"]


def test_a_table_of_a_page_stands_as_rows_and_a_layout_table_is_looked_through() -> None:
    data = "<table><tr><th>任务</th><th>单位</th></tr><tr><td rowspan=2>甲</td><td>市教育局</td></tr><tr><td>市卫生局</td></tr></table>"
    layout = f"<table><tr><td>{data}</td></tr></table>"
    assert html_text(f"<body>{layout}</body>").split("\n") == [
        "| 任务 | 单位 |",
        "| 甲 | 市教育局 |",
        "| 〃 | 市卫生局 |",
    ]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="<>/&;#pdivtablrol =\"'一、甲\n\x00", max_size=200))
def test_odd_pages_are_read_or_refused_in_words(page: str) -> None:
    try:
        assert isinstance(html_text(page), str)
    except BadInput as error:
        assert error.problem.remedy


def test_a_page_nested_without_end_is_read() -> None:
    assert html_text("<div>" * 20_000 + "甲" + "</div>" * 20_000).strip() in ("甲", "")


def test_a_printed_regulation_comes_out_by_paragraph_without_page_numbers() -> None:
    from pathlib import Path

    made = typst.compile(
        TYPED.encode(), format="pdf", font_paths=[str(Path(fonts).parent)], ignore_system_fonts=True
    )
    text = pdf_text(BytesIO(made))
    assert [line[:6] for line in text.split("\n")] == [
        "一、省推进质",
        "（一）负责全",
        "（二）按要求",
        "二、领导小组",
    ]
    assert "分析质量状况。" in text
    assert "—" not in text


def test_a_scan_is_told_to_be_one() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(BadInput, match="没有文字"):
        pdf_text(BytesIO(out.getvalue()))


def test_a_short_line_ends_its_paragraph_and_a_number_begins_one() -> None:
    page = ["第一条为了加强质量工作，落实责任，根据有", "关规定，制定本办法。", "第二条本办法适用于全市。", "第三条市人民政府统一领导全市质量工作，", "（一）市质监局负责"]  # fmt: skip
    assert paragraphs([page]) == [page[0] + page[1], page[2], page[3], page[4]]
