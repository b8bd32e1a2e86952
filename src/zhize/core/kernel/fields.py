"""Reading rules given as data (YAML, JSON): every refusal names the field and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from .errors import BadRule
from .rounding import exact

Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """One mapping being read. Unknown names are refused at once: a misspelt option must not pass in silence."""

    def __init__(self, data: object, allowed: Sequence[str], where: str = "") -> None:
        if not isinstance(data, Mapping):
            raise BadRule(
                "这里应是一组“名称: 值”", where=where, remedy=f"请写成含有 {'、'.join(allowed)} 等项的一组"
            )
        self.data, self.where = data, where
        for name in data:
            if name not in allowed:
                near = get_close_matches(str(name), allowed, n=1)
                hint = f"是否想写“{near[0]}”？" if near else ""
                if isinstance(name, bool):
                    hint = "YAML 会把 on、off、yes、no 读成“是／否”，请换用下列名称。"
                raise BadRule(
                    f"不认识的项“{name}”", where=where, remedy=f"{hint}可用的项：{'、'.join(allowed)}"
                )

    def place(self, name: str) -> str:
        """Path of a field, from the outermost mapping."""
        return f"{self.where}.{name}" if self.where else name

    def has(self, name: str) -> bool:
        """Whether the field is there and not empty."""
        return self.data.get(name) is not None

    def child(self, name: str, allowed: Sequence[str]) -> Fields:
        """A mapping inside this one."""
        return Fields(self._need(name), allowed, self.place(name))

    def items(self, name: str) -> list[tuple[object, str]]:
        """The entries of a list, each with its place; nothing given reads as an empty list."""
        value = self.data.get(name)
        if value is None:
            return []
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise BadRule("这里应是一个列表", where=self.place(name), remedy="每项一行，以“- ”开头")
        return [(entry, f"{self.place(name)}[{index}]") for index, entry in enumerate(value, 1)]

    def text(self, name: str, default: str | None = None) -> str:
        """A text; required unless a default is given."""
        value = self._or(name, default)
        if not isinstance(value, str):
            raise BadRule(f"“{value}”不是文字", where=self.place(name), remedy="请用引号写成文字")
        return value

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within [low, high]."""
        value = self._or(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise BadRule(f"“{value}”不合适", where=self.place(name), remedy=f"请填 {low} 至 {high} 的整数")
        return value

    def decimal(self, name: str, default: str | None = None) -> Decimal:
        """An exact number: whole, or written as text."""
        value = self._or(name, default)
        if isinstance(value, int | str | Decimal) and not isinstance(value, bool):
            return exact(value, where=self.place(name))
        raise BadRule(f"“{value}”不是精确的数", where=self.place(name), remedy='请把小数写成文字，如 "0.95"')

    def flag(self, name: str, default: bool) -> bool:
        """true or false."""
        value = self._or(name, default)
        if not isinstance(value, bool):
            raise BadRule(f"“{value}”不是“是／否”", where=self.place(name), remedy="请填 true 或 false")
        return value

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of the values of an enum."""
        value = self._or(name, default)
        known = [member.value for member in kind]
        if value not in known:
            near = get_close_matches(str(value), known, n=1)
            hint = f"是否想写“{near[0]}”？" if near else ""
            raise BadRule(
                f"没有“{value}”这一种", where=self.place(name), remedy=f"{hint}可选：{'、'.join(known)}"
            )
        return kind(value)

    def day(self, name: str) -> date:
        """A date, as a date or as ISO text."""
        return read_day(self._need(name), self.place(name))

    def day_or_none(self, name: str) -> date | None:
        """A date, or None where nothing is given."""
        return self.day(name) if self.has(name) else None

    def only_one(self, names: Sequence[str]) -> str:
        """The one of these fields that is given; none or two are refused."""
        given = [name for name in names if self.has(name)]
        if len(given) != 1:
            said = f"同时写了 {'、'.join(given)}" if given else "一种也没有写"
            raise BadRule(said, where=self.where, remedy=f"请在 {'、'.join(names)} 中只写一种")
        return given[0]

    def _need(self, name: str) -> object:
        if not self.has(name):
            raise BadRule(f"缺少“{name}”", where=self.where, remedy=f"请补上“{name}”一项")
        return self.data[name]

    def _or(self, name: str, default: object) -> object:
        return self.data[name] if self.has(name) else (self._need(name) if default is None else default)


def read_day(value: object, where: str) -> date:
    """A date from a date or from ISO text such as 2012-03-31 (nothing else: 3/4 is read two ways)."""
    if type(value) is date:
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadRule(
        f"“{value}”不是日期", where=where, remedy="请写成 2012-03-31 这样的年-月-日，且日历上有这一天"
    )
