"""A list as its address says it: filters, order, columns and place, read from the query and written back.

Nothing in the query can make the page fail: what makes no sense is left out and said in words (`notices`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.kit.actor import Actor
from zhize.kit.columns import Column, columns_of, joined
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.filters import ThingFilterSet, filterset_class
from zhize.kit.inside import lookup_of, with_inside
from zhize.kit.keyset import BadCursor, Slice, Term, ordered, slice_of, terms_of

PAGE_SIZE = 50
UNBROKEN = frozenset({Kind.DATE, Kind.PHONE, Kind.CODE})  # a number over two lines is read wrongly
COUNTED = 10_000  # totals stop here: counting more costs more than it tells


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows match, or that they are more than anybody counts."""

    count: int
    capped: bool

    def __str__(self) -> str:
        return f"{self.count:,}+" if self.capped else f"{self.count:,}"


def total_of(rows: models.QuerySet[Any], limit: int = COUNTED) -> Total:
    """One statement over at most `limit` + 1 rows."""
    count = rows.order_by()[: limit + 1].count()
    return Total(min(count, limit), count > limit)


class Listing:
    """One list for one actor and one query. `rows` narrows the spec's own rows (a unit's page, a tab)."""

    def __init__(
        self,
        spec: ThingSpec,
        actor: Actor,
        params: QueryDict,
        *,
        rows: models.QuerySet[Any] | None = None,
        path: str = "",
    ) -> None:
        self.spec, self.actor, self.params, self.path = spec, actor, params, path
        base = with_inside(spec, spec.rows(actor) if rows is None else rows)
        self.filterset: ThingFilterSet = filterset_class(spec, actor)(params, base)
        self.filtered: models.QuerySet[Any] = self.filterset.rows
        self.notices: list[str] = [_("条件未采用。") + problem for problem in self.filterset.problems()]
        self.sort = self._sort()

    # --- what the query says -------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields shown, in the spec's order; the first column heads the row and always stays."""
        listed = self.spec.listed_fields
        asked = {name for value in self.params.getlist("col") for name in value.split(",")}
        if not asked & {f.name for f in listed}:
            return tuple(f for i, f in enumerate(listed) if f.default_column or i == 0)
        return tuple(f for i, f in enumerate(listed) if f.name in asked or i == 0)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.fields)

    def _sort(self) -> str:
        asked = self.params.get("sort", "")
        if not asked:
            return ""
        if asked.lstrip("-") in {f.name for f in self.spec.listed_fields if self._sortable(f)}:
            return "-" + asked.lstrip("-") if asked.startswith("-") else asked
        self.notices.append(_("不能按“%(name)s”排序，已按默认顺序显示。") % {"name": asked[:40]})
        return ""

    def _sortable(self, field: FieldSpec) -> bool:
        return field.sortable and bool(field.sort or lookup_of(self.spec, field))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        ordering = self.spec.ordering
        if self.sort:
            field = self.spec.field(self.sort.lstrip("-"))
            paths = field.sort or (lookup_of(self.spec, field),)
            if self.sort.startswith("-"):
                paths = tuple(p[1:] if p.startswith("-") else f"-{p}" for p in paths)
            ordering = (*paths, *ordering)
        return terms_of(self.filtered, ordering)

    # --- rows ----------------------------------------------------------------------------------------------

    @property
    def joined_rows(self) -> models.QuerySet[Any]:
        """The matching rows with the references the shown columns need."""
        return joined(self.spec, self.filtered, self.fields)

    def slice(self, size: int = PAGE_SIZE) -> Slice:
        """The rows of the page asked for; a cursor that leads nowhere leads to the first page, with a word."""
        rows = self.joined_rows
        cursor = self.params.get("cursor", "")
        try:
            found = slice_of(rows, self.terms, cursor, size)
        except BadCursor:
            self.notices.append(_("翻页位置已失效（地址不完整，或排序已改变），已回到第一页。"))
            return slice_of(rows, self.terms, "", size)
        if cursor and not found.rows:  # the rows that stood there are gone
            return slice_of(rows, self.terms, "", size)
        return found

    def all_rows(self, fields: tuple[FieldSpec, ...]) -> models.QuerySet[Any]:
        """Every matching row in order, for an export."""
        return ordered(joined(self.spec, self.filtered, fields), self.terms)

    def total(self, page: Slice) -> Total:
        """Without a statement where the page is the whole list."""
        if not page.previous and not page.next:
            return Total(len(page.rows), capped=False)
        return total_of(self.filtered)

    # --- the query written back ----------------------------------------------------------------------------

    @cached_property
    def kept(self) -> dict[str, str]:
        """The query without its place, only what has a meaning here; what a saved view keeps."""
        values = {name: self.params.get(name, "") for name in self.filterset.filters}
        values["sort"] = self.sort
        values["col"] = ",".join(f.name for f in self.fields) if "col" in self.params else ""
        return {name: value for name, value in values.items() if value}

    @property
    def kept_outside_filters(self) -> dict[str, str]:
        """What the filter bar carries along: order and columns."""
        return {k: v for k, v in self.kept.items() if k in {"sort", "col"}}

    @property
    def kept_outside_columns(self) -> dict[str, str]:
        """What the choice of columns carries along: all else, and the first column, which always stays."""
        first = self.spec.listed_fields[0].name
        return {k: v for k, v in self.kept.items() if k != "col"} | {"col": first}

    def query(self, changes: Mapping[str, str] = {}) -> str:
        """The kept query with some parameters set, or dropped where empty; URL-encoded."""
        target = QueryDict(mutable=True)
        target.update({k: v for k, v in {**self.kept, **changes}.items() if v})
        return target.urlencode()

    def address(self, changes: Mapping[str, str] = {}) -> str:
        query = self.query(changes)
        return f"{self.path}?{query}" if query else self.path or "?"

    def heads(self) -> list[dict[str, Any]]:
        """Column heads as the table macro takes them."""
        now = self.sort.lstrip("-")
        heads = []
        for column in self.columns:
            rising = column.name == now and not self.sort.startswith("-")
            heads.append(
                {
                    "label": column.label,
                    "numeric": column.numeric,
                    "sort": self.address({"sort": f"-{column.name}" if rising else column.name})
                    if self._sortable(column.spec)
                    else None,
                    "sorted": (None if column.name != now else "asc" if rising else "desc"),
                    "cls": "col-tight" if column.spec.light else "",
                    "light": column.spec.light,
                    "nowrap": column.spec.whole or column.spec.kind in UNBROKEN,
                }
            )
        return heads

    def cells(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Rows as the table macro takes them: words only, nothing left to look up."""
        return [
            {
                "id": row.pk,
                "cells": [
                    _lit(column, row) if column.spec.light else column.text(row) for column in self.columns
                ],
                "url": self._page_of(row),
            }
            for row in rows
        ]

    def _page_of(self, row: Any) -> str | None:
        spec = self.spec
        return (
            reverse(spec.detail, kwargs={"pk": row.pk})
            if spec.detail and spec.may_open(self.actor, row)
            else None
        )

    def column_choices(self) -> list[dict[str, Any]]:
        shown = {f.name for f in self.fields}
        return [
            {"name": f.name, "label": str(f.label), "shown": f.name in shown, "fixed": i == 0}
            for i, f in enumerate(self.spec.listed_fields)
        ]


def _lit(column: Column, row: Any) -> tuple[str, str]:
    """The light's code and its word."""
    value = column.raw(row)
    return str(value), column.words(column.read(value))
