"""The list places are drawn from: read as people keep it, its digest the same whatever the order."""

from __future__ import annotations

import hashlib

import pytest

from zhize.core.kernel.errors import BadRule
from zhize.core.sampling.draw import Place
from zhize.core.sampling.listing import digest_of, places_from_rows


def test_a_table_is_read_by_its_heads_or_without_any_by_position() -> None:
    headed = [
        ["序号", "企业名称", "产值", "类别"],
        ["1", "甲厂", "１２", "食品"],
        ["2", " 乙  厂 ", "", ""],
        ["", "", "", ""],
    ]
    bare = [["甲厂", "食品", "12"], ["乙 厂"]]
    wanted = (Place("甲厂", "食品", 12), Place("乙 厂"))
    assert places_from_rows(headed) == places_from_rows(bare) == wanted
    assert places_from_rows([["丙厂", "", "", "上年已查"]]) == (Place("丙厂", excluded="上年已查"),)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["甲", "", "三"]], "第1行的规模“三”不是正整数"),
        ([["甲", "", "0"]], "第1行的规模“0”不是正整数"),
        ([["名称"], ["甲"], [""], ["甲"]], "“甲”在第2行和第4行出现两次"),
        ([["", "食品"]], "第1行没有名称"),
        ([["名称", "规模"]], "名单是空的"),
        ([], "名单是空的"),
    ],
)
def test_what_cannot_be_drawn_from_is_named_by_its_row(rows: list[list[str]], said: str) -> None:
    with pytest.raises(BadRule, match=said):
        places_from_rows(rows)


def test_the_digest_is_of_the_lines_in_the_order_of_the_names() -> None:
    a, b = Place("a", "市", 2, ""), Place("b", "", 1, "上年已查")
    lines = "a\t市\t2\t\nb\t\t1\t上年已查\n"
    assert digest_of([a, b]) == digest_of([b, a]) == hashlib.sha256(lines.encode()).hexdigest()
    assert digest_of([a, Place("b")]) != digest_of([a, b])
