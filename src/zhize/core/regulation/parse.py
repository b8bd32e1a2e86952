"""Text → clause tree, in named stages: lines, marks, parts, tree, headings, numbering. Linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..kernel.refs import ClauseRef, Mark
from .citations import citations_of, short_names_of
from .front import Layout, front_of, is_note, layout_of
from .lexicon import Lexicon
from .markers import Line, lines_of
from .model import Clause, Document, Part, Span, Warn
from .tables import tables_of

# 总体要求。 as the first sentence of （一）指导思想。以习近平…
_FIRST_SENTENCE = re.compile(r"[^。；：！？\n]{2,60}。")

_STOPS = "。；：，、！？.;:,|）)"


@dataclass(slots=True)
class _Node:
    line: Line
    ref: ClauseRef
    level: int = 1
    end: int = 0
    children: list[_Node] = field(default_factory=list)


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
            tops = _tree([lines[i] for i in marked], part, levels, _at(lines, stop, text), warnings)
        else:
            tops = _paragraphs(lines[first:stop], part)
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


def _tree(
    lines: Sequence[Line], part: int, levels: dict[int, int], end: int, warnings: list[Warn]
) -> list[_Node]:
    """Nest numbered lines. Reads: marks in order. Writes: nodes with references, ends; warnings on gaps and repeats.

    A mark that is open closes what is below it; a new mark goes below the last, unless its rank is higher.
    （一） may restart or run on, 1. may run on across （一）: both are accepted without a warning.
    """
    tops: list[_Node] = []
    stack: list[_Node] = []
    last_of: dict[int, int] = {}
    seen: dict[tuple[ClauseRef | None, int], dict[int, int]] = {}
    previous: _Node | None = None
    for line in lines:
        while stack and stack[-1].line.rank >= line.rank:
            stack.pop()
        siblings = stack[-1].children if stack else tops
        parent = stack[-1].ref if stack else ClauseRef(part=part)
        number = line.numbers[-1]
        steps = _steps(line, stack)
        used = seen.setdefault((parent, line.rank), {})
        again = used.get(number, 0)
        used[number] = again + 1
        ref = parent
        for step in steps[:-1]:
            ref = ref.child(step, line.mark)
        ref = ref.child(steps[-1], line.mark, _free(seen, ref, steps[-1]))
        warnings.extend(_numbering(line, ref, number, again, siblings, last_of.get(line.rank)))
        last_of[line.rank] = number
        node = _Node(line, ref, levels.get(line.rank, len(levels) + 1))
        if previous is not None:
            previous.end = line.start
        siblings.append(node)
        stack.append(node)
        previous = node
    if previous is not None:
        previous.end = end
    return tops


def _steps(line: Line, stack: Sequence[_Node]) -> tuple[int, ...]:
    """2.1.3 below 2.1 adds one step; where 2.1 is missing, all that is missing."""
    if line.mark is not Mark.DECIMAL:
        return line.numbers
    above = next((n.line.numbers for n in reversed(stack) if n.line.mark is Mark.DECIMAL), ())
    return (
        line.numbers[len(above) :]
        if line.numbers[: len(above)] == above and len(above) < len(line.numbers)
        else line.numbers
    )


def _free(seen: dict[tuple[ClauseRef | None, int], dict[int, int]], parent: ClauseRef, number: int) -> int:
    taken = seen.setdefault((parent, -1), {})
    again = taken.get(number, 0)
    taken[number] = again + 1
    return again


def _numbering(
    line: Line, ref: ClauseRef, number: int, again: int, siblings: Sequence[_Node], before: int | None
) -> list[Warn]:
    same = [n for n in siblings[-1:] if n.line.rank == line.rank]
    if again:
        return [
            Warn("number_repeated", f"编号{ref.printed()}重复出现，两处都保留；请核对原文", line.start, ref)
        ]
    expected = same[0].line.numbers[-1] + 1 if same else 1
    if number == expected or (before is not None and number == before + 1):
        return []
    return [
        Warn(
            "number_gap",
            f"编号跳到{ref.printed()}，按顺序应为第{expected}项；可能漏了内容或原文编号有误",
            line.start,
            ref,
        )
    ]


def _paragraphs(lines: Sequence[Line], part: int) -> list[_Node]:
    """A text without numbers: each paragraph a clause. Reads: lines. Writes: nodes."""
    out: list[_Node] = []
    for line in lines:
        if out:
            out[-1].end = line.end
        if not line.bare and out:
            continue
        if not out or out[-1].line.bare:
            ref = ClauseRef(part=part).child(len(out) + 1, Mark.NONE)
            out.append(_Node(replace(line, marker=(line.start, line.start)), ref, 1, line.end))
            if len(out) > 1:
                out[-2].end = line.start
    return out


def _clause(node: _Node, text: str, folded: str) -> Clause:
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

    A first line without a full stop is a heading. A first sentence is one where most siblings begin with a short
    sentence and go on: （一）指导思想。以… — one clause alone proves nothing (（三）开展考核。及时通报。 are two duties).
    """
    firsts = [_FIRST_SENTENCE.match(c.text) for c in clauses]
    short = [
        f is not None and f.end() <= 32 and len(c.text) > f.end()
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
    if line[-1] not in _STOPS and len(line) <= 60:
        return line
    if line[-1] in "）)" and len(line) <= 40 and goes_on and not re.search("[，。；]", line):
        return line
    if first_sentence and (found := _FIRST_SENTENCE.match(text)):
        return found.group().rstrip("。")
    if line.endswith("。") and len(text) > len(line) and len(line) <= 30 and line.count("。") == 1:
        return line.rstrip("。")
    return ""
