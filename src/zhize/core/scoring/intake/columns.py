"""Stage 2: what each column of a table holds, by its head and, where the head is silent, by its cells.

Reads: rows. Writes: the columns and the rows below the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .sheet import SAME, Row


class Holds(StrEnum):
    """`level`: titles of criteria, outermost first. `object`: whom a row is for. `scorer`: who marks it."""

    NUMBER = "number"
    LEVEL = "level"
    OBJECT = "object"
    CONTENT = "content"
    POINTS = "points"
    STANDARD = "standard"
    SCORER = "scorer"
    EVIDENCE = "evidence"
    NOTE = "note"
    OTHER = "other"


# The first that stands in a head decides: 负责考核部门 is a scorer before 部门 could make it an object.
_HEADS: tuple[tuple[Holds, tuple[str, ...]], ...] = (
    (Holds.NUMBER, ("序号", "编号", "序列")),
    (Holds.SCORER, ("考核部门", "考核单位", "评分单位", "评分部门", "考评单位", "考评部门", "评价单位", "评价部门",
                    "打分单位", "打分部门", "牵头部门", "牵头单位", "责任处室", "数据来源单位", "赋分部门", "赋分单位",
                    "考核牵头", "考核责任", "评估部门", "测评单位", "核查单位", "提供单位", "责任部门", "责任科室")),
    (Holds.OBJECT, ("被考核", "考核对象", "被考评", "责任单位", "责任主体", "适用单位", "适用对象")),
    (Holds.NOTE, ("说明", "备注", "自评", "得分", "实得", "考评分", "扣分原因", "完成情况")),
    (Holds.POINTS, ("分值", "标准分", "基本分", "权重", "满分", "赋分", "基础分", "分数")),
    (Holds.EVIDENCE, ("佐证", "印证", "考核方式", "考核方法", "考核依据", "资料", "材料", "数据来源", "考评方式", "检查方法",
                      "评价方式", "考评方法", "核查方式")),
    (Holds.STANDARD, ("评分标准", "计分标准", "考核标准", "评分细则", "计分办法", "评分办法", "计分方法", "评分方法",
                      "扣分标准", "评分说明", "赋分标准", "评分要点", "考核细则", "考评标准", "评价标准", "评分依据",
                      "评估标准", "计分规则", "评分规则", "考评细则")),
    (Holds.LEVEL, ("一级指标", "二级指标", "三级指标", "四级指标", "三级", "考核项目", "项目", "类别", "考核类别", "考评项目", "指标名称", "一级", "二级",
                   "考核事项", "维度", "大类", "指标类别", "模块")),
    (Holds.CONTENT, ("考核内容", "考核指标", "主要内容", "指标", "内容", "考核要点", "任务", "要求", "目标", "要点",
                     "事项", "工作")),
)  # fmt: skip
# 县水利局, 县委宣传部, 工业园区管委会, 兰州市
_UNIT = re.compile(
    r"(?:局|委|办|部|厅|院|站|处|队|社|会|中心|公司|政府|集团|银行|法院|学校|街道|[省市县区乡镇州旗])$"
)
_NUMBER_LIKE = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3}、?|〃|（[一二三四五六七八九十]{1,3}）)?$")
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Columns:
    heads: tuple[str, ...]
    holds: tuple[Holds, ...]

    def all(self, what: Holds) -> tuple[int, ...]:
        return tuple(n for n, one in enumerate(self.holds) if one is what)

    def cell(self, row: Row, what: Holds) -> str:
        """The cells of that kind of a row, one after another."""
        found = [row.cells[n] for n in self.all(what) if n < len(row.cells)]
        return " ".join(one for one in found if one and one != SAME)


def columns_of(rows: Sequence[Row]) -> tuple[Columns, tuple[Row, ...]] | None:
    """The head is the first row, of the first six, that names points or standards and two columns more."""
    for place, row in enumerate(rows[:6]):
        known = [_by_head(cell) for cell in row.cells]
        named = {one for one in known if one not in (Holds.OTHER, None)}
        if len(named) >= _FEWEST - (Holds.POINTS in named) and named & {Holds.POINTS, Holds.STANDARD}:
            return _settled(row, known, [one for one in rows[place + 1 :] if one.cells != row.cells])
    return None


def _by_head(cell: str) -> Holds | None:
    bare = cell.replace(" ", "")
    if not bare or bare == SAME:
        return None
    if len(bare) > 16:
        return Holds.OTHER
    return next((what for what, words in _HEADS if any(word in bare for word in words)), Holds.OTHER)


def _settled(head: Row, known: list[Holds | None], below: list[Row]) -> tuple[Columns, tuple[Row, ...]]:
    wide = max([len(head.cells), *(len(row.cells) for row in below)])
    known += [None] * (wide - len(known))
    found: list[Holds] = []
    for n, what in enumerate(known):
        cells = [row.cells[n] for row in below if n < len(row.cells) and row.cells[n] not in ("", SAME)]
        if what is None:
            what = _by_cells(cells, found[-1] if found else None)
        found.append(what)
    if Holds.LEVEL not in found and Holds.CONTENT in found:
        found[found.index(Holds.CONTENT)] = Holds.LEVEL
    if Holds.STANDARD not in found and Holds.CONTENT in found:
        found[len(found) - 1 - found[::-1].index(Holds.CONTENT)] = Holds.STANDARD
    heads = tuple(head.cells) + ("",) * (wide - len(head.cells))
    return Columns(heads, tuple(found)), tuple(below)


def _by_cells(cells: list[str], before: Holds | None) -> Holds:
    """A column without a head: units make it the object's; else it goes on with what stands before it."""
    if cells and sum(bool(_UNIT.search(cell)) and len(cell) <= 14 for cell in cells) * 5 >= len(cells) * 4:
        return Holds.OBJECT
    if before is None and cells and all(_NUMBER_LIKE.match(cell) for cell in cells):
        return Holds.NUMBER
    return Holds.LEVEL if before in (Holds.LEVEL, Holds.NUMBER) else Holds.OTHER
