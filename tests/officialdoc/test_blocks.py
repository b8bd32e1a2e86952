"""Blocks to JSON and back, to a text box and back; headings numbered anew; titles and signatures laid out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.officialdoc.papers import layout

from zhize.core.papers.days import DateStyle, printed_day
from zhize.core.papers.headings import LEVELS, marked, marker
from zhize.kit.errors import BadInput
from zhize.kit.officialdoc import (
    Attachment,
    Paragraph,
    Run,
    Signature,
    Table,
    from_json,
    heading,
    numbered,
    para,
    refs_of,
    table,
    to_json,
)
from zhize.kit.officialdoc.markup import runs_of_text, table_of, text_of
from zhize.kit.officialdoc.parts import column_weights, letterhead_fit, signature_indents, title_lines, width

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=30)
REFS = st.sampled_from(["", "metrics.observation:3", "work.plan:12"])
RUNS = st.builds(Run, WORDS, REFS)
CELLS = st.lists(RUNS, min_size=2, max_size=2).map(tuple)
BLOCKS = st.lists(
    st.one_of(
        st.builds(
            Paragraph, st.lists(RUNS, min_size=1, max_size=3).map(tuple), st.sampled_from([0, *LEVELS])
        ),
        st.builds(Table, CELLS, st.lists(CELLS, max_size=3).map(tuple), WORDS),
        st.builds(Attachment, WORDS),
    ),
    max_size=6,
).map(tuple)


@given(BLOCKS)
def test_blocks_come_back_from_json_as_they_were(blocks: Any) -> None:
    assert from_json(to_json(blocks)) == blocks


@pytest.mark.parametrize(
    "bad",
    [
        None, "x", [1], [{"kind": "picture"}], [{"kind": "paragraph", "runs": [3]}],
        [{"kind": "paragraph", "runs": [], "level": 9}], [{"kind": "paragraph", "runs": [], "level": "x"}],
        [{"kind": "table", "head": [], "rows": [1]}], [{"kind": "attachment", "title": 1}],
    ],
)  # fmt: skip
def test_json_that_is_no_text_is_refused_with_its_place(bad: Any) -> None:
    with pytest.raises(BadInput) as caught:
        from_json(bad)
    assert caught.value.problem.where in ("正文", "第 1 段")
    assert caught.value.problem.remedy


def test_what_is_edited_in_a_box_comes_back_with_its_links() -> None:
    block = para("合格率", Run("92.5%", "metrics.observation:3"), "，比上年提高。")
    assert text_of(block) == "合格率[92.5%](metrics.observation:3)，比上年提高。"
    assert runs_of_text(text_of(block)) == block.runs
    assert runs_of_text("[注](不是引用)") == (Run("[注](不是引用)"),)


def test_a_table_is_edited_line_by_line() -> None:
    one = table(["单位", "值"], [["省质监局", Run("3", "work.task:1")], ["甲|乙", ""]], "表1 进展")
    assert text_of(one).splitlines() == [
        "〔表1 进展〕", "单位 | 值", "省质监局 | [3](work.task:1)", r"甲\|乙 | ",
    ]  # fmt: skip
    assert table_of(text_of(one)) == one
    assert table_of("甲\t乙\n1") == table(["甲", "乙"], [["1", ""]])


def test_headings_are_numbered_anew_and_begin_again_in_an_attachment() -> None:
    blocks = numbered(
        [heading("三、目标"), heading("总体。", 2), heading("（五）分项。", 2), heading("任务"), heading("抽查。", 2), heading("9.批次。", 3), Attachment("表"), heading("说明")]
    )  # fmt: skip
    words = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert words == [
        "一、目标",
        "（一）总体。",
        "（二）分项。",
        "二、任务",
        "（一）抽查。",
        "1.批次。",
        "一、说明",
    ]


@given(st.sampled_from(LEVELS), st.integers(1, 120))
def test_a_number_written_is_read_back(level: int, number: int) -> None:
    assert marked(marker(level, number) + "目标")[:2] == (level, number)


def test_references_are_listed_once_each() -> None:
    run = Run("3", "work.task:1")
    assert refs_of([para(run, run), table(["甲"], [[Run("4", "work.task:2")]])]) == [
        "work.task:1",
        "work.task:2",
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于报送方案的通知", ["关于报送方案的通知"]),
        ("关于印发2012年全省质量振兴工作计划的通知", ["关于印发2012年全省", "质量振兴工作计划的通知"]),
        ("", []),
    ],
)
def test_a_title_is_broken_between_words(title: str, lines: list[str]) -> None:
    assert title_lines(title, layout()) == lines


@given(WORDS)
def test_no_character_of_a_title_is_lost_and_a_long_name_fits_its_line(title: str) -> None:
    page = layout()
    assert "".join(title_lines(title, page)) == title
    size, scale = letterhead_fit(title, page)
    assert width(title) * size * scale <= page.text_width * 72 / 25.4


def test_a_sealed_date_stands_four_characters_from_the_edge_with_the_name_over_it() -> None:
    assert signature_indents(Signature("办公室", "2012年7月20日")) == (5.75, 4)
    name, day = signature_indents(Signature("甘肃省推进质量振兴工作领导小组办公室", "2012年7月20日"))
    assert name == 0
    assert day == pytest.approx((18 - 6.5) / 2)
    assert signature_indents(Signature("办公室", "2012年7月20日", sealed=False)) == (7.5, 2.0)


def test_dates_in_both_styles() -> None:
    from datetime import date

    assert printed_day(date(2010, 10, 21), DateStyle.HAN) == "二〇一〇年十月二十一日"
    assert printed_day(date(2012, 7, 5), DateStyle.ARABIC) == "2012年7月5日"


def test_short_columns_get_what_they_need_and_long_ones_share_the_rest() -> None:
    rows = [(str(n), "省推进质量振兴工作领导小组", "三（一）6·2", "依法查处" * 20) for n in range(1, 12)]
    number, holder, clause, text = column_weights(table(["序号", "责任主体", "条款", "职责"], rows))
    assert number == 30 and clause == 70, "two digits, and a clause with its segment, on one line"
    assert text > 2 * holder
    assert column_weights(table(["甲", "乙"], [["1", "2"]])) == [30, 30], "alike where nothing is long"
