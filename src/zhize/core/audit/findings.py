"""What a check of the log can find, in words an official can act on."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Kind(enum.Enum):
    """The kinds of findings; the value is the word shown."""

    ALTERED = "被修改"
    REMOVED = "被删除"
    INSERTED = "被插入"
    BROKEN = "前后不衔接"
    HEAD = "链头不符"
    REWRITTEN = "与签名检查点矛盾"
    CHECKPOINT = "检查点不可信"
    ROWS = "批量行文件不符"
    GUARD = "数据库防改触发器缺失"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a chain, with its place: `seq` is None where the whole chain is meant."""

    kind: Kind
    chain: str
    seq: int | None
    what: str

    def __str__(self) -> str:
        place = f"链 {self.chain}" + ("" if self.seq is None else f" 第 {self.seq} 条")
        return f"{place}：{self.kind.value}——{self.what}"
