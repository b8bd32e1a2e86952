"""Record types (台账种类): no table but rule editions by code. A file in rules/registers is a register."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from zhize.apps.registers.models.reading import Reading, TypeRule, field_of
from zhize.kit.field_data import two_languages
from zhize.kit.fields import FieldSpec, Label
from zhize.kit.rules import RuleError, register_schema, rule, shipped, shipped_names
from zhize.kit.rules.load import digest_of

FOLDER = "registers/"
VALUES = "values"
CODE = re.compile(r"[a-z][a-z_]{1,38}")  # sample: "sampling"
TAKEN = frozenset({"due", "subjects", "records", "subject", "record"})  # addresses and kinds of their own


@dataclass(frozen=True, slots=True, eq=False)
class RecordType:
    """A record type as its edition of one day has it. `edition` is the SHA-256 of that edition's values."""

    code: str
    title: str
    title_en: str
    rule: TypeRule
    fields: tuple[FieldSpec, ...]
    edition: str
    source: str

    @property
    def label(self) -> Label:
        """Its name in the language of the page."""
        return two_languages(self.title, self.title_en)

    @property
    def kind(self) -> str:
        """The thing's kind in lists, imports and links, and its code among sources of discharge."""
        return f"registers.{self.code}"

    @property
    def reading(self) -> Reading:
        return self.rule.reading

    def field(self, name: str) -> FieldSpec:
        return next(f for f in self.fields if f.name == name)

    def is_kept_by(self, unit_code: str) -> bool:
        return any(fnmatchcase(unit_code, pattern) for pattern in self.rule.keepers.units)

    @property
    def is_published(self) -> bool:
        """Whether every member of the jurisdiction may read it."""
        return self.rule.publicity == "jurisdiction"


@cache
def type_codes() -> tuple[str, ...]:
    """Codes of all shipped types, in the order of their names."""
    return tuple(name.removeprefix(FOLDER) for name in shipped_names() if name.startswith(FOLDER))


@lru_cache(maxsize=512)
def record_type(code: str, on: date) -> RecordType:
    """The type in force on a day. Raises `RuleError` where there is none of that code."""
    name = f"{FOLDER}{code}"
    found = rule(name, on=on)
    plain = found.plain()
    made = TypeRule.model_validate(plain)
    base = shipped(name)
    return RecordType(
        code=code,
        title=base.title,
        title_en=base.title_en,
        rule=made,
        fields=tuple(replace(field_of(one, n), inside=VALUES) for n, one in enumerate(made.fields, 1)),
        edition=digest_of(plain),
        source=found.values["fields"].source,
    )


def record_types(on: date) -> tuple[RecordType, ...]:
    """All types, in the order of their rules."""
    return tuple(sorted((record_type(code, on) for code in type_codes()), key=lambda one: one.rule.order))


def published_codes(on: date) -> list[str]:
    """Types every member of the jurisdiction may read."""
    return [one.code for one in record_types(on) if one.is_published]


def load_types(on: date) -> None:
    """Registers the schema of every file and reads each once: a wrong one stops the start, in words."""
    for code in type_codes():
        if code in TAKEN or not CODE.fullmatch(code):
            raise RuleError(
                f"台账不能叫“{code}”",
                where=f"rules/registers/{code}.yaml",
                remedy="请用小写字母和下划线另取文件名",
            )
        register_schema(f"{FOLDER}{code}", TypeRule)
        shipped(f"{FOLDER}{code}")
        record_type(code, on)
