"""Stage 4: numbered lines → a tree of clauses, with what is odd about the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..kernel.refs import ClauseRef, Mark
from .markers import Line
from .model import Warn


@dataclass(slots=True)
class Node:
    """A clause while the tree grows; frozen afterwards."""

    line: Line
    ref: ClauseRef
    level: int = 1
    end: int = 0
    children: list[Node] = field(default_factory=list)


def tree_of(
    lines: Sequence[Line], part: int, levels: dict[int, int], end: int, warnings: list[Warn]
) -> list[Node]:
    """Nest numbered lines. Reads: marks in order. Writes: nodes with references, ends; warnings on gaps and repeats.

    A mark that is open closes what is below it; a new mark goes below the last, unless its rank is higher.
    （一） may restart or run on, 1. may run on across （一）: both are accepted without a warning.
    """
    tops: list[Node] = []
    stack: list[Node] = []
    last_of: dict[int, int] = {}
    seen: dict[tuple[ClauseRef | None, int], dict[int, int]] = {}
    previous: Node | None = None
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
        node = Node(line, ref, levels.get(line.rank, len(levels) + 1))
        if previous is not None:
            previous.end = line.start
        siblings.append(node)
        stack.append(node)
        previous = node
    if previous is not None:
        previous.end = end
    return tops


def _steps(line: Line, stack: Sequence[Node]) -> tuple[int, ...]:
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
    line: Line, ref: ClauseRef, number: int, again: int, siblings: Sequence[Node], before: int | None
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


def paragraph_nodes(lines: Sequence[Line], part: int) -> list[Node]:
    """A text without numbers: each paragraph a clause. Reads: lines. Writes: nodes."""
    out: list[Node] = []
    for line in lines:
        if out:
            out[-1].end = line.end
        if not line.bare and out:
            continue
        if not out or out[-1].line.bare:
            ref = ClauseRef(part=part).child(len(out) + 1, Mark.NONE)
            out.append(Node(replace(line, marker=(line.start, line.start)), ref, 1, line.end))
            if len(out) > 1:
                out[-2].end = line.start
    return out
