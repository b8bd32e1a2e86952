"""Staged rows as a page shows them: words instead of ids and codes, what changes beside what was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.imports.columns import mapped_fields
from zhize.kit.imports.values import load_refs
from zhize.kit.models import ImportRow, ImportRun

PAGE = 50


def page_of(run: ImportRun, effect: str, after: int) -> tuple[list[ImportRow], int | None]:
    """One page of rows with this effect, by keyset on the line, and the line the next page starts after."""
    rows = list(ImportRow.objects.filter(run=run, effect=effect, line__gt=after).order_by("line")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].line if len(rows) > PAGE else None


def shown(spec: ThingSpec, run: ImportRun, rows: Sequence[ImportRow], actor: Actor) -> list[dict[str, Any]]:
    """Rows with a cell per column: {"now": words, "was": words or None}. One query per reference field."""
    fields = mapped_fields(spec, run.mapping)
    good = [r for r in rows if r.effect != ImportRow.Effect.ERROR]
    values = [r.values for r in good] + [r.before for r in good if r.before]
    refs = load_refs(fields, values, actor)
    return [_row(r, fields, refs) for r in rows]


def _row(row: ImportRow, fields: list[FieldSpec], refs: dict[str, dict[int, Any]]) -> dict[str, Any]:
    written = row.effect == ImportRow.Effect.ERROR
    cells = []
    for one in fields:
        value = row.values.get(one.name)
        now = str(value or "") if written else words(one, value, refs)
        was = None
        if row.effect == ImportRow.Effect.CHANGE and row.before and row.before.get(one.name) != value:
            was = words(one, row.before.get(one.name), refs)
        cells.append({"now": now, "was": was})
    return {"line": row.line, "cells": cells, "problems": [p["text"] for p in row.problems]}


def words(field: FieldSpec, value: Any, refs: dict[str, dict[int, Any]]) -> str:
    """A staged value in words."""
    if value is None or value == "":
        return ""
    if field.kind is Kind.REF and field.ref is not None:
        thing = refs.get(field.name, {}).get(value)
        return str(getattr(thing, field.ref.label)) if thing is not None else f"（编号 {value}）"
    if field.kind is Kind.BOOL:
        return "是" if value else "否"
    if field.choices is not None:
        return str(dict(field.choices.choices).get(value, value))
    return str(value)
