"""Who holds a duty: what the reader found, in what capacity, and why it thinks so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ..kernel.refs import ClauseRef


class Sort(StrEnum):
    """What kind of holder a name stands for."""

    label: str

    UNIT = "unit", "单位"
    GROUP = "group", "领导小组"
    OFFICE = "office", "领导小组办公室"
    MEMBERS = "members", "全体成员单位"
    GOVERNMENTS = "governments", "下级政府"
    POST = "post", "职务"
    INTERNAL = "internal", "内设机构"
    COLLECTIVE = "collective", "集体主体"

    def __new__(cls, value: str, label: str) -> Sort:
        """Bind the word to the value."""
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


class Role(StrEnum):
    """In what capacity. UNKNOWN where the text does not say; the lead is never guessed."""

    label: str

    LEAD = "lead", "牵头"
    SUPPORT = "support", "参与"
    GUIDE = "guide", "指导"
    CO_ACT = "co_act", "会同"
    ASSESS = "assess", "考核"
    UNKNOWN = "unknown", "未定"

    def __new__(cls, value: str, label: str) -> Role:
        """Bind the word to the value."""
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


class Basis(StrEnum):
    """Where in the text the name stood."""

    COLON = "colon"  # 省财政厅：…
    HEADING = "heading"  # 二、领导小组办公室工作职责
    BRACKET = "bracket"  # …（商务部负责）
    LINE = "line"  # 责任单位：…
    COLUMN = "column"  # a table column
    SUBJECT = "subject"  # 公安部负责…, 市级河长主要负责…
    INLINE = "inline"  # 会同省质监局
    RULE = "rule"  # 以下均需试点城市政府落实


@dataclass(frozen=True, slots=True)
class Holder:
    """A name as printed, its sort and role, where it stands, how sure the reader is and why."""

    name: str
    sort: Sort
    role: Role = Role.UNKNOWN
    basis: Basis = Basis.COLON
    start: int = 0
    end: int = 0
    confidence: float = 0.9
    reason: str = ""

    @property
    def collective(self) -> bool:
        """True for 等, 有关部门, 各区县: never counted among the units."""
        return self.sort is Sort.COLLECTIVE

    def acting(self, role: Role, basis: Basis, reason: str = "") -> Holder:
        """The same holder in another capacity."""
        return replace(self, role=role, basis=basis, reason=reason or self.reason)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket (or line) that names holders, the clause it stands in, and the stretch of text it governs."""

    clause: ClauseRef
    text: str
    holders: tuple[Holder, ...]
    start: int
    end: int
    governs: int
