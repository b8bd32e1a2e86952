"""The text of a document as rows of a plain form: a level and a text box each; nothing is lost between the two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from zhize.kit.officialdoc import Attachment, Block, Paragraph, Table, numbered
from zhize.kit.officialdoc.blocks import MOST_BLOCKS
from zhize.kit.officialdoc.markup import runs_of_text, table_of, text_of

TABLE, ATTACHMENT = "table", "attachment"
SORTS = (
    ("0", _("正文")),
    ("1", _("一、标题")),
    ("2", _("（一）标题")),
    ("3", _("1.标题")),
    ("4", _("（1）标题")),
    (TABLE, _("表格")),
    (ATTACHMENT, _("附件（另起一页）")),
)
SPARE = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the editor: what sort of block, and its words."""

    sort: str = "0"
    text: str = ""

    @property
    def lines(self) -> int:
        """Height of the text box: what the words need, within reason."""
        return max(2, min(14, self.text.count("\n") + 1 + len(self.text) // 40))


def rows_of_blocks(blocks: Iterable[Block]) -> list[Row]:
    return [Row(_sort(block), text_of(block)) for block in blocks]


def rows_of_post(data: QueryDict) -> list[Row]:
    """The rows as sent, in their order, with the one change a button asked for: a row added, all numbered anew."""
    known = {value for value, _label in SORTS}
    sorts, texts = data.getlist("sort"), data.getlist("text")
    pairs = list(zip(sorts, texts, strict=False))[:MOST_BLOCKS]
    rows = [Row(sort if sort in known else "0", text) for sort, text in pairs]
    if (place := data.get("add", "")).isdigit():
        rows.insert(min(int(place), len(rows)), Row())
    elif "renumber" in data:
        kept = [row for row in rows if row.text.strip()]
        rows = [
            replace(row, text=text_of(block))
            for row, block in zip(kept, numbered(blocks_of(kept)), strict=True)
        ]
    return rows


def with_spare(rows: list[Row]) -> list[Row]:
    """Empty rows to go on writing in."""
    empty = next((n for n, row in enumerate(reversed(rows)) if row.text.strip()), len(rows))
    return rows + [Row()] * max(0, SPARE - empty)


def blocks_of(rows: Iterable[Row]) -> tuple[Block, ...]:
    """The blocks the rows stand for; empty ones are left out."""
    return tuple(_block(row) for row in rows if row.text.strip())


def _sort(block: Block) -> str:
    match block:
        case Paragraph():
            return str(block.level)
        case Table():
            return TABLE
    return ATTACHMENT


def _block(row: Row) -> Block:
    if row.sort == TABLE:
        return table_of(row.text)
    if row.sort == ATTACHMENT:
        return Attachment(row.text)
    return Paragraph(runs_of_text(row.text.strip()), int(row.sort))
