"""Words for places in a table: 表“名册”第 5 行“代码”列."""

from __future__ import annotations


def row_place(sheet: str, line: int, column: str = "") -> str:
    """Sample: row_place("名册", 5, "代码") -> 表“名册”第 5 行“代码”列"""
    table = f"表“{sheet}”" if sheet else ""
    return f"{table}第 {line} 行" + (f"“{column}”列" if column else "")


def letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number(name: str) -> int:
    """The inverse of `letters`: "AA" -> 27."""
    value = 0
    for char in name:
        value = value * 26 + ord(char) - 64
    return value
