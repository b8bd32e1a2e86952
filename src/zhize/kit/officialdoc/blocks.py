"""The one block model of official documents (ADR 0013): paragraphs with levels, tables, attachments; JSON in and out.

A run may carry a reference to what its figure comes from ("metrics.observation:3"): a link on the page, plain words on
paper. Blocks are a flat list in the order of the page; an `Attachment` opens an attachment and what follows belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhize.core.papers.headings import LEVELS, marked, marker
from zhize.kit.errors import BadInput

# What no paper can show and XML refuses: control characters, halves of surrogate pairs, non-characters.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u2028\u2029]")
_BREAKS = re.compile(r"[\t\n\r\u3000 ]*[\t\n\r]+[\t\n\r\u3000 ]*")
MOST_BLOCKS = 2_000
LONGEST = 20_000


def clean(text: str) -> str:
    """One line of printable text: line breaks become a space, control characters go."""
    return _UNPRINTABLE.sub("", _BREAKS.sub(" ", text))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; `ref` is a ThingRef as text, empty for plain words."""

    text: str
    ref: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Level 0 is plain text; 1 to 4 are 一、 （一） 1. （1）, with the number written in the text."""

    runs: tuple[Run, ...]
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one head row; rows are filled up to the width of the head."""

    head: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        width = max([len(self.head), *map(len, self.rows)], default=0)
        object.__setattr__(self, "caption", clean(self.caption))
        object.__setattr__(self, "head", _filled(self.head, width))
        object.__setattr__(self, "rows", tuple(_filled(row, width) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Attachment:
    """Opens an attachment, on a new page; its title stands in the list under the text."""

    title: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title).strip())


Block = Paragraph | Table | Attachment
Part = str | Run


def _filled(row: Sequence[Run], width: int) -> tuple[Run, ...]:
    return (*row, *[Run("")] * (width - len(row)))


def run(part: Part) -> Run:
    return part if isinstance(part, Run) else Run(str(part))


def para(*parts: Part, level: int = 0) -> Paragraph:
    """para("合格率", Run("96.5%", "metrics.observation:3"), "。")"""
    return Paragraph(tuple(run(part) for part in parts), level)


def heading(text: str, level: int = 1) -> Paragraph:
    """A heading whose number is written in the text, or is put there by `numbered`."""
    return para(text, level=level)


def table(head: Iterable[Part], rows: Iterable[Iterable[Part]], caption: str = "") -> Table:
    """table(["单位", "合格率"], [["省质监局", Run("96.5%", "metrics.observation:3")]], "表1 …")"""
    return Table(tuple(map(run, head)), tuple(tuple(map(run, row)) for row in rows), caption)


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their headings numbered anew from one: （一） begins again under each 一、."""
    at = dict.fromkeys(LEVELS, 0)
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Attachment):
            at = dict.fromkeys(LEVELS, 0)
        if isinstance(block, Paragraph) and block.level in at:
            at[block.level] += 1
            at |= {level: 0 for level in LEVELS if level > block.level}
            block = _renumbered(block, at[block.level])
        out.append(block)
    return tuple(out)


def _renumbered(block: Paragraph, number: int) -> Paragraph:
    first, *rest = block.runs or (Run(""),)
    said, _number, bare = marked(first.text.lstrip())
    text = bare if said else first.text.lstrip()
    return replace(block, runs=(replace(first, text=marker(block.level, number) + text), *rest))


def refs_of(blocks: Iterable[Block]) -> list[str]:
    """The references of all runs, each once, in the order of the page."""
    return list(dict.fromkeys(run.ref for block in blocks for run in runs_of(block) if run.ref))


def runs_of(block: Block) -> tuple[Run, ...]:
    """All runs of a block, a table's row by row."""
    match block:
        case Paragraph():
            return block.runs
        case Table():
            return (*block.head, *(cell for row in block.rows for cell in row))
        case Attachment():
            return ()


def with_figure(blocks: Iterable[Block], ref: str, words: str, new: str) -> tuple[Block, ...]:
    """The blocks with this figure's words replaced wherever they stand with this reference."""

    def swap(one: Run) -> Run:
        return replace(one, text=new) if one.ref == ref and one.text.strip() == words else one

    out: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph():
                block = replace(block, runs=tuple(map(swap, block.runs)))
            case Table():
                rows = tuple(tuple(map(swap, row)) for row in block.rows)
                block = replace(block, head=tuple(map(swap, block.head)), rows=rows)
        out.append(block)
    return tuple(out)


def paragraph_replaced(blocks: Iterable[Block], old: str, new: str) -> tuple[Block, ...] | None:
    """The blocks with the one paragraph that says `old` (its number aside) saying `new`; None where there is not just one.

    The number stays, and what `old` and `new` end in alike keeps its runs; the reference of the first run stays with it."""
    found = list(blocks)
    places = [
        place
        for place, block in enumerate(found)
        if isinstance(block, Paragraph) and old and old in (block.text, marked(block.text)[2])
    ]
    if len(places) != 1:
        return None
    block = found[places[0]]
    assert isinstance(block, Paragraph)
    first, *rest = block.runs
    front = block.text[: len(block.text) - len(old)] if not block.text.startswith(old) else ""
    tail = "".join(run.text for run in rest)
    kept = tuple(rest) if tail and new.endswith(tail) else ()
    head = new[: len(new) - len(tail)] if kept else new
    found[places[0]] = replace(block, runs=(replace(first, text=front + head), *kept))
    return tuple(found)


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Plain values for a JSON column."""
    return [_plain(block) for block in blocks]


def _plain(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "level": block.level, "runs": _runs(block.runs)}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "head": _runs(block.head),
                "rows": [_runs(row) for row in block.rows],
            }
        case Attachment():
            return {"kind": "attachment", "title": block.title}


def _runs(runs: Iterable[Run]) -> list[Any]:
    return [{"text": run.text, "ref": run.ref} if run.ref else run.text for run in runs]


def from_json(data: Any) -> tuple[Block, ...]:
    """The inverse of `to_json`. Raises `BadInput` naming the block."""
    if not isinstance(data, list) or len(data) > MOST_BLOCKS:
        raise BadInput("公文内容不是段落列表", where="正文", remedy=f"请给出不超过 {MOST_BLOCKS} 段的列表")
    return tuple(_block(one, f"第 {number} 段") for number, one in enumerate(data, 1))


def _block(one: Any, where: str) -> Block:
    try:
        match one:
            case {"kind": "paragraph", "runs": list(runs), **rest}:
                level = int(str(rest.get("level", 0)))
                if level not in (0, *LEVELS):
                    raise ValueError(level)
                return Paragraph(tuple(map(_run, runs)), level)
            case {"kind": "table", "head": list(head), "rows": list(rows), **rest}:
                cells = tuple(tuple(map(_run, row)) for row in rows)
                return Table(tuple(map(_run, head)), cells, str(rest.get("caption", "")))
            case {"kind": "attachment", "title": str(title)}:
                return Attachment(title)
    except (TypeError, ValueError) as error:
        raise BadInput(
            "这一段的内容看不懂", where=where, why=str(error), remedy="请重新录入这一段"
        ) from error
    raise BadInput("不认识这种段落", where=where, remedy="可用：paragraph、table、attachment")


def _run(one: Any) -> Run:
    if isinstance(one, str):
        return Run(one[:LONGEST])
    if isinstance(one, dict) and isinstance(one.get("text"), str):
        return Run(one["text"][:LONGEST], str(one.get("ref", "")))
    raise ValueError(f"{one!r}")
