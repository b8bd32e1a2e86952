"""Stage 6: clause tree → stretches of text, each with the holders it is for. The precedence, strongest first:
bracket or table column; a name before a colon; the sentence's own subject; a heading above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ..kernel.refs import Mark
from .columns import columns_of, row_holders
from .holders import Basis, Bracket, Holder, Role, Sort
from .lexicon import Lexicon
from .model import Clause, Document, Warn
from .name_lists import split_names
from .names import sort_of
from .running import Running
from .stretches import State, Stretch

# 通用考核项目（全部责任单位）
_WHOLE_BRACKET = re.compile(r"（([^（）]{2,12})）$")


@dataclass(frozen=True, slots=True)
class Assignment:
    """All stretches in order, the brackets read, the members of the leading group, what was odd."""

    stretches: tuple[Stretch, ...]
    brackets: tuple[Bracket, ...]
    members: tuple[Holder, ...]
    warnings: tuple[Warn, ...]


@dataclass(frozen=True, slots=True)
class _Above:
    """What the clauses above pass down."""

    holders: tuple[Holder, ...] = ()
    conditions: bool = False
    roster: bool = False


def assign(text: str, document: Document, lexicon: Lexicon) -> Assignment:
    """Reads: clauses, tables, word list. Writes: stretches with holders, brackets, members, warnings. Never raises."""
    rows = sorted(
        ((row.start, row, columns, table.header[columns.task] if columns.task < len(table.header) else "")
         for table in document.tables for columns in (columns_of(table, lexicon),) for row in table.rows),
        key=lambda item: item[0],
    )  # fmt: skip
    state = State(text, lexicon.folded(text), lexicon, rows)
    for part in document.parts:
        stack: list[tuple[Clause, _Above]] = [(clause, _Above()) for clause in reversed(part.clauses)]
        while stack:
            clause, above = stack.pop()
            below = _clause(state, clause, above)
            stack.extend((child, below) for child in reversed(clause.children))
    return Assignment(
        tuple(state.stretches),
        tuple(state.brackets),
        _distinct(_members(state, document.title)),
        tuple(state.warnings),
    )


def _members(state: State, title: str) -> list[Holder]:
    """The members named under 成员单位 or in the roster; else, where the title or a common part speaks of them, all units."""
    if state.members:
        return state.members
    held = [h for st in state.stretches for h in st.holders]
    if "成员单位" in title:
        return [
            h for h in held if h.sort is Sort.UNIT and h.basis in (Basis.COLON, Basis.HEADING, Basis.COLUMN)
        ]
    whole = any(h.sort is Sort.MEMBERS for h in held)
    return [h for h in held if whole and h.sort is Sort.UNIT and h.basis is Basis.COLUMN]


def _distinct(holders: list[Holder]) -> tuple[Holder, ...]:
    return tuple({h.name: h for h in reversed(holders)}.values())[::-1]


def _clause(state: State, clause: Clause, above: _Above) -> _Above:
    if clause.lead.lstrip().startswith("|"):
        return _table_clause(state, clause, above)
    own = heading_holders(state.text, state.folded, clause, state.lexicon)
    roster = above.roster or any(h.sort is Sort.MEMBERS for h in own)
    inherited = own or above.holders
    if above.conditions:
        return above
    running = Running(state, clause, inherited)
    for begin, end in _paragraphs(state.folded, clause):
        running.paragraph(begin, end)
    running.finish()
    if above.roster:
        state.members.extend(h for h in own if h.sort is Sort.UNIT)
    if roster:
        state.members.extend(h for h in running.colon if h.sort is Sort.UNIT)
        state.members.extend(
            h
            for h in running.subjects
            if h.sort is Sort.UNIT and clause.mark not in (Mark.CHAPTER, Mark.SECTION)
        )
    tail = state.folded[max(clause.content.start, clause.content.end - 60) : clause.content.end]
    leads_in = tail.endswith("：") or state.lexicon.conditions.search(tail[tail.rfind("。", 0, -1) + 1 :])
    conditions = bool(clause.children) and bool(leads_in) and bool(state.lexicon.conditions.search(tail))
    down = running.colon or (running.last_subject if leads_in and running.last_subject else ()) or inherited
    return _Above(down, conditions, roster)


def _whole(name: str, start: int, end: int, reason: str) -> Holder:
    return Holder(name, Sort.MEMBERS, Role.UNKNOWN, Basis.HEADING, start, end, 0.85, reason)


def heading_holders(text: str, folded: str, clause: Clause, lexicon: Lexicon) -> tuple[Holder, ...]:
    """二、领导小组办公室工作职责 → the office. Reads: the heading. Writes: holders; none for 二、主要任务."""
    if not clause.heading:
        return ()
    start = text.find(clause.heading, clause.start)
    head = lexicon.folded(clause.heading)
    bracket = _WHOLE_BRACKET.search(head)
    if bracket and sort_of(bracket[1], lexicon) is Sort.MEMBERS:
        return (_whole(bracket[1], start, start + len(head), "标题写明"),)
    tail = next((t for t in sorted(lexicon.section_tails, key=len, reverse=True) if head.endswith(t)), "")
    name = head.removesuffix(tail).removesuffix("的")
    names = split_names(name, lexicon)
    if not names:
        return ()
    sure = all(
        sort is not Sort.COLLECTIVE or name[a:].startswith(lexicon.class_starts) for a, _, sort in names
    )
    alone = not tail and not clause.children and clause.text == clause.heading
    if not sure or alone:
        return ()
    return tuple(
        Holder(
            text[start + a : start + b],
            s,
            Role.UNKNOWN,
            Basis.HEADING,
            start + a,
            start + b,
            0.9,
            "所在部分的标题写明",
        )
        for a, b, s in names
    )


def _paragraphs(folded: str, clause: Clause) -> Iterator[tuple[int, int]]:
    begin, end = clause.content.start, clause.content.end
    if clause.heading:
        begin += len(clause.heading)
        while begin < end and folded[begin] in "。 ":
            begin += 1
    while begin < end:
        stop = folded.find("\n", begin, end)
        stop = end if stop == -1 else stop
        if folded[begin:stop].strip():
            yield begin, stop
        begin = stop + 1


def _table_clause(state: State, clause: Clause, above: _Above) -> _Above:
    """A numbered row with the rows that span from it. Reads: rows. Writes: a stretch per row."""
    at = bisect_left(state.rows, clause.start, key=lambda item: item[0])
    first: tuple[Holder, ...] = ()
    whole = above.holders
    while at < len(state.rows) and state.rows[at][0] < clause.end:
        _, row, columns, head = state.rows[at]
        at += 1
        for cell in row.cells[1:3]:
            bracket = _WHOLE_BRACKET.search(state.lexicon.folded(cell))
            if bracket and sort_of(bracket[1], state.lexicon) is Sort.MEMBERS:
                whole = (_whole(bracket[1], row.start, row.end, "表格分部标题写明"),)
        holders = row_holders(row, columns, state.text, state.lexicon)
        first = first or holders
        cell = row.cells[columns.task] if columns.task < len(row.cells) else ""
        place = state.text.find(cell, row.start, row.end) if cell else -1
        if place >= 0 and not clause.children:
            basis = Basis.COLUMN if holders else Basis.HEADING if whole else None
            state.stretches.append(
                Stretch(
                    clause,
                    place,
                    place + len(cell),
                    holders or whole,
                    basis,
                    (),
                    head or "单元格",
                    columns.due_of(row),
                )
            )
        elif holders:
            state.stretches.append(
                Stretch(clause, row.start, row.start, holders, Basis.COLUMN, (), head or "单元格")
            )
    return _Above(whole if not first else above.holders, False, above.roster)
