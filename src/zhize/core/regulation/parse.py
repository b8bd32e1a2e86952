"""Text → clause tree, in named stages: lines, marks, parts, tree, headings, numbering. Linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..kernel.refs import Mark
from .citations import citations_of, short_names_of
from .front import Layout, front_of, is_note, layout_of
from .lexicon import Lexicon
from .markers import Line, lines_of
from .model import Clause, Document, Part, Span, Warn
from .tables import tables_of
from .tree import Node, paragraph_nodes, tree_of

# 总体要求。 as the first sentence of （一）指导思想。以习近平…
_FIRST_SENTENCE = re.compile(r"[^。；：！？\n]{2,60}。")

# 市教育局负责培训。市教育局应当… : a duty, however short
_DUTY = re.compile("负责|应当|必须|牵头|会同")
_STOPS = "。；：，、！？.;:,|）)"


def parse(text: str, lexicon: Lexicon) -> Document:
    """Read a regulation. Never raises on odd text; what is odd is in `warnings`. `render` is the inverse."""
    folded = lexicon.folded(text)
    lines = lines_of(text, folded)
    layout = layout_of(lines)
    starts = [layout.body, *(i for i, _ in layout.attachments)]
    numbers = [0, *_part_numbers(layout)]
    ends = [*(i for i, _ in layout.attachments), len(lines)]
    levels = _levels(lines, layout)
    warnings: list[Warn] = []
    parts: list[Part] = []
    first_clause = len(lines)
    for part, begin, end in zip(numbers, starts, ends, strict=True):
        stop = layout.tail if part == 0 else end
        marked = [i for i in range(begin, stop) if lines[i].mark is not Mark.NONE and i not in layout.silent]
        if part == 0 and not marked and not layout.attachments:
            marked = []
        first = marked[0] if marked else stop
        if part == 0:
            first_clause = first
        if not marked:
            first = stop if part or not _prose(lines, begin, stop) else begin
        opening = text[_at(lines, begin, text) : _at(lines, first, text)]
        if marked:
            tops = tree_of([lines[i] for i in marked], part, levels, _at(lines, stop, text), warnings)
        else:
            tops = paragraph_nodes(lines[first:stop], part)
            if part == 0:
                warnings.append(Warn("no_numbering", "没有找到条款编号，按自然段读入；请对照原文确认分条"))
        clauses = tuple(_clause(node, text, folded) for node in tops)
        parts.append(
            Part(
                part,
                _part_title(text, lines, begin, part),
                opening,
                _headed(clauses),
                text[_at(lines, stop, text) : _at(lines, end, text)],
            )
        )
    notes = text[: _at(lines, layout.body, text)]
    front = front_of(text, lines, first_clause, layout.tail, ends[0])
    if not any(is_note(line) for line in lines[:1]) and not front.title:
        warnings.append(Warn("no_title", "没有读到标题；请在文件信息里填写"))
    return Document(
        notes=notes,
        parts=tuple(parts),
        title=front.title,
        doc_no=front.doc_no,
        addressees=front.addressees,
        issue_date=front.issue_date,
        citations=citations_of(text, folded),
        short_names=short_names_of(text, folded),
        tables=tables_of(text, lines),
        warnings=tuple(warnings),
    )


def _at(lines: Sequence[Line], index: int, text: str) -> int:
    return lines[index].start if index < len(lines) else len(text)


def _part_numbers(layout: Layout) -> Iterable[int]:
    """Attachment numbers as printed where they rise; else counted on."""
    last = 0
    for _, number in layout.attachments:
        last = number if number > last else last + 1
        yield last


def _part_title(text: str, lines: Sequence[Line], begin: int, part: int) -> str:
    if not part:
        return ""
    return " ".join(text[line.start : line.end].strip() for line in lines[begin : begin + 1])


def _prose(lines: Sequence[Line], begin: int, stop: int) -> bool:
    return any(lines[i].bare.endswith("。") for i in range(begin, stop))


def _levels(lines: Sequence[Line], layout: Layout) -> dict[int, int]:
    """The ways of numbering the body uses, outermost first. Reads: marks. Writes: rank → level."""
    body_end = layout.attachments[0][0] if layout.attachments else len(lines)
    ranks = sorted(
        {
            line.rank
            for i, line in enumerate(lines[:body_end])
            if line.mark is not Mark.NONE and i not in layout.silent
        }
    )
    return {rank: n for n, rank in enumerate(ranks, 1)}


def _clause(node: Node, text: str, folded: str) -> Clause:
    """Freeze a node and all below it, children first (no recursion: a hostile text may nest as deep as it has ranks)."""
    done: dict[int, Clause] = {}
    order, stack = [], [node]
    while stack:
        current = stack.pop()
        order.append(current)
        stack.extend(current.children)
    for current in reversed(order):
        a, b = current.line.marker
        content_end = current.end
        while content_end > b and text[content_end - 1].isspace():
            content_end -= 1
        start = b
        while start < content_end and text[start].isspace():
            start += 1
        done[id(current)] = Clause(
            ref=current.ref,
            mark=current.line.mark,
            level=current.level,
            lead=text[current.line.start : a],
            marker=text[a:b],
            body=text[b : current.end],
            heading="",
            start=current.line.start,
            end=current.end,
            content=Span(start, content_end),
            children=tuple(done[id(child)] for child in current.children),
        )
    return done[id(node)]


def _headed(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Tell headings from text. Reads: bodies of siblings. Writes: headings.

    A first line without a full stop is a heading if something follows. A first sentence is one where most siblings begin with a short
    sentence and go on: （一）指导思想。以… — one clause alone proves nothing (（三）开展考核。及时通报。 are two duties).
    """
    firsts = [_FIRST_SENTENCE.match(c.text) for c in clauses]
    short = [
        f is not None and f.end() <= 32 and len(c.text) > f.end() and not _DUTY.search(f.group())
        for f, c in zip(firsts, clauses, strict=True)
    ]
    by_sentence = len(clauses) >= 2 and sum(short) * 5 >= len(clauses) * 4
    return tuple(
        replace(c, heading=_heading(c, by_sentence and ok), children=_headed(c.children))
        for c, ok in zip(clauses, short, strict=True)
    )


def _heading(clause: Clause, first_sentence: bool) -> str:
    text = clause.text
    line = text.split("\n", 1)[0].strip()
    goes_on = bool(clause.children) or len(text) > len(line)
    if not line or clause.mark is Mark.ROW or clause.lead.lstrip().startswith("|"):
        return ""
    if line[-1] not in _STOPS and len(line) <= 60 and goes_on and not re.search("[：；。:;]", line):
        return line
    if line[-1] in "）)" and len(line) <= 40 and goes_on and not re.search("[，。；]", line):
        return line
    if first_sentence and (found := _FIRST_SENTENCE.match(text)):
        return found.group().rstrip("。")
    return ""
