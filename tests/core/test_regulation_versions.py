"""The next version: amendments applied as a proposal, versions compared, duties carried; laws and golden cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reading import ROOT, lexicon, rendition

from zhize.core.duties.carry import Fate, Held, carry
from zhize.core.kernel.likeness import dice, word_changes
from zhize.core.regulation.amend import amend
from zhize.core.regulation.compare import Kind, Piece, compare
from zhize.core.regulation.parse import parse
from zhize.kit.yaml_text import yaml_of

AMEND: dict[str, Any] = yaml_of((ROOT / "tests/cases/amend/instructions.yaml").read_text("utf-8"))
TEXTS = st.lists(st.text(alphabet="甲乙丙丁戊己庚辛，。", max_size=30), max_size=9)


def pieces(texts: list[str]) -> list[Piece]:
    return [Piece(str(n), text) for n, text in enumerate(texts)]


@pytest.mark.parametrize("case", AMEND["cases"], ids=[case["name"] for case in AMEND["cases"]])
def test_the_amendment_comes_out_as_written(case: dict[str, Any]) -> None:
    result = amend(AMEND["base"], case["amending"], lexicon())
    for words in case.get("holds", []):
        assert words in result.text
    for words in case.get("gone", []):
        assert words not in result.text
    problems = [one.problem for one in result.instructions if one.problem]
    assert len(problems) == len(case.get("problems", []))
    assert all(words in found for words, found in zip(case.get("problems", []), problems, strict=True))
    if problems:
        assert result.text == AMEND["base"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="将第一二三条项（）修改为：“”删去增加，作为中的。\n甲", max_size=120))
def test_any_amending_text_is_read_without_an_error(amending: str) -> None:
    result = amend(AMEND["base"], amending, lexicon())
    if all(one.problem for one in result.instructions):
        assert result.text == AMEND["base"]


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_every_clause_of_both_versions_stands_in_the_comparison_once(old: list[str], new: list[str]) -> None:
    changes = compare(pieces(old), pieces(new))
    assert sorted(c.old for c in changes if c.old is not None) == sorted(p.key for p in pieces(old))
    assert [c.new for c in changes if c.new is not None] == [p.key for p in pieces(new)]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="甲乙丙丁", max_size=60), st.text(alphabet="甲乙丙丁", max_size=60))
def test_the_words_of_a_change_give_both_texts_back(old: str, new: str) -> None:
    words = word_changes(old, new)
    assert "".join(text for op, text in words if op != "+") == old
    assert "".join(text for op, text in words if op != "-") == new


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_version_compared_with_itself_has_not_changed(texts: list[str]) -> None:
    changes = compare(pieces(texts), pieces(texts))
    assert {c.kind for c in changes} <= {Kind.SAME}
    assert all(c.old == c.new for c in changes)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_the_comparison_looked_at_from_behind_pairs_the_same_clauses(old: list[str], new: list[str]) -> None:
    there = {c.kind for c in compare(pieces(old), pieces(new)) if c.kind is Kind.CHANGED}
    back = {c.kind for c in compare(pieces(new), pieces(old)) if c.kind is Kind.CHANGED}
    assert there == back


def test_our_rendition_carries_over_to_a_version_with_one_clause_added_before_the_last() -> None:
    text = rendition()
    old = [Piece(str(c.ref), c.text) for c in parse(text, lexicon()).walk()]
    changed = text.replace(
        "四、各地政府", "四、监督检查\n　　（一）审计机关对质量经费进行审计。\n\n　　五、各地政府", 1
    )
    assert changed != text
    new = [Piece(str(c.ref), c.text) for c in parse(changed, lexicon()).walk()]
    counts = [c.kind for c in compare(old, new)]
    assert (counts.count(Kind.ADDED), counts.count(Kind.REMOVED), counts.count(Kind.CHANGED)) == (2, 0, 0)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_nothing_is_carried_that_is_not_alike_and_every_doubt_says_why(
    old: list[str], new: list[str]
) -> None:
    sure = Decimal("0.80")
    lines = carry(
        [Held(p.key, p.text) for p in pieces(old)], [Held(p.key, p.text) for p in pieces(new)], sure=sure
    )
    for line in lines:
        if line.fate in (Fate.GOES_ON, Fate.REWORDED):
            assert line.likeness >= sure
        if line.fate in (Fate.DECIDE, Fate.ENDS):
            assert line.why


@pytest.mark.parametrize("count", [100, 1000])
def test_the_work_grows_with_the_clauses_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    looked: list[int] = []
    monkeypatch.setattr("zhize.core.regulation.compare.dice", lambda a, b: looked.append(1) or dice(a, b))
    old = [Piece(str(n), f"第{n}项工作内容{n * 7}由单位{n * 13}负责落实{n * 31}。") for n in range(count)]
    compare(old, [Piece(f"x{p.key}", p.text.replace("落实", "完成")) for p in old])
    assert len(looked) <= 500 * count
