"""What reading a regulation gives: the document, its clauses, what was odd about them. Offsets count characters of the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..kernel.refs import ClauseRef, Mark


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source: first character, and one past the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Warn:
    """Something a person should look at. Never stops the reading."""

    code: str
    message: str
    start: int = 0
    clause: ClauseRef | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document the text names: 《…》（甘政发〔2010〕25号)."""

    title: str
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShortName:
    """（以下简称“…”）: the short name, and the full one before the bracket."""

    short: str
    full: str
    start: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered place. `lead` + `marker` + `body` is the source verbatim, from `start` to `end`; children follow.

    `level` is 1 for the outermost way of numbering used in the document; `heading` is empty where there is none.
    """

    ref: ClauseRef
    mark: Mark
    level: int
    lead: str
    marker: str
    body: str
    heading: str
    start: int
    end: int
    content: Span
    children: tuple[Clause, ...] = ()

    @property
    def text(self) -> str:
        """The clause's own words, without number and blank edges."""
        return self.body.strip()

    def walk(self) -> Iterator[Clause]:
        """This clause and all below it, in the order of the text."""
        stack = [self]
        while stack:
            clause = stack.pop()
            yield clause
            stack.extend(reversed(clause.children))


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `cells` has 〃 replaced by what it repeats."""

    start: int
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in text form, one `| a | b |` a line. `header` is empty where no row looks like one."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The body (number 0) or an attachment: its clauses after what stands before the first of them."""

    number: int
    title: str
    opening: str
    clauses: tuple[Clause, ...]
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A regulation read. `render(document)` gives the source back character by character."""

    notes: str
    parts: tuple[Part, ...]
    title: str
    doc_no: str
    addressees: tuple[str, ...]
    issue_date: str
    citations: tuple[Citation, ...]
    short_names: tuple[ShortName, ...]
    tables: tuple[Table, ...]
    warnings: tuple[Warn, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The outermost clauses of the body."""
        return self.parts[0].clauses

    def walk(self, attachments: bool = False) -> Iterator[Clause]:
        """All clauses of the body, and of the attachments when asked."""
        for part in self.parts if attachments else self.parts[:1]:
            for clause in part.clauses:
                yield from clause.walk()

    def count(self, mark: Mark) -> int:
        """How many clauses of the body are numbered so."""
        return sum(1 for clause in self.walk() if clause.mark is mark)


def render(document: Document) -> str:
    """The text again, exactly. Reads: notes, openings, clauses, tails. Writes: the source."""
    out = [document.notes]
    for part in document.parts:
        out.append(part.opening)
        for top in part.clauses:
            out.extend(piece for c in top.walk() for piece in (c.lead, c.marker, c.body))
        out.append(part.tail)
    return "".join(out)
