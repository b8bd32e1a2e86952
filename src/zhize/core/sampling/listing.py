"""The list from which places are drawn: read from rows as people keep them, and its digest, which is said before the draw."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence

from ..kernel.errors import BadRule
from .draw import Place

HEADS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "名称",
        "对象",
        "单位",
        "单位名称",
        "企业",
        "企业名称",
        "县区",
        "地区",
        "项目",
        "项目名称",
        "点位",
    ),
    "stratum": ("分层", "层", "类别", "分类", "类型"),
    "size": ("规模", "规模数", "人数", "产值"),
    "excluded": ("排除理由", "排除", "不抽理由"),
}
ORDER = ("id", "stratum", "size", "excluded")


def places_from_rows(rows: Sequence[Sequence[str]]) -> tuple[Place, ...]:
    """Rows of a table: by its heads where the first row has 名称 or another word for it, else name, stratum, size, why not.

    Raises `BadRule` naming the row: a size that is no whole number, a name twice, nothing at all.
    """
    filled = [(n, [_clean(cell) for cell in row]) for n, row in enumerate(rows, 1) if any(map(_clean, row))]
    columns = _columns(filled[0][1]) if filled else {}
    if columns:
        filled = filled[1:]
    else:
        columns = {name: n for n, name in enumerate(ORDER)}
    places: list[Place] = []
    seen: dict[str, int] = {}
    for number, row in filled:
        cell = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        name = cell["id"]
        if not name:
            raise BadRule(f"第{number}行没有名称", where="名单", remedy="请补上名称，或删去这一行")
        if name in seen:
            raise BadRule(
                f"“{name}”在第{seen[name]}行和第{number}行出现两次",
                where="名单",
                why="机会会成倍",
                remedy="请合并重复的对象",
            )
        seen[name] = number
        places.append(
            Place(
                name, cell.get("stratum", ""), _size(cell.get("size", ""), number), cell.get("excluded", "")
            )
        )
    if not places:
        raise BadRule("名单是空的", where="名单", remedy="请粘贴名单，或选择 Excel 文件")
    return tuple(places)


def _clean(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(cell)).split())


def _columns(row: Sequence[str]) -> dict[str, int]:
    """What each column is, by its head; empty where no head names the places."""
    found: dict[str, int] = {}
    for at, head in enumerate(row):
        for name, words in HEADS.items():
            if head in words:
                found.setdefault(name, at)
    return found if "id" in found else {}


def _size(text: str, number: int) -> int:
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise BadRule(f"第{number}行的规模“{text}”不是正整数", where="名单", remedy="请填正整数，或留空")
    return int(text)


def digest_of(places: Sequence[Place]) -> str:
    """SHA-256 of the list as lines id, stratum, size, reason (tab between, line feed after each), in the order of the ids.

    The order in which the list was kept does not matter; whoever has the list works out the same.
    """
    lines = [f"{p.id}\t{p.stratum}\t{p.size}\t{p.excluded}\n" for p in sorted(places, key=lambda p: p.id)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
