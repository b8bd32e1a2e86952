"""Blocks as a person edits them in a plain text box, and back; nothing is lost on the way.

A figure with its source: [96.5%](metrics.observation:3). A table: a line a row, cells parted by " | ", the head first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhize.kit.officialdoc.blocks import Attachment, Block, Paragraph, Run, Table

# Sample: 合格率[96.5%](metrics.observation:3)，比上年
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([a-z_]+\.[a-z_]+:\d+)\)")
_CELL = re.compile(r"(?<!\\)\|")


def text_of_runs(runs: Sequence[Run]) -> str:
    return "".join(f"[{run.text}]({run.ref})" if run.ref else run.text for run in runs)


def runs_of_text(text: str) -> tuple[Run, ...]:
    """Plain words and links, in their order."""
    out: list[Run] = []
    at = 0
    for found in _LINK.finditer(text):
        if found.start() > at:
            out.append(Run(text[at : found.start()]))
        out.append(Run(found[1], found[2]))
        at = found.end()
    if at < len(text) or not out:
        out.append(Run(text[at:]))
    return tuple(out)


def text_of(block: Block) -> str:
    """What stands in the text box of this block."""
    match block:
        case Paragraph():
            return text_of_runs(block.runs)
        case Table():
            lines = [_line(block.head), *map(_line, block.rows)]
            return "\n".join([f"〔{block.caption}〕", *lines] if block.caption else lines)
        case Attachment():
            return block.title


def table_of(text: str) -> Table:
    """The inverse for a table; a first line in 〔 〕 is its caption."""
    lines = [line for line in text.splitlines() if line.strip()]
    caption = ""
    if lines and (found := re.fullmatch(r"\s*〔(.*)〕\s*", lines[0])):
        caption, lines = found[1], lines[1:]
    rows = [_cells(line) for line in lines]
    return Table(rows[0] if rows else (), tuple(rows[1:]), caption)


def _line(row: Sequence[Run]) -> str:
    return " | ".join(text_of_runs((Run(cell.text.replace("|", r"\|"), cell.ref),)) for cell in row)


def _cells(line: str) -> tuple[Run, ...]:
    """One run a cell: a link where the whole cell is one, else plain words."""
    cells = []
    for part in _CELL.split(line.replace("\t", "|")):
        runs = runs_of_text(part.strip().replace(r"\|", "|"))
        cells.append(runs[0] if len(runs) == 1 else Run("".join(run.text for run in runs)))
    return tuple(cells)
