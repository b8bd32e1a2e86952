"""Which column holds which field: by label, name or synonym, within the first lines; asked only when unclear."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from zhize.kit.fields import FieldSpec, ThingSpec

Mapping = dict[str, int]


@dataclass(frozen=True, slots=True)
class Header:
    """The header row found: its line, its words, and the field of each column matched."""

    line: int
    words: tuple[str, ...]
    mapping: Mapping
    missing: tuple[FieldSpec, ...] = field(default=())
    unused: tuple[str, ...] = field(default=())

    @property
    def complete(self) -> bool:
        """Whether every key field has its column: without them a row cannot be recognised."""
        return not self.missing


def normal(text: Any) -> str:
    """A head as compared: width, case, spaces, marks and notes in brackets do not matter.

    Samples: "单位代码 *" = "单位代码", "金额（万元）" = "金额", "Ｃｏｄｅ" = "code".
    """
    plain = unicodedata.normalize("NFKC", str(text or "")).lower()
    plain = re.sub(r"\([^()]*\)", "", plain)
    return re.sub(r"[\s*＊:：]+", "", plain)


def names_of(one: FieldSpec) -> list[str]:
    """Everything a column of this field may be headed with, the label first."""
    return list(dict.fromkeys(filter(None, map(normal, (one.label, one.name, *one.synonyms)))))


def match(spec: ThingSpec, words: Sequence[Any]) -> Mapping:
    """The column of each field whose head is known; a head used twice goes to the first."""
    columns: Mapping = {}
    heads = [normal(w) for w in words]
    for one in spec.editable_fields:
        at = next((heads.index(n) for n in names_of(one) if n in heads), None)
        if at is not None and at not in columns.values():
            columns[one.name] = at
    return columns


def find_header(spec: ThingSpec, first: Sequence[tuple[int, list[Any]]]) -> Header:
    """The line among the first with the most known heads; the first line with words when none has any."""
    best_line, best_words, best = 0, (), {}  # type: int, tuple[Any, ...], Mapping
    for line, cells in first:
        found = match(spec, cells)
        if len(found) > len(best):
            best_line, best_words, best = line, tuple(cells), found
    if not best:
        best_line, best_words = next(
            ((line, tuple(cells)) for line, cells in first if any(str(c).strip() for c in cells)), (1, ())
        )
    return header(spec, best_line, [str(w).strip() if w is not None else "" for w in best_words], best)


def mapped_fields(spec: ThingSpec, mapping: Mapping) -> list[FieldSpec]:
    """The fields a file brings, in the thing's own order (PostgreSQL keeps no order of keys in stored JSON)."""
    return [f for f in spec.editable_fields if f.name in mapping]


def header(spec: ThingSpec, line: int, words: Sequence[str], mapping: Mapping) -> Header:
    """A header with what it lacks and what it leaves unused."""
    used = set(mapping.values())
    return Header(
        line,
        tuple(words),
        mapping,
        missing=tuple(f for f in _keys(spec) if f.name not in mapping),
        unused=tuple(w for at, w in enumerate(words) if w and at not in used),
    )


def _keys(spec: ThingSpec) -> tuple[FieldSpec, ...]:
    return spec.key_fields or tuple(f for f in spec.editable_fields if f.required)


def signature(words: Sequence[str]) -> str:
    """What a remembered mapping hangs on: the same heads in the same order."""
    return hashlib.sha256(json.dumps([normal(w) for w in words], ensure_ascii=False).encode()).hexdigest()
