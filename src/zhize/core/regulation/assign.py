"""Stage 6: clause tree → stretches of text, each with the holders it is for. The precedence, strongest first:
bracket or table column; a name before a colon; the sentence's own subject; a heading above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..kernel.refs import Mark
from .columns import Columns, columns_of, row_holders
from .holders import Basis, Bracket, Holder, Role, Sort
from .lexicon import Lexicon
from .model import Clause, Document, Row, Warn
from .names import sort_of, split_names
from .roles import BRACKET, LeadRule, named_in
from .sentences import sentences
from .subjects import subject_of

# 省建设厅、省交通运输厅、省水利厅：按照… — a list of names longer than this is no list of names
_COLON_REACH = 160
# 成员：公安部、财政部、…中国储备粮管理总公司有关负责人。
_ROSTER = re.compile(
    r"\s*成员(?:单位)?：(?P<names>[^。\n]{3,600}?)(?:有关|主要|分管)?(?:负责人|负责同志|人员组成|组成)?(?:。|\s*$)"
)
# 通用考核项目（全部责任单位）
_WHOLE_BRACKET = re.compile(r"（([^（）]{2,12})）$")
# 责任单位：省发展改革委
_LINE_LABEL = re.compile(r"[ （]*[\u4e00-\u9fff]{2,8}(?:单位|部门)：")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text from `start` to `end` of a clause, for these holders. `flags`: what a person must look at."""

    clause: Clause
    start: int
    end: int
    holders: tuple[Holder, ...]
    basis: Basis | None
    flags: tuple[tuple[str, str], ...] = ()
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """All stretches in order, the brackets read, the members of the leading group, what was odd."""

    stretches: tuple[Stretch, ...]
    brackets: tuple[Bracket, ...]
    members: tuple[Holder, ...]
    warnings: tuple[Warn, ...]


@dataclass(slots=True)
class _State:
    text: str
    folded: str
    lexicon: Lexicon
    rows: list[tuple[int, Row, Columns, str]]
    rule: LeadRule = field(default_factory=LeadRule)
    stretches: list[Stretch] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
    members: list[Holder] = field(default_factory=list)


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
    state = _State(text, lexicon.folded(text), lexicon, rows)
    for part in document.parts:
        stack: list[tuple[Clause, _Above]] = [(clause, _Above()) for clause in reversed(part.clauses)]
        while stack:
            clause, above = stack.pop()
            below = _clause(state, clause, above)
            stack.extend((child, below) for child in reversed(clause.children))
    return Assignment(
        tuple(state.stretches), tuple(state.brackets), _distinct(_members(state)), tuple(state.warnings)
    )


def _members(state: _State) -> list[Holder]:
    if state.members:
        return state.members
    whole = any(h.sort is Sort.MEMBERS for s in state.stretches for h in s.holders)
    return [
        h
        for s in state.stretches
        for h in s.holders
        if whole and h.sort is Sort.UNIT and h.basis is Basis.COLUMN
    ]


def _distinct(holders: list[Holder]) -> tuple[Holder, ...]:
    return tuple({h.name: h for h in reversed(holders)}.values())[::-1]


def _clause(state: _State, clause: Clause, above: _Above) -> _Above:
    if clause.lead.lstrip().startswith("|"):
        return _table_clause(state, clause, above)
    own = heading_holders(state.text, state.folded, clause, state.lexicon)
    roster = above.roster or any(h.sort is Sort.MEMBERS for h in own)
    inherited = own or above.holders
    if above.conditions:
        return above
    running = _Running(state, clause, inherited)
    for begin, end in _paragraphs(state.folded, clause):
        running.paragraph(begin, end)
    running.finish()
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
    sure = all(s is not Sort.COLLECTIVE or name[a:].startswith(lexicon.class_starts) for a, _, s in names)
    if (
        not sure
        or (not tail and any(s is Sort.COLLECTIVE for _, _, s in names))
        or (not tail and not clause.children and clause.text == clause.heading)
    ):
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


class _Running:
    """The holders in force while a clause is read paragraph by paragraph."""

    def __init__(self, state: _State, clause: Clause, inherited: tuple[Holder, ...]) -> None:
        self.state, self.clause, self.inherited = state, clause, inherited
        self.colon: tuple[Holder, ...] = ()
        self.subjects: list[Holder] = []
        self.last_subject: tuple[Holder, ...] = ()
        self.loose: list[Stretch] = []  # not yet governed by a bracket
        self.done: list[Stretch] = []
        self.governed_from = clause.content.start

    def paragraph(self, begin: int, end: int) -> None:
        """One paragraph: a line of labels, or text with brackets, colon, subjects."""
        s = self.state
        if roster := _ROSTER.match(s.folded, begin, end):
            self._roster(roster.start("names"), roster.end("names"))
        if _LINE_LABEL.match(s.folded, begin, end) and self._line(begin, end):
            return
        begin = self._colon(begin, end)
        at = begin
        for found in BRACKET.finditer(s.folded, begin, end):
            named = named_in(s.text, s.folded, found.start(1), found.end(1), Basis.BRACKET, s.rule, s.lexicon)
            if named is None:
                continue
            self._sentences(at, found.start())
            self._govern(named.holders, found.start(), found.end(), found.start(1), found.end(1))
            at = found.end()
        self._sentences(at, end)

    def finish(self) -> None:
        """Whatever no bracket governs keeps its colon, subject or heading."""
        self.state.stretches.extend((*self.done, *self.loose))

    def _govern(self, holders: tuple[Holder, ...], start: int, end: int, inner: int, inner_end: int) -> None:
        s = self.state
        s.brackets.append(
            Bracket(self.clause.ref, s.text[inner:inner_end], holders, start, end, self.governed_from)
        )
        also = tuple(h for h in s.rule.also if h.name not in {x.name for x in holders})
        for stretch in self.loose:
            self.done.append(replace(stretch, holders=holders + also, basis=Basis.BRACKET, flags=()))
        self.loose, self.governed_from = [], end

    def _line(self, begin: int, end: int) -> bool:
        """责任单位：A、B on a line of its own is for the task above it."""
        s = self.state
        named = named_in(s.text, s.folded, begin, end, Basis.LINE, s.rule, s.lexicon)
        if named is None:
            return False
        if not self.loose and self.done and self.done[-1].basis is Basis.LINE:
            # 牵头单位：…⏎配合单位：… are two lines for one task
            self.done = [
                replace(d, holders=d.holders + named.holders) if d.basis is Basis.LINE else d
                for d in self.done
            ]
            last = s.brackets.pop()
            s.brackets.append(
                replace(
                    last,
                    text=f"{last.text}；{s.text[begin:end].strip()}",
                    holders=last.holders + named.holders,
                    end=end,
                )
            )
            return True
        s.brackets.append(
            Bracket(self.clause.ref, s.text[begin:end].strip(), named.holders, begin, end, self.governed_from)
        )
        if not self.loose and self.clause.heading:
            self.loose.append(
                Stretch(
                    self.clause,
                    self.clause.content.start,
                    self.clause.content.start + len(self.clause.heading),
                    (),
                    None,
                )
            )
        for stretch in self.loose:
            self.done.append(replace(stretch, holders=named.holders, basis=Basis.LINE, flags=()))
        self.loose, self.governed_from = [], end
        return True

    def _roster(self, start: int, end: int) -> None:
        s = self.state
        for a, b, sort in split_names(s.folded[start:end], s.lexicon) or ():
            if sort is Sort.UNIT:
                s.members.append(
                    Holder(
                        s.text[start + a : start + b],
                        sort,
                        Role.UNKNOWN,
                        Basis.LINE,
                        start + a,
                        start + b,
                        0.8,
                        "成员名单",
                    )
                )

    def _colon(self, begin: int, end: int) -> int:
        """省教育厅：负责… — the names before the first colon, if all of it is names."""
        s = self.state
        while begin < end and s.folded[begin] == " ":
            begin += 1
        at = s.folded.find("：", begin, min(end, begin + _COLON_REACH))
        if at == -1 or re.search("[。；]", s.folded[begin:at]):
            return begin
        names = split_names(s.folded[begin:at], s.lexicon)
        if not names:
            return begin
        self.colon = tuple(
            Holder(
                s.text[begin + a : begin + b],
                sort,
                Role.UNKNOWN,
                Basis.COLON,
                begin + a,
                begin + b,
                0.95,
                "条款冒号前写明",
            )
            for a, b, sort in names
        )
        return at + 1

    def _sentences(self, begin: int, end: int) -> None:
        s = self.state
        running: tuple[Holder, ...] = ()
        for a, b in sentences(s.folded, begin, end):
            found = subject_of(s.text, s.folded, a, b, s.lexicon)
            holders, basis, flags = self._choose(found, running)
            if found and not self.colon:
                running = found
                self.last_subject = found
                self.subjects.extend(found)
            self.loose.append(Stretch(self.clause, a, b, holders, basis, flags))

    def _choose(
        self, found: tuple[Holder, ...], running: tuple[Holder, ...]
    ) -> tuple[tuple[Holder, ...], Basis | None, tuple[tuple[str, str], ...]]:
        if self.colon:
            units = tuple(h for h in found if h.sort is Sort.UNIT)
            joint = {h.name for h in self.colon}
            if units and {h.name for h in units} < joint:
                names = "、".join(h.name for h in units)
                return (
                    units,
                    Basis.SUBJECT,
                    (("named_in_joint", f"多家共担的条款中，本句只点名{names}，建议由其单独承担"),),
                )
            if units and not {h.name for h in units} <= joint:
                return (
                    self.colon,
                    Basis.COLON,
                    (
                        (
                            "other_named",
                            f"本句以{'、'.join(h.name for h in units)}为主语，与条款开头的单位不同，请确认",
                        ),
                    ),
                )
            return self.colon, Basis.COLON, ()
        if found:
            return found, Basis.SUBJECT, ()
        if running:
            return running, Basis.SUBJECT, ()
        return self.inherited, (Basis.HEADING if self.inherited else None), ()


def _table_clause(state: _State, clause: Clause, above: _Above) -> _Above:
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
                Stretch(clause, place, place + len(cell), holders or whole, basis, (), head or "单元格")
            )
        elif holders:
            state.stretches.append(
                Stretch(clause, row.start, row.start, holders, Basis.COLUMN, (), head or "单元格")
            )
    return _Above(whole if not first else above.holders, False, above.roster)
