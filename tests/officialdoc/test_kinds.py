"""Each kind of document through both writers, measured on the printed page: what GB/T 9704 says of it, in millimetres."""

from __future__ import annotations

import subprocess
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from tests.officialdoc.measuring import MM, measured
from tests.officialdoc.papers import SOFFICE, layout, pages

from zhize.kit.officialdoc import Attachment, Form, Imprint, Paper, Signature, heading, numbered, para, table
from zhize.kit.officialdoc.parts import title_lines
from zhize.kit.officialdoc.pdf import pdf_bytes
from zhize.kit.officialdoc.word import docx_bytes
from zhize.kit.rules import shipped

ON = date(2012, 7, 20)
LAYOUT = layout(ON)
RULES: dict[str, dict[str, Any]] = {
    key: entry.on(ON).value  # type: ignore[union-attr]
    for key, entry in shipped("documents/kinds").entries.items()
}
RARE = "刘喆、王昇、陈赟"
TITLE = "甘肃省推进质量振兴工作领导小组办公室关于印发2012年全省质量振兴工作计划和重点产品质量监督抽查实施方案的通知"
NAME = "甘肃省推进质量振兴工作领导小组办公室"
WRITERS = ["pdf", pytest.param("docx", marks=[pytest.mark.slow, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")])]  # fmt: skip


def paper(kind: str) -> Paper:
    """A document of the kind with all that can go wrong: three lines of title, whole pages, a table over three pages."""
    rule = RULES[kind]
    rows = [[str(n), f"重点任务{n}", f"省质监局、省工商局{n}"] for n in range(1, 100)]
    body = [heading("总体要求"), para("测" * 28 * 22 * 3), para(f"联系人：{RARE}。"), Attachment("任务分解表"), table(["序号", "任务", "牵头单位"], rows, "表1 任务"), Attachment("说明"), para("本表由办公室解释。")]  # fmt: skip
    signed = Signature(NAME, "2012年7月20日") if rule["signed"] else None
    return Paper(
        title=TITLE,
        body=numbered(body),
        form=Form(rule["form"]),
        letterhead=rule["letterhead"].replace("{name}", NAME),
        number="第3期" if rule["numbering"] == "serial" else "甘质振办〔2012〕3号",
        signer="刘喆" if rule["upward"] else "",
        organ=NAME,
        day="2012年7月20日",
        addressees="省质监局、省工商局" if rule["addressed"] else "",
        signature=signed,
        imprint=Imprint("省政府办公厅", NAME, "2012年7月21日"),
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every kind's .docx as LibreOffice prints it, all in one call."""
    folder = tmp_path_factory.mktemp("kinds")
    for kind in RULES:
        (folder / f"{kind}.docx").write_bytes(docx_bytes(paper(kind), LAYOUT))
    profile = (folder / "profile").as_uri()
    files = [str(folder / f"{kind}.docx") for kind in RULES]
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {kind: (folder / f"{kind}.pdf").read_bytes() for kind in RULES}


@cache
def written(kind: str) -> bytes:
    return pdf_bytes(paper(kind), LAYOUT)


@pytest.fixture
def content(kind: str, writer: str, request: pytest.FixtureRequest) -> bytes:
    if writer == "pdf":
        return written(kind)
    found: bytes = request.getfixturevalue("printed")[kind]
    return found


every = pytest.mark.parametrize("kind", sorted(RULES))
both = pytest.mark.parametrize("writer", WRITERS)


def test_the_kinds_measured_are_all_there_are() -> None:
    from zhize.apps.documents.models import OfficialDocument

    assert set(RULES) == set(OfficialDocument.Kind.values)


@every
@both
def test_every_page_is_a4_with_the_margins_of_the_standard(kind: str, content: bytes) -> None:
    for page in measured(content):
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        text = [one for one in page.said if one.size == 16]
        assert all(one.x / MM > 27.9 for one in text)
        assert all(34 < one.y / MM < 297 - 37 for one in text), "nothing outside the text area"


@every
@both
def test_a_whole_page_holds_22_lines_of_28_characters(kind: str, content: bytes) -> None:
    assert [len(line) for line in pages(content)[2]] == [28] * 22
    page = measured(content)[2]
    assert min(one.x for one in page.said if one.size == 16) / MM == pytest.approx(28, abs=0.2)
    lines = sorted({round(one.y, 1) for one in page.said if one.size == 16}, reverse=True)
    pitches = {round(upper - lower, 1) for upper, lower in pairwise(lines)}
    assert all(pitch == pytest.approx(28.95, abs=0.15) for pitch in pitches)
    assert (page.height - lines[0]) / MM == pytest.approx(37 + 16 * 0.9 / MM, abs=3.5)


@every
@both
def test_text_title_and_page_numbers_have_the_sizes_of_the_standard(kind: str, content: bytes) -> None:
    first, second, *_rest = measured(content)
    lines = title_lines(TITLE, LAYOUT)
    assert len(lines) == 3
    title = [one for one in first.said if one.size == 22]
    heights = sorted({round(one.y) for one in title}, reverse=True)
    assert len(heights) == 3, "a title of three lines"
    assert "".join(one.text for one in title).replace(" ", "") == TITLE
    assert all(one.x >= 28 * MM - 1 for one in title)
    number = [one for one in second.said if one.size == 14]
    assert "".join(one.text for one in number).replace(" ", "") == "—2—"


@every
@both
def test_page_numbers_stand_outside_and_a_letters_first_page_has_none(kind: str, content: bytes) -> None:
    for place, page in enumerate(measured(content)[:4], 1):
        # The foot of the page: under the text area, 35 mm from the edge.
        found = [one for one in page.said if one.y / MM < 34]
        if place == 1 and RULES[kind]["form"] == "letter":
            assert found == []
            continue
        assert "".join(one.text for one in found).replace(" ", "") == f"—{place}—"
        assert {one.size for one in found} == {14}
        assert found[0].y / MM == pytest.approx(35 - 7 - 14 * 0.8 / MM, abs=1.5)
        left = found[0].x / MM - 28
        if place % 2:
            assert left > 156 - 25, "a character from the right edge on odd pages"
        else:
            assert left == pytest.approx(14 / MM, abs=0.8), "a character from the left edge on even pages"


@every
@both
def test_the_red_lines_are_those_of_the_form(kind: str, content: bytes) -> None:
    first, *rest = measured(content)
    assert all(page.red == () for page in rest)
    if RULES[kind]["form"] == "letter":
        assert [round(line.length / MM) for line in first.red] == [170] * 4
        assert all(line.x / MM == pytest.approx(20, abs=1.1) for line in first.red)
        assert first.red[-1].y / MM == pytest.approx(20, abs=1)
        name = next(one for one in first.said if one.size > 22)
        assert name.y > first.red[0].y > first.having("号").y
        return
    (line,) = first.red
    assert (round(line.length / MM), round(line.x / MM)) == (156, 28)
    above = first.having("日" if RULES[kind]["numbering"] == "serial" else "号")
    assert 2 < (above.y - line.y) / MM < 8, "4 mm under the number"


@every
@both
def test_who_signed_stands_on_upward_documents_only(kind: str, content: bytes) -> None:
    said = "".join(pages(content)[0])
    assert ("签发人：刘喆" in said) is RULES[kind]["upward"]


@every
@both
def test_attachments_begin_a_page_and_the_head_of_a_table_is_on_each_of_its_pages(
    kind: str, content: bytes
) -> None:
    found = pages(content)
    starts = ["".join(page[:1]) for page in found]
    assert starts.count("附件1") == starts.count("附件2") == 1
    heads = ["序号" in "".join(page) and "牵头单位" in "".join(page) for page in found]
    first = starts.index("附件1")
    over = starts.index("附件2") - first
    assert over >= 3
    assert heads[first : first + over] == [True] * over
    rows = "".join(line for page in found[first : first + over] for line in page)
    assert all(f"重点任务{n}" in rows for n in range(1, 100)), "no row lost between pages"


@every
@both
def test_rare_characters_of_names_are_printed(kind: str, content: bytes) -> None:
    assert RARE in "".join(line for page in pages(content) for line in page)


@every
@both
def test_the_imprint_is_at_the_foot_of_the_last_page(kind: str, content: bytes) -> None:
    last = pages(content)[-1]
    letter = RULES[kind]["form"] == "letter"
    assert last[-1 if letter else -2] == "抄送：省政府办公厅。"
    if not letter:
        assert last[-1] == f"{NAME}2012年7月21日印发"
    page = measured(content)[-1]
    lowest = min(one.y for one in page.said if one.y / MM > 34)
    assert lowest / MM == pytest.approx(35, abs=5)
