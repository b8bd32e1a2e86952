"""Figures a text states, one sentence each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.regulation.amounts import amounts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("主要农产品抽检合格率达到95%以上。", [("target", "主要农产品抽检合格率", "at_least", "95", "%")]),
        ("培育省级名牌产品200个，安排专项资金500万元。", [("target", "省级名牌产品", "", "200", "个"), ("money", "安排专项资金", "", "5000000", "元")]),
        ("用水总量控制在12亿立方米以内", [("target", "用水总量", "at_most", "12", "亿立方米")]),
        ("万元工业增加值用水量下降15%以上；新增高效节水灌溉面积10万亩。", [("target", "万元工业增加值用水量", "at_least", "15", "%"), ("target", "高效节水灌溉面积", "", "10", "万亩")]),
        ("将任务分解为10个方面，共130项。", [("declared", "", "", "130", "项")]),
        ("投入1.5亿元用于检测体系建设", [("money", "投入", "", "150000000", "元")]),
        ("检定合格率不低于98.5%", [("target", "检定合格率", "at_least", "98.5", "%")]),
        ("产品质量抽查合格率提高2个百分点", [("target", "产品质量抽查合格率", "change", "2", "个百分点")]),
        ("2019年12月底前完成", []),
        ("每年召开2次会议", []),
        ("依照第三条的规定办理", []),
    ],
)  # fmt: skip
def test_figures_of_a_sentence(text: str, found: list[tuple[str, ...]]) -> None:
    read = [(a.sort.value, a.name, a.relation, f"{a.value.normalize():f}", a.unit) for a in amounts(text)]
    assert read == found
    assert all(text[a.start : a.end] == a.words for a in amounts(text))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for one in amounts(text):
        assert one.value >= Decimal(0) and text[one.start : one.end] == one.words
