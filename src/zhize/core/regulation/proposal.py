"""What the reader proposes for a person to confirm beside the original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from ..kernel.refs import ClauseRef
from .amounts import Amount, amounts
from .holders import Basis, Bracket, Holder, Role, Sort
from .model import Clause, Document, Warn
from .sorts import DocumentSort

METHOD = "regulation.read"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often or by when, as far as the text says. `every`: month, quarter, half, year or empty; `words` as printed."""

    every: str = ""
    words: str = ""
    due: str = ""
    at_least: str = ""
    prompt: str = ""

    def __bool__(self) -> bool:
        return bool(self.every or self.due or self.at_least or self.prompt)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One proposed duty: a segment of a clause, for whom, of what kind and nature. `key` is clause path # segment."""

    ref: ClauseRef
    number: int
    text: str
    start: int
    end: int
    holders: tuple[Holder, ...]
    kind: str
    nature: str
    recurrence: Recurrence
    flags: tuple[tuple[str, str], ...]
    confidence: float
    reason: str
    basis: Basis | None

    @property
    def key(self) -> str:
        """E.g. 3.1.6#3."""
        return f"{self.ref}#{self.number}"

    @property
    def common(self) -> bool:
        """A duty of all members, multiplied out over them."""
        return any(h.sort is Sort.MEMBERS for h in self.holders)

    @property
    def units(self) -> tuple[Holder, ...]:
        """The named units that hold it; co-actors and collectives left out."""
        return tuple(h for h in self.holders if h.sort is Sort.UNIT and h.role is not Role.CO_ACT)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything read from one text. `unowned`: clauses with text but without any holder (责任空白), for a person."""

    document: Document
    candidates: tuple[Candidate, ...]
    brackets: tuple[Bracket, ...]
    holders: tuple[Holder, ...]
    members: tuple[Holder, ...]
    unowned: tuple[ClauseRef, ...]
    warnings: tuple[Warn, ...]
    edition: str
    sort: DocumentSort = DocumentSort.DUTIES

    @property
    def named(self) -> tuple[Holder, ...]:
        """The named units that hold something; co-actors and collectives left out."""
        return tuple(h for h in self.holders if h.sort is Sort.UNIT and h.role is not Role.CO_ACT)

    def pairs(self) -> Iterator[tuple[Holder, Candidate]]:
        """Unit × duty; common duties are not multiplied out here (see `common_pairs`)."""
        for candidate in self.candidates:
            for unit in candidate.units:
                yield unit, candidate

    def common_pairs(self) -> Iterator[tuple[Holder, Candidate]]:
        """Member × common duty."""
        for candidate in self.candidates:
            if candidate.common:
                for member in self.members:
                    yield member, candidate

    def to_json(self) -> dict[str, Any]:
        """Plain values only: what `zhize calc regulation.read` prints."""
        document = self.document
        return {
            "method": METHOD,
            "edition": self.edition,
            "sort": self.sort.value,
            "title": document.title,
            "doc_no": document.doc_no,
            "addressees": list(document.addressees),
            "issue_date": document.issue_date,
            "citations": [
                {"title": c.title, "number": c.number, "start": c.start} for c in document.citations
            ],
            "short_names": [
                {"short": s.short, "full": s.full, "start": s.start} for s in document.short_names
            ],
            "clauses": [_clause_json(c) for c in document.walk(attachments=True)],
            "holders": [_holder_json(h) for h in self.holders],
            "members": [h.name for h in self.members],
            "brackets": [
                {
                    "clause": str(b.clause),
                    "printed": b.clause.printed(),
                    "text": b.text,
                    "holders": [_holder_json(h) for h in b.holders],
                }
                for b in self.brackets
            ],
            "duties": [_candidate_json(c) for c in self.candidates],
            "unowned": [str(ref) for ref in self.unowned],
            "counts": self.counts(),
            "warnings": [
                {
                    "code": w.code,
                    "message": w.message,
                    "start": w.start,
                    "clause": str(w.clause) if w.clause else "",
                }
                for w in self.warnings
            ],
        }

    def counts(self) -> dict[str, int]:
        """The figures a person checks first. Segments and pairs are those of named units before a colon."""
        own = [c for c in self.candidates if c.units and c.basis is not Basis.BRACKET]
        return {
            "units": len({h.name for h in self.named}),
            "segments": len(own),
            "pairs": sum(len(c.units) for c in own),
            "common": sum(1 for c in self.candidates if c.common),
            "duties": len(self.candidates),
            "flagged": sum(1 for c in self.candidates if c.flags),
            "unowned": len(self.unowned),
            "warnings": len(self.warnings),
        }


def _clause_json(clause: Clause) -> dict[str, Any]:
    return {
        "ref": str(clause.ref),
        "printed": clause.ref.printed(),
        "mark": clause.mark.value,
        "level": clause.level,
        "marker": clause.marker,
        "heading": clause.heading,
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "amounts": [amount_json(one) for one in amounts(clause.text)],
    }


def amount_json(one: Amount) -> dict[str, Any]:
    """A figure as plain values; places are not told (they are of the words it was read from)."""
    return {
        "sort": one.sort.value,
        "name": one.name,
        "relation": one.relation,
        "value": f"{one.value.normalize():f}",
        "unit": one.unit,
        "words": one.words,
    }


def _holder_json(holder: Holder) -> dict[str, Any]:
    plain = asdict(holder)
    return {
        **plain,
        "sort": holder.sort.value,
        "role": holder.role.value,
        "basis": holder.basis.value,
        "collective": holder.collective,
    }


def _candidate_json(c: Candidate) -> dict[str, Any]:
    return {
        "key": c.key,
        "clause": str(c.ref),
        "printed": c.ref.printed(),
        "segment": c.number,
        "text": c.text,
        "start": c.start,
        "end": c.end,
        "holders": [_holder_json(h) for h in c.holders],
        "common": c.common,
        "kind": c.kind,
        "nature": c.nature,
        "recurrence": asdict(c.recurrence),
        "amounts": [amount_json(one) for one in amounts(c.text)],
        "flags": [{"code": code, "reason": reason} for code, reason in c.flags],
        "confidence": c.confidence,
        "reason": c.reason,
    }
