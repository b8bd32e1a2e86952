"""Word's automatic numbering comes out as Word prints it; tables, insertions and text boxes as one reads them."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.architecture.house import ROOT
from tests.support.word import ARTICLES, Word

from zhize.kit.errors import BadInput
from zhize.kit.reading.numerals import written
from zhize.kit.reading.word import word_text_of

# Samples: “一、”, “（二）”, “3.” at the head of a line of our rendition.
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"（[一二三四五六七八九十]+）"),
    re.compile(r"\d+\."),
)


def lines(word: Word) -> list[str]:
    return word_text_of(word.content()).split("\n")


def test_levels_count_and_begin_anew_below_the_next() -> None:
    word = Word()
    for text, level in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1)]:
        word.add(text, level)
    assert lines(word) == ["一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己"]


def test_articles_run_on_across_chapters_where_the_list_says_so() -> None:
    word = Word(ARTICLES, restart={1: 0})
    for text, level in [("总则", 0), ("甲", 1), ("乙", 1), ("分则", 0), ("丙", 1), ("丁", 2)]:
        word.add(text, level)
    assert lines(word) == ["第一章总则", "第一条甲", "第二条乙", "第二章分则", "第三条丙", "（一）丁"]


def test_a_number_given_by_the_style_is_printed_too_and_a_paragraph_may_take_it_off() -> None:
    word = Word()
    word.style("条款", 1)
    word.document.add_paragraph("甲", style="条款")
    word.document.add_paragraph("乙", style="条款")
    word.add("没有编号", 0, num=0).style = word.document.styles["条款"]
    assert lines(word) == ["（一）甲", "（二）乙", "没有编号"]


def test_a_further_list_over_the_same_definition_goes_on_or_begins_anew() -> None:
    word = Word()
    word.num(2)
    word.num(3, l0=1)
    word.add("甲", 0)
    word.add("乙", 0, num=2)
    word.add("丙", 0, num=3)
    assert lines(word) == ["一、甲", "二、乙", "一、丙"]


def test_the_regulation_numbered_by_word_reads_like_the_typed_one() -> None:
    typed = (ROOT / "reference/gansu/regulation.txt").read_text("utf-8").split("\n")
    word = Word()
    for line in typed:
        bare = line.lstrip("\u3000 ")
        level = next((n for n, mark in enumerate(_LEVELS) if mark.match(bare)), None)
        word.add(line if level is None else _LEVELS[level].sub("", bare, count=1), level)
    assert [one.lstrip("\u3000 ") for one in lines(word)] == [one.lstrip("\u3000 ") for one in typed]


def test_a_table_stands_at_its_place_with_spanning_cells_marked() -> None:
    word = Word()
    word.add("任务分工表")
    table = word.document.add_table(rows=3, cols=3)
    for row, cells in enumerate([("序号", "任务", "责任单位"), ("1", "甲|乙", "省质监局"), ("2", "丙", "")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    word.add("后文")
    assert lines(word) == [
        "任务分工表",
        "| 序号 | 任务 | 责任单位 |",
        "| 1 | 甲｜乙 | 省质监局 |",
        "| 2 | 丙 | 〃 |",
        "后文",
    ]


def test_what_was_deleted_or_is_a_field_code_is_not_read_what_was_inserted_is() -> None:
    word = Word()
    paragraph = word.add("开头")
    space = nsdecls("w")
    for xml in (
        f'<w:ins {space} w:id="1" w:author="a"><w:r><w:t>加上</w:t></w:r></w:ins>',
        f'<w:del {space} w:id="2" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>',
        f"<w:r {space}><w:instrText>PAGE</w:instrText></w:r>",
        f"<w:r {space}><w:br/><w:t>另起一行</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    assert lines(word) == ["开头加上", "另起一行"]


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (12, "chineseCountingThousand", "十二"), (20, "ideographDigital", "二〇"), (3, "ideographTraditional", "丙"),
        (12, "chineseLegalSimplified", "壹拾贰"), (21, "chineseLegalSimplified", "贰拾壹"), (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"), (4, "decimalFullWidth", "４"), (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"),
        (5, "bullet", ""), (0, "chineseCounting", "0"), (7, "a format of the future", "7"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_their_format_says(number: int, style: str, printed: str) -> None:
    assert written(number, style) == printed


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no soffice: apt-get install libreoffice-writer-nogui"
)
def test_an_independent_program_prints_the_same_numbers(tmp_path: Path) -> None:
    word = Word()  # lvlRestart is left out: LibreOffice 7.4 does not read it
    word.num(2, l0=1)
    levels = [0, 1, 2, 2, 3, 1, 2, 0, 1, None, 2]
    for text, level in zip("甲乙丙丁戊己庚辛壬癸子", levels, strict=True):
        word.add(text, level)
    word.add("丑", 0, num=2)
    path = tmp_path / "numbered.docx"
    path.write_bytes(word.content())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    theirs = (tmp_path / "numbered.txt").read_text("utf-8-sig").splitlines()
    assert lines(word) == [one.replace(" ", "") for one in theirs]


def _with(content: bytes, path: str, change: bytes) -> bytes:
    """The same file with one part replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, change if name == path else source.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    "part",
    [b"", b"<w:document", b"not xml at all", b"\xff\xfe\x00"],
    ids=["empty", "cut off", "no xml", "binary"],
)
def test_a_damaged_document_is_answered_in_words(part: bytes) -> None:
    word = Word()
    with pytest.raises(BadInput, match="读不出正文"):
        word_text_of(_with(word.content(), "word/document.xml", part))


def test_entities_that_would_grow_without_end_stay_what_they_are() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    part = (
        bomb
        + b"<w:document "
        + space
        + b"><w:body><w:p><w:r><w:t>x&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert len(word_text_of(_with(Word().content(), "word/document.xml", part))) < 100


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 4000), junk=st.binary(min_size=1, max_size=40))
def test_a_document_with_junk_in_it_is_read_or_refused_in_words(at: int, junk: bytes) -> None:
    word = Word()
    word.add("甲", 0)
    content = word.content()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        part = archive.read("word/numbering.xml")
    place = at % len(part)
    broken = _with(content, "word/numbering.xml", part[:place] + junk + part[place:])
    try:
        assert isinstance(word_text_of(broken), str)
    except BadInput as error:
        assert error.problem.remedy
