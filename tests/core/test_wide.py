"""A department's own export: regions down, figures across, read by a mapping written once."""

from __future__ import annotations

import pytest

from zhize.core.kernel.errors import BadFact, BadRule
from zhize.core.metrics.wide import Column, columns_read, unfold

COLUMNS = columns_read("抽查批次 = 批次卡\n\n合格批次=合格率 分子\n检验批次 ＝ 合格率 denominator\n")
HEAD = ("序号", "市 州", "抽查批次", "合格批次", "检验批次")


def test_the_mapping_is_read_a_line_a_column() -> None:
    assert [
        Column("抽查批次", "批次卡"),
        Column("合格批次", "合格率", "numerator"),
        Column("检验批次", "合格率", "denominator"),
    ] == COLUMNS


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "没有写任何一列"), ("抽查批次 批次卡", "第 1 行看不懂"), ("甲 = 乙\n甲 = 丙", "写了两次")],
)
def test_a_mapping_that_cannot_be_read_says_where(text: str, says: str) -> None:
    with pytest.raises(BadRule, match=says):
        columns_read(text)


def test_titles_sums_and_empty_cells_are_left_aside() -> None:
    table = [
        (1, ("产品质量监督抽查情况表", None, None, None, None)),
        (3, HEAD),
        (4, (1, "兰州市", 120.0, "1,081", 1139)),
        (5, (2, " 天水市", "—", "", 20)),
        (6, (None, None, None, None, None)),
        (7, ("", "合 计", 120, 1081, 1159)),
    ]
    rows = [(r.line, r.region, r.card, r.parts) for r in unfold(table, "市州", COLUMNS, "合计、总计")]
    assert rows == [
        (4, "兰州市", "批次卡", {"value": "120"}),
        (4, "兰州市", "合格率", {"numerator": "1081", "denominator": "1139"}),
        (5, "天水市", "合格率", {"denominator": "20"}),
    ]


def test_a_file_with_other_heads_is_refused_and_what_it_lacks_is_named() -> None:
    with pytest.raises(BadFact, match="没有找到表头“地区”"):
        unfold([(1, HEAD)], "地区", COLUMNS)
    with pytest.raises(BadFact, match="缺少表头：检验批次"):
        unfold([(1, HEAD[:4]), (2, (1, "兰州市", 1, 1))], "市州", COLUMNS)
