"""Clause tree with holders → proposed duties; and the reader's one door, `read` (method `regulation.read`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..kernel.refs import ClauseRef
from ..regulation.assign import Assignment, assign
from ..regulation.holders import Basis, Holder, Role, Sort
from ..regulation.lexicon import Lexicon
from ..regulation.model import Document, Warn
from ..regulation.parse import parse
from ..regulation.proposal import Candidate, Proposal
from ..regulation.sorts import SILENT, DocumentSort, document_sort
from ..regulation.stretches import Stretch
from ..regulation.subjects import co_actors
from .declared import declared_counts
from .kinds import OTHER, kind_of, nature_of, recurrence_of
from .segments import cell_segments, segments

# 完成时限：2019年12月底; a column 2024年6月
_MONTH = re.compile(r"(?:到)?\d{4}年\d{1,2}月(?:\d{1,2}日|底|末)?")
_SURE = {
    Basis.COLUMN: 0.9,
    Basis.BRACKET: 0.95,
    Basis.LINE: 0.9,
    Basis.COLON: 0.95,
    Basis.HEADING: 0.85,
    Basis.SUBJECT: 0.75,
}
_WHERE = {
    Basis.COLUMN: "表格列写明责任单位",
    Basis.BRACKET: "括注写明责任单位",
    Basis.LINE: "任务后一行写明责任单位",
    Basis.COLON: "冒号前写明责任单位",
    Basis.HEADING: "由所在部分的标题推定责任主体",
    Basis.SUBJECT: "由句子主语推定责任主体",
}


def read(text: str, lexicon: Lexicon) -> Proposal:
    """Text of a regulation → what a person is asked to confirm: clauses, holders, duties, with confidence and reason.

    Never raises on odd text; what is odd is in `warnings` and `flags`. Time grows linearly with the text.
    """
    document = parse(text, lexicon)
    return propose(text, document, assign(text, document, lexicon), lexicon)


def propose(text: str, document: Document, assignment: Assignment, lexicon: Lexicon) -> Proposal:
    """Reads: document, stretches with holders. Writes: candidates, holders, clauses without a holder."""
    folded = lexicon.folded(text)
    counter: Counter[ClauseRef] = Counter()
    candidates: list[Candidate] = []
    owned: set[ClauseRef] = set()
    empty: dict[ClauseRef, None] = {}
    sort = document_sort(document, assignment)
    silent = sort in SILENT
    for stretch in assignment.stretches if not silent else ():
        if not stretch.holders:
            empty[stretch.clause.ref] = None
            continue
        owned.add(stretch.clause.ref)
        for start, end in _segments(folded, stretch):
            counter[stretch.clause.ref] += 1
            candidates.append(
                _candidate(text, folded, stretch, start, end, counter[stretch.clause.ref], lexicon)
            )
    return Proposal(
        document=document,
        candidates=tuple(candidates),
        brackets=assignment.brackets,
        holders=() if silent else _all_holders(assignment, candidates),
        members=assignment.members,
        unowned=tuple(ref for ref in empty if ref not in owned),
        warnings=document.warnings
        + assignment.warnings
        + (_no_duties(sort) if silent else declared_counts(folded, document, candidates)),
        sort=sort,
        edition=lexicon.edition,
    )


def _no_duties(sort: DocumentSort) -> tuple[Warn, ...]:
    return (
        Warn(
            "no_duties", f"这是{sort.label}，没有逐项分工，不提取职责；如其中确有分工，请把那一部分单独登记"
        ),
    )


def _segments(folded: str, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Lead-ins (履行下列职责：) with clauses below them are no duties."""
    if stretch.cell:
        yield from cell_segments(folded, stretch.start, stretch.end, stretch.cell)
        return
    for start, end in segments(folded, stretch.start, stretch.end):
        if not (folded[end - 1] == "：" and stretch.clause.children):
            yield start, end


def _candidate(
    text: str, folded: str, stretch: Stretch, start: int, end: int, number: int, lexicon: Lexicon
) -> Candidate:
    words = folded[start:end]
    names = {h.name for h in stretch.holders}
    helpers = tuple(h for h in co_actors(text, folded, start, end, lexicon) if h.name not in names)
    kind, word = kind_of(words, lexicon)
    recurrence = recurrence_of(words if not stretch.due else f"{words}。{_before(stretch.due)}", lexicon)
    sorts = frozenset(h.sort for h in stretch.holders)
    nature, why = nature_of(words, kind, recurrence, sorts, lexicon)
    flags = (*stretch.flags, *_substance(words, stretch.holders, lexicon))
    basis = stretch.basis or Basis.HEADING
    sure = min(_SURE.get(basis, 0.6), *(h.confidence for h in stretch.holders))
    sure -= (
        (0.25 if flags else 0)
        + (0.1 if kind == OTHER else 0)
        + (0.05 if any(h.collective for h in stretch.holders) else 0)
    )
    kind_why = f"类别依“{word}”" if word else "没有认得的动词，类别待定"
    return Candidate(
        ref=stretch.clause.ref,
        number=number,
        text=text[start:end].replace(" / ", ""),
        start=start,
        end=end,
        holders=stretch.holders + helpers,
        kind=kind,
        nature=nature.value,
        recurrence=recurrence,
        flags=flags,
        confidence=round(max(0.05, sure), 2),
        reason=f"{_WHERE.get(basis, '责任主体待定')}；{kind_why}；{why}",
        basis=stretch.basis,
    )


def _before(due: str) -> str:
    """2019年12月底 in a place for deadlines means before it."""
    return f"{due}前" if _MONTH.fullmatch(due) else due


def _substance(words: str, holders: Sequence[Holder], lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """A sentence of a joint entry whose matter is that of one unit only (forestry works): for a person."""
    units = [h for h in holders if h.sort is Sort.UNIT and h.role is Role.UNKNOWN]
    if len(units) < 2 or any(h.basis is not Basis.COLON for h in units):
        return ()
    fitting: dict[str, str] = {}
    for stem, themes in lexicon.themes.items():
        if hit := next((w for w in themes if w in words), ""):
            fitting.update({h.name: hit for h in units if stem in h.name})
    if len(fitting) != 1:
        return ()
    name, hit = next(iter(fitting.items()))
    return (("fits_one", f"本句讲“{hit}”，内容上只像{name}的职责；文字未点名，请确认由谁承担"),)


def _all_holders(assignment: Assignment, candidates: Sequence[Candidate]) -> tuple[Holder, ...]:
    """Each holder once, in order of appearance; co-actors only where they hold nothing themselves."""
    seen: dict[tuple[str, Sort], Holder] = {}
    listed = (
        h for group in (assignment.stretches, assignment.brackets) for item in group for h in item.holders
    )
    for holder in sorted(listed, key=lambda h: h.start):
        seen.setdefault((holder.name, holder.sort), holder)
    for candidate in candidates:
        for holder in candidate.holders:
            seen.setdefault((holder.name, holder.sort), holder)
    return tuple(seen.values())
