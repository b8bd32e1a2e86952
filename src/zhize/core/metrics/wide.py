"""A table as a department's own system exports it, regions down and figures across, read by a mapping kept for its source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..kernel.errors import BadFact, BadRule

VALUE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"
PARTS = {"": VALUE, "数值": VALUE, "分子": NUMERATOR, "分母": DENOMINATOR}
PARTS |= {one: one for one in (VALUE, NUMERATOR, DENOMINATOR)}
NOTHING = {"", "-", "--", "—", "——", "/", "…"}
LOOKED_AT = 30  # lines in which the heads may stand, below titles and notes


@dataclass(frozen=True, slots=True)
class Column:
    """Where the figures under a head go: to a card, as its value or as one of its counts."""

    head: str
    card: str
    part: str = VALUE


@dataclass(slots=True)
class WideRow:
    """One region's figures of one card, and the line of the file they stand on."""

    line: int
    region: str
    card: str
    parts: dict[str, str] = field(default_factory=dict)


def columns_read(text: str) -> list[Column]:
    """The mapping as an office writes it, one column a line.

    Samples: “抽查批次 = 产品质量监督抽查批次”, “合格批次 = 产品质量监督抽查批次合格率 分子”. Raises BadRule naming the line.
    """
    found: list[Column] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        head, equals, rest = unicodedata.normalize("NFKC", line).partition("=")
        card, _space, part = rest.strip().rpartition(" ")
        if part not in PARTS:
            card, part = rest.strip(), ""
        if not (equals and head.strip() and card.strip()):
            raise BadRule(
                f"第 {number} 行看不懂：{line.strip()[:40]}",
                where="列的对应",
                remedy="请写作“表头 = 指标名称”，分子分母在后面空一格写明，如“合格批次 = 监督抽查合格率 分子”",
            )
        one = Column(head.strip(), card.strip(), PARTS[part])
        if any(same(one.head) == same(other.head) for other in found):
            raise BadRule(
                f"表头“{one.head}”写了两次", where="列的对应", remedy="一个表头只对应一处，请删去一行"
            )
        found.append(one)
    if not found:
        raise BadRule(
            "没有写任何一列", where="列的对应", remedy="请至少写一行，如“抽查批次 = 产品质量监督抽查批次”"
        )
    return found


def unfold(
    lines: Iterable[tuple[int, Sequence[object]]],
    region_head: str,
    columns: Sequence[Column],
    skipped: str = "",
) -> list[WideRow]:
    """The rows of the file, a region and a card each, in its order. Titles above the heads and lines without a region are
    left aside, so are those of the regions in `skipped` (合计、总计). Raises BadFact where heads are missing."""
    place: Mapping[str, int] = {}
    region_at, found = -1, []
    leave = {same(word) for word in re.split(r"[、,，\s]+", skipped) if word}
    seen: list[str] = []
    for count, (number, cells) in enumerate(lines):
        words = [plain(cell) for cell in cells]
        if region_at < 0:
            heads = [same(word) for word in words]
            if same(region_head) in heads:
                region_at, seen = heads.index(same(region_head)), heads
                place = {one.head: heads.index(same(one.head)) for one in columns if same(one.head) in heads}
            elif count >= LOOKED_AT:
                break
            continue
        region = words[region_at] if region_at < len(words) else ""
        if not region or same(region) in leave:
            continue
        found += _of_line(number, region, words, columns, place)
    if region_at < 0:
        raise BadFact(
            f"没有找到表头“{region_head}”",
            where=f"前 {LOOKED_AT} 行",
            remedy="请核对导出的表，或修改这个来源的地区列",
        )
    if lacking := [one.head for one in columns if same(one.head) not in seen]:
        raise BadFact(
            f"缺少表头：{'、'.join(lacking)}", where="表头", remedy="请核对导出的表，或修改这个来源的列的对应"
        )
    return found


def _of_line(
    number: int, region: str, words: Sequence[str], columns: Sequence[Column], place: Mapping[str, int]
) -> list[WideRow]:
    rows: dict[str, WideRow] = {}
    for one in columns:
        at = place.get(one.head, -1)
        text = words[at] if 0 <= at < len(words) else ""
        if text in NOTHING:
            continue
        row = rows.setdefault(one.card, WideRow(number, region, one.card))
        row.parts[one.part] = text.replace(",", "").rstrip("%")
    return list(rows.values())


def same(text: str) -> str:
    """A head as compared: width and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def plain(cell: object) -> str:
    """A cell as text: 120 and 120.0 are the same count."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)).normalize():f}"
    return unicodedata.normalize("NFKC", str(cell)).strip()
