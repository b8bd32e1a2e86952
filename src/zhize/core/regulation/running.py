"""The holders in force while a clause is read paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import replace

from .front import PAGE
from .holders import Basis, Bracket, Holder, Role, Sort
from .model import Clause
from .name_lists import split_names
from .names import prefix_name
from .roles import BRACKET, Named, deadline_in, named_in, tagged
from .sentences import sentences
from .spoken import Part, parts_of
from .stretches import State, Stretch
from .subjects import subject_of

# 省建设厅、省交通运输厅、省水利厅：按照… — a list of names longer than this is no list of names
_COLON_REACH = 160
# 安全生产 between a name and 工作职责： — longer than this it is no matter but a sentence
_MATTER = 20
_NO_MATTER = ("，", "、", "下列", "以下", "如下", "履行")
# 牵头单位：…；配合单位：… — a sentence longer than this is no mere list of holders
_ASSIGNS = 400
# 成员：公安部、财政部、…中国储备粮管理总公司有关负责人。
_ROSTER = re.compile(
    r"\s*成员(?:单位)?：(?P<names>[^。\n]{3,600}?)(?:有关|主要|分管)?(?:负责人|负责同志|人员组成|组成)?(?:。|\s*$)"
)
# 牵头负责领导：… · 责任人：…: persons answer for it too, but hold no duty in the register
_PERSON = re.compile(r" *[\u4e00-\u9fff]{0,6}(?:领导|责任人|负责人|负责同志|联系人|联系电话)：")
# 责任单位：省发展改革委
_LINE_LABEL = re.compile(r" *[\u4e00-\u9fff]{2,8}(?:单位|部门)：")


class Running:
    """The holders in force while a clause is read paragraph by paragraph."""

    def __init__(self, state: State, clause: Clause, inherited: tuple[Holder, ...]) -> None:
        self.state, self.clause, self.inherited = state, clause, inherited
        self.colon: tuple[Holder, ...] = ()
        self.subjects: list[Holder] = []
        self.last_subject: tuple[Holder, ...] = ()
        self.loose: list[Stretch] = []  # not yet governed by a bracket
        self.done: list[Stretch] = []
        self.due = ""
        self.group = 0  # where the stretches of the last bracket begin
        self.governed_from = clause.content.start

    def paragraph(self, begin: int, end: int) -> None:
        """One paragraph: a line of labels, or text with brackets, colon, subjects."""
        s = self.state
        if PAGE.match(s.folded, begin, end) or (end - begin < 60 and _PERSON.match(s.folded, begin, end)):
            return
        if roster := _ROSTER.match(s.folded, begin, end):
            self._roster(roster.start("names"), roster.end("names"))
        if "：" in s.folded[begin : begin + 12] and (due := deadline_in(s.folded[begin:end], s.lexicon)):
            self.due = self.due or due
            return
        if _LINE_LABEL.match(s.folded, begin, end) and self._line(begin, end):
            return
        begin = self._colon(begin, end)
        at = begin
        for found in BRACKET.finditer(s.folded, begin, end):
            closing = s.folded[found.end() : end].lstrip(" ")[:1] in ("", "。") or s.folded[
                at : found.start()
            ].endswith("。")
            named = named_in(
                s.text,
                s.folded,
                found.start(1),
                found.end(1),
                Basis.BRACKET,
                s.rule,
                s.lexicon,
                closing=closing,
            )
            if named is None:
                continue
            self._sentences(at, found.start())
            self._govern(
                named, Basis.BRACKET, s.text[found.start(1) : found.end(1)], found.start(), found.end()
            )
            at = found.end()
        self._sentences(at, end)

    def finish(self) -> None:
        """Whatever no bracket governs keeps its colon, subject or heading."""
        found = (*self.done, *self.loose)
        self.state.stretches.extend(replace(st, due=st.due or self.due) for st in found)

    def _govern(self, named: Named, basis: Basis, text: str, start: int, end: int) -> None:
        """What was read since the last bracket is for these holders; a bare heading is then the duty itself."""
        s = self.state
        s.brackets.append(Bracket(self.clause.ref, text, named.holders, start, end, self.governed_from))
        names = {h.name for h in named.holders}
        also = tuple(h for h in s.rule.also if h.name not in names) if basis is Basis.BRACKET else ()
        if not self.loose and not self.done and self.clause.heading:
            at = self.clause.content.start
            self.loose.append(Stretch(self.clause, at, at + len(self.clause.heading), (), None))
        self.group = len(self.done)
        self.done.extend(
            replace(st, holders=named.holders + also, basis=basis, flags=(), due=named.due)
            for st in self.loose
        )
        self.loose, self.governed_from = [], end

    def _line(self, begin: int, end: int) -> bool:
        """责任单位：A、B on a line of its own is for the task above it; 配合单位：C below it adds to the same task."""
        s = self.state
        named = named_in(s.text, s.folded, begin, end, Basis.LINE, s.rule, s.lexicon)
        if named is None:
            return False
        text = s.text[begin:end].strip()
        last = s.brackets[-1] if s.brackets and not self.loose and self.done[self.group :] else None
        if (
            last
            and last.clause is self.clause.ref
            and not {h.role for h in last.holders} & {h.role for h in named.holders}
        ):
            holders = last.holders + named.holders
            s.brackets[-1] = replace(last, text=f"{last.text}；{text}", holders=holders, end=end)
            self.done[self.group :] = [
                replace(d, holders=d.holders + named.holders) for d in self.done[self.group :]
            ]
        else:
            self._govern(named, Basis.LINE, text, begin, end)
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
        head = s.folded[begin:at]
        tail = next((t for t in s.lexicon.section_tails if head.endswith(t)), "")
        names = split_names(head.removesuffix(tail), s.lexicon) or self._before_matter(head, tail)
        if not names:
            return begin
        self.colon = tuple(self._before_colon(begin + a, begin + b, sort) for a, b, sort in names)
        return at + 1

    def _before_matter(self, head: str, tail: str) -> tuple[tuple[int, int, Sort], ...]:
        """市安监局安全生产工作职责：, 市教育局在质量工作中的职责： — the name before the matter; nothing without 职责 at the end."""
        lexicon = self.state.lexicon
        cut = prefix_name(head, 0, lexicon) if tail else 0
        rest = head[cut:].removesuffix(tail)
        if not cut or len(rest) > _MATTER or any(mark in rest for mark in _NO_MATTER):
            return ()
        names = split_names(head[:cut], lexicon) or ()
        return names if all(sort in (Sort.UNIT, Sort.OFFICE, Sort.GROUP) for *_, sort in names) else ()

    def _before_colon(self, a: int, b: int, sort: Sort) -> Holder:
        s = self.state
        b, role = tagged(s.folded, a, b, s.lexicon)
        return Holder(s.text[a:b], sort, role or Role.UNKNOWN, Basis.COLON, a, b, 0.95, "条款冒号前写明")

    def _sentences(self, begin: int, end: int) -> None:
        s = self.state
        running: tuple[Holder, ...] = ()
        for sentence in sentences(s.folded, begin, end):
            if self._assigns(*sentence):
                running = ()
                continue
            for a, b, found in self._parts(*sentence):
                holders, basis, flags = self._choose(found, running)
                if found and not self.colon:
                    running = found
                    self.last_subject = found
                    self.subjects.extend(found)
                self.loose.append(Stretch(self.clause, a, b, holders, basis, flags))

    def _assigns(self, begin: int, end: int) -> bool:
        """由市工信局牵头，市科技局配合。 · 责任单位：市水务局。: a sentence that only says whose task stands before it."""
        if (
            end - begin > _ASSIGNS
            or self.colon
            or not (self.loose or (self.clause.heading and not self.done))
        ):
            return False
        return self._line(begin, end)

    def _parts(self, begin: int, end: int) -> tuple[Part, ...]:
        s = self.state
        if self.colon:
            return ((begin, end, subject_of(s.text, s.folded, begin, end, s.lexicon)),)
        return parts_of(s.text, s.folded, begin, end, s.rule, s.lexicon)

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
