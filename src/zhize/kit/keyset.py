"""Keyset paging: a page begins after a row, not at a number, so page 1,000 costs what page 1 costs.

The cursor holds the ordering values of the row it stands at. Empty values stand last, whichever the
direction of the sort, on SQLite and PostgreSQL alike: databases differ, and nobody looks for blanks first.
The primary key closes every ordering, so that no two rows are equal and each row is met exactly once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.sql.where import WhereNode


class BadCursor(ValueError):
    """The cursor was cut, altered, or belongs to another list or another order."""


@dataclass(frozen=True, slots=True)
class Term:
    """One step of an ordering: a path, its direction, whether it may be empty, and the field that reads it back."""

    path: str
    descending: bool
    nullable: bool
    field: models.Field[Any, Any]

    def order(self, *, backward: bool) -> OrderBy:
        # Only nullable columns say where NULL stands: a plain ordering can use a plain index.
        nulls = {"nulls_first" if backward else "nulls_last": True} if self.nullable else {}
        path = F(self.path)
        return path.desc(**nulls) if self.descending != backward else path.asc(**nulls)

    def beyond(self, value: Any, *, backward: bool) -> Q | None:
        """Rows that stand past `value` at this step; None where nothing can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backward else None
        rises = self.descending == backward
        past = Q(**{f"{self.path}__{'gt' if rises else 'lt'}": value})
        if self.nullable and not backward:
            past |= Q(**{f"{self.path}__isnull": True})
        return past

    def level(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows, with the cursors of its neighbours ("" at the ends)."""

    rows: list[Any]
    previous: str
    next: str


def terms_of(queryset: models.QuerySet[Any], ordering: Sequence[str]) -> tuple[Term, ...]:
    """The ordering as terms, closed by the primary key.

    A foreign key stands for its model's own ordering, so units sort by 建制顺序; its column (`card_id`) for itself, found by
    an index of this table alone. To-many paths raise: a row
    would stand in two places.
    """
    terms: list[Term] = []
    for name in (*ordering, "pk"):
        for term in _expand(queryset, name.lstrip("-"), descending=name.startswith("-")):
            if term.path not in [t.path for t in terms]:
                terms.append(term)
            if term.field.unique and not term.nullable and "__" not in term.path:
                return tuple(terms)
    return tuple(terms)


def _expand(queryset: models.QuerySet[Any], path: str, *, descending: bool) -> list[Term]:
    if path in queryset.query.annotations:
        return [Term(path, descending, True, queryset.query.annotations[path].output_field)]
    model: type[models.Model] = queryset.model
    nullable = False
    parts = path.split("__")
    for place, part in enumerate(parts):
        field: Any = model._meta.pk if part == "pk" else model._meta.get_field(part)
        if not isinstance(field, models.Field) or field.many_to_many:
            raise ValueError(
                f"{path!r} of {queryset.model.__name__} leads to many rows: no list is ordered by it"
            )
        nullable = nullable or field.null
        if isinstance(field, models.ForeignKey) and part == field.attname:
            return [Term(path, descending, nullable, field.target_field)]
        if isinstance(field, models.ForeignKey):
            model = field.remote_field.model
            if place == len(parts) - 1:
                return [
                    term
                    for name in (*(model._meta.ordering or ()), "pk")
                    for term in _expand(
                        queryset,
                        f"{path}__{str(name).lstrip('-')}",
                        descending=descending != str(name).startswith("-"),
                    )
                ]
    return [Term(path, descending, nullable, field)]


def slice_of(queryset: models.QuerySet[Any], terms: tuple[Term, ...], cursor: str, size: int) -> Slice:
    """The page at `cursor` ("" is the first). One statement. Raises `BadCursor`."""
    backward, values = _read(queryset.model, terms, cursor) if cursor else (False, None)
    rows = ordered(queryset, terms, backward=backward)
    if values is not None:
        rows = rows.filter(_past(terms, values, backward=backward))
    found = list(_first(rows, size + 1))
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    before, after = (more, True) if backward else (bool(cursor), more)

    def at(row: Any, *, backward: bool) -> str:
        values = [getattr(row, f"keyset_{i}") for i in range(len(terms))]
        return _signer(queryset.model, terms).sign_object([int(backward), [_plain(v) for v in values]])

    return Slice(
        found,
        previous=at(found[0], backward=True) if found and before else "",
        next=at(found[-1], backward=False) if found and after else "",
    )


def _first(rows: models.QuerySet[Any], size: int) -> models.QuerySet[Any]:
    """The first rows, chosen by keys alone and joined only then, in the one statement.

    With the joins beside the choice a database may begin at a joined table and sort everything; alone, the choice
    follows the index of the ordering and stops. Every condition, the scope first of all, stands in the choice. Rows
    that are grouped or made distinct are left as they are.
    """
    if rows.query.distinct or rows.query.group_by or rows.query.combinator:
        return rows[:size]
    chosen = rows.all()
    chosen.query.where = WhereNode()
    return chosen.filter(pk__in=rows.values("pk")[:size])


def ordered(
    queryset: models.QuerySet[Any], terms: tuple[Term, ...], *, backward: bool = False
) -> models.QuerySet[Any]:
    """The rows in the order of the terms, each carrying its ordering values."""
    keys = {f"keyset_{i}": F(term.path) for i, term in enumerate(terms)}
    rows: models.QuerySet[Any] = queryset.order_by(*(t.order(backward=backward) for t in terms))
    carrying: models.QuerySet[Any] = rows.annotate(**keys)
    return carrying


def _past(terms: tuple[Term, ...], values: list[Any], *, backward: bool) -> Q:
    """(a beyond) or (a level and b beyond) or … ; its first step is said once more by itself, for the index."""
    past, level = Q(pk__in=[]), Q()
    for term, value in zip(terms, values, strict=True):
        beyond = term.beyond(value, backward=backward)
        if beyond is not None:
            past |= level & beyond
        level &= term.level(value)
    first, value = terms[0], values[0]
    if not first.nullable:
        past &= Q(**{f"{first.path}__{'gte' if first.descending == backward else 'lte'}": value})
    return past


def _signer(model: type[models.Model], terms: tuple[Term, ...]) -> Signer:
    order = ",".join(f"{'-' if t.descending else ''}{t.path}" for t in terms)
    return Signer(salt=f"zhize.keyset:{model._meta.label}:{order}")


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # datetime too
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(model: type[models.Model], terms: tuple[Term, ...], cursor: str) -> tuple[bool, list[Any]]:
    try:
        backward, plain = _signer(model, terms).unsign_object(cursor)
        values = [term.field.to_python(value) for term, value in zip(terms, plain, strict=True)]
    except (BadSignature, ValidationError, ValueError, TypeError, UnicodeError) as error:
        raise BadCursor(cursor[:80]) from error
    return bool(backward), values
