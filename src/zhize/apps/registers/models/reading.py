"""What rule data of a record type must look like (rules/registers/*.yaml), checked when the product starts."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, model_validator

from zhize.core.kernel.errors import BadRule
from zhize.kit.field_data import field_from_mapping
from zhize.kit.fields import FieldSpec, Kind

KEY_LENGTH = 200
RESERVED = frozenset(
    {"subject_name", "subject_code", "region", "keeper", "due_on", "standing", "q", "sort", "col", "cursor"}
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Keepers(_Frozen):
    """Which units keep it, by patterns of unit codes: "*-zjj"."""

    units: tuple[str, ...] = Field(min_length=1)


class About(_Frozen):
    """Whom a record is about, and the heads under which other systems' tables carry it."""

    kind: Literal["enterprise", "institution", "project", "site"]
    label: str
    label_en: str
    required: bool
    synonyms: tuple[str, ...] = ()
    code_synonyms: tuple[str, ...] = ()


class Due(_Frozen):
    """When a record falls due: a printed date (`field`), else `months` after `after`, less `less_days`.

    `by` names a choice whose value says in `words` what is then to be done; a value without words never falls due.
    """

    label: str
    label_en: str
    field: str = ""
    after: str = ""
    months: str = ""
    less_days: NonNegativeInt = 0
    by: str = ""
    words: dict[str, str]


class Outcome(_Frozen):
    """Which values of a choice pass and which fail; any other decides nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    field: str
    passes: tuple[str, ...] = Field(alias="pass", min_length=1)
    fails: tuple[str, ...] = Field(alias="fail", min_length=1)


class Reading(_Frozen):
    """How a record is read: what identifies it and what it is called, the day that counts, when it falls due, whether it passed."""

    key: tuple[str, ...] = Field(min_length=1)
    object: tuple[str, ...] = ()
    name: str = ""
    counts_on: str
    due: Due | None = None
    outcome: Outcome | None = None
    search: tuple[str, ...] = ()


class TypeRule(_Frozen):
    """All values of one file on one day."""

    order: NonNegativeInt = 100
    keepers: Keepers
    subject: About | None
    clauses: tuple[str, ...]
    fields: tuple[dict[str, Any], ...] = Field(min_length=1)
    reading: Reading
    remind_days: NonNegativeInt
    publicity: Literal["jurisdiction", "keeper"]
    measures: tuple[Literal["count", "pass_rate", "coverage"], ...]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        """The reading names fields that are there and of a kind that suits."""
        try:
            made = {spec.name: spec for n, one in enumerate(self.fields, 1) for spec in [field_of(one, n)]}
        except BadRule as error:
            raise ValueError(str(error)) from error
        if len(made) != len(self.fields):
            raise ValueError("有两个登记项同名")
        if taken := RESERVED & set(made):
            raise ValueError(f"登记项不能叫 {'、'.join(sorted(taken))}：这些名称留给系统")
        for name, kinds, why in self._named():
            if name not in made:
                raise ValueError(f"读法里的“{name}”不是登记项（{why}）")
            if kinds and made[name].kind not in kinds:
                raise ValueError(f"“{name}”应为 {'、'.join(k.value for k in kinds)}（{why}）")
        for name in (*self.reading.key, self.reading.counts_on):
            if not made[name].required:
                raise ValueError(f"“{name}”应为必填：它认出一条记录，或定它计入哪一天")
        if sum(1 + _width(made[name]) for name in self.reading.key) > KEY_LENGTH:
            raise ValueError(f"标识各项的 max_length 合计不能超过 {KEY_LENGTH}")
        if self.reading.outcome is None and "pass_rate" in self.measures:
            raise ValueError("没有合格与否（outcome），不能提供合格率")
        if self.reading.due is None and "coverage" in self.measures:
            raise ValueError("没有到期（due），不能提供有效比例")
        return self

    def _named(self) -> list[tuple[str, tuple[Kind, ...], str]]:
        reading, due, outcome = self.reading, self.reading.due, self.reading.outcome
        plain = (Kind.TEXT, Kind.CODE, Kind.DATE, Kind.INTEGER)
        named: list[tuple[str, tuple[Kind, ...], str]] = [(n, plain, "key") for n in reading.key]
        named += [(n, plain, "object") for n in reading.object]
        named += [(n, (Kind.TEXT, Kind.CODE, Kind.LONG), "search") for n in reading.search]
        named += [(reading.name, (Kind.TEXT, Kind.CODE), "name")] if reading.name else []
        named.append((reading.counts_on, (Kind.DATE,), "counts_on"))
        if due:
            named += [(n, (Kind.DATE,), "due") for n in (due.field, due.after) if n]
            named += [(due.months, (Kind.INTEGER,), "due")] if due.months else []
            named += [(due.by, (Kind.CHOICE,), "due")] if due.by else []
        if outcome:
            named.append((outcome.field, (Kind.CHOICE,), "outcome"))
        return named


def _width(field: FieldSpec) -> int:
    """The most characters a value of the field takes in a key."""
    return field.max_length or KEY_LENGTH if field.kind in (Kind.TEXT, Kind.CODE) else 20


def field_of(data: dict[str, Any], number: int) -> FieldSpec:
    """One registered item; references are kept by columns of their own, never here."""
    made = field_from_mapping(data, f"fields[{number}]")
    if made.kind is Kind.REF:
        raise BadRule(
            "登记项不能是引用",
            where=f"fields[{number}].kind",
            remedy="主体和地区由系统提供，其余请用文字或选项",
        )
    return made
