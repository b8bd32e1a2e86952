"""The trace tree: how a value came about, one node per rule applied.

A node says which rule, from which clause or standard, on which inputs gave which value. The same tree is shown
beside the result in words and exported as plain JSON, so that a third party can follow it without our database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

YES_NO = {True: "是", False: "否"}
TraceValue = str | int | bool | Decimal | date | None
Plain = str | int | bool | None


def plain(value: TraceValue) -> Plain:
    """The value as JSON can carry it: dates ISO, Decimals as exact text (never a float)."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def in_words(value: TraceValue) -> str:
    """The value as an official reads it.

    >>> in_words(date(2012, 3, 31)), in_words(None), in_words(True)
    ('2012年3月31日', '无', '是')
    """
    if value is None:
        return "无"
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(plain(value))


@dataclass(frozen=True, slots=True)
class Trace:
    """One rule applied. `rule` is a stable id (`duties.discharge.once`), `title` its name in Chinese."""

    rule: str
    title: str
    value: TraceValue = None
    inputs: tuple[tuple[str, TraceValue], ...] = ()
    clause: str = ""
    children: tuple[Trace, ...] = ()

    @classmethod
    def of(
        cls,
        rule: str,
        title: str,
        value: TraceValue = None,
        inputs: Mapping[str, TraceValue] | None = None,
        *,
        clause: str = "",
        children: tuple[Trace, ...] = (),
    ) -> Trace:
        """A node from a mapping of inputs, kept in the order given."""
        return cls(rule, title, value, tuple((inputs or {}).items()), clause, children)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Trace]]:
        """This node and all below it, top down, with their depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def words(self) -> str:
        """The whole tree as indented lines, one rule a line."""
        return "\n".join("　" * depth + node.line() for depth, node in self.walk())

    def line(self) -> str:
        """This node alone: 标题：值（输入）〔依据〕."""
        given = "，".join(f"{name}＝{in_words(value)}" for name, value in self.inputs)
        head = self.title if self.value is None else f"{self.title}：{in_words(self.value)}"
        return head + (f"（{given}）" if given else "") + (f"〔{self.clause}〕" if self.clause else "")

    def as_dict(self) -> dict[str, object]:
        """Plain form for JSON; keys without content are left out."""
        found: dict[str, object] = {"rule": self.rule, "title": self.title, "value": plain(self.value)}
        if self.inputs:
            found["inputs"] = {name: plain(value) for name, value in self.inputs}
        if self.clause:
            found["clause"] = self.clause
        if self.children:
            found["children"] = [child.as_dict() for child in self.children]
        return found
