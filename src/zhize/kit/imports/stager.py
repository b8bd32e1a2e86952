"""Reading, checking and comparing the rows of one file, chunk by chunk: what `kit.imports.stage` runs.

Reads: the stored file of an `ImportRun`, the thing's rows in the actor's scope. Writes: `ImportRow`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.kit.actor import Actor
from zhize.kit.bulk import chunked
from zhize.kit.errors import BadInput
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.files.guards import limits_on
from zhize.kit.files.store import open_content
from zhize.kit.imports.columns import mapped_fields
from zhize.kit.imports.limits import ImportLimits
from zhize.kit.imports.parse import parse_cell, problem, text_of
from zhize.kit.imports.places import row_place
from zhize.kit.imports.read import Row, Table, open_table
from zhize.kit.imports.values import Refs, existing, key_of
from zhize.kit.imports.words import words_of
from zhize.kit.jobs import Progress
from zhize.kit.models import ImportRow, ImportRun
from zhize.kit.rules import rule_as
from zhize.kit.several import SeveralCells

CHUNK = 500
KEY_LENGTH = 200
WORDS = 50  # different unknown words of one field that are asked about; more is another column


class Stager:
    """One staging of one run."""

    def __init__(self, run: ImportRun, spec: ThingSpec, actor: Actor, now: datetime) -> None:
        self.run, self.spec, self.actor = run, spec, actor
        self.limits = rule_as(ImportLimits, on=now.date())
        excel = run.file_name.lower().endswith(".xlsx")
        self.max_rows = limits_on(now.date()).max_excel_rows if excel else self.limits.max_csv_rows
        self.advice = "请改用 CSV，或分成几个文件" if excel else "请分成几个文件"
        known = words_of(spec, actor)
        self.mapped: list[tuple[FieldSpec, int]] = [
            (replace(f, words={**f.words, **known.get(f.name, {})}), run.mapping[f.name])
            for f in mapped_fields(spec, run.mapping)
        ]
        self.refs: dict[str, Refs | SeveralCells] = {
            f.name: Refs(f, actor) if f.kind is Kind.REF else SeveralCells(f, actor)
            for f, _ in self.mapped
            if f.kind in (Kind.REF, Kind.SEVERAL)
        }
        self.unmapped = [f for f in spec.editable_fields if f.required and f.name not in run.mapping]
        self.blank = {f.name: blank_of(spec, f) for f, _ in self.mapped}
        self.seen: dict[int, int] = {}
        self.unknown: dict[str, Counter[str]] = {}

    def unknown_words(self) -> dict[str, dict[str, int]]:
        """Words of choices nobody knows yet, most frequent first: {field: {word: rows}}."""
        return {name: dict(counter.most_common(WORDS)) for name, counter in self.unknown.items()}

    def run_through(self, progress: Progress) -> None:
        """Stages all rows; raises `BadInput` when the file as a whole cannot be taken, `Cancelled` when asked."""
        with transaction.atomic():
            ImportRow.objects.filter(run=self.run).delete()
        with open_content(self.run.file_sha256) as file:
            table = open_table(file, self.run.file_name)
            self._check_size(table.total)
            staged = 0
            for chunk in chunked(self._data(table), CHUNK):
                staged += len(chunk)
                self._check_size(staged)
                rows = self._stage(chunk, table)
                with transaction.atomic():
                    ImportRow.objects.bulk_create(rows)
                progress.step(min(chunk[-1][0], max(table.total, 1)), max(table.total, 1))
        if not staged:
            raise BadInput(
                "表头下面没有数据",
                where=self._place(),
                why="没有可导入的行",
                remedy="请在表头下面逐行填写后上传",
            )

    def _place(self) -> str:
        return f"表“{self.run.sheet}”" if self.run.sheet else f"文件“{self.run.file_name}”"

    def _check_size(self, rows: int) -> None:
        if rows > self.max_rows + self.run.header_line:
            raise BadInput(
                f"超过 {self.max_rows:,} 行",
                where=self._place(),
                why="一次导入太多，核对不过来",
                remedy=self.advice,
            )

    def _data(self, table: Table) -> Iterator[Row]:
        """Rows below the header that hold anything."""
        for line, cells in table.rows:
            if line > self.run.header_line and any(c is not None and str(c).strip() for c in cells):
                yield line, cells

    def _stage(self, chunk: list[Row], table: Table) -> list[ImportRow]:
        for name, refs in self.refs.items():
            at = self.run.mapping[name]
            refs.load(text_of(cells[at]) for _, cells in chunk if at < len(cells) and cells[at] is not None)
        rows = [self._row(line, cells, table) for line, cells in chunk]
        fields = [f for f, _ in self.mapped]
        self._settle([r for r in rows if not r.problems], table.sheet)
        good = [r.values for r in rows if not r.problems]
        held = existing(self.spec, self.spec.rows(self.actor), good, fields)
        for row, (_line, cells) in zip(rows, chunk, strict=True):
            self._judge(row, held, table.sheet)
            if row.problems:
                row.values = self._as_written(cells)
        return rows

    def _settle(self, rows: list[ImportRow], sheet: str) -> None:
        """The thing's own look at the chunk as a set: it fills in what follows, and objects."""
        if self.spec.settle is None or not rows:
            return
        labels = {f.name: str(f.label) for f in self.spec.fields}
        said = self.spec.settle([r.values for r in rows], self.actor)
        mapped = {f.name for f, _ in self.mapped}
        for row, objections in zip(rows, said, strict=True):
            row.values = {name: value for name, value in row.values.items() if name in mapped}
            row.problems = [
                problem(row_place(sheet, row.line, labels.get(name, "")), what, remedy)
                for name, what, remedy in objections
            ]

    def _as_written(self, cells: list[Any]) -> dict[str, Any]:
        """A row in error keeps what the person wrote, so that it can be given back for correction."""
        return {
            f.name: text_of(cells[at])[:2000] if at < len(cells) and cells[at] is not None else ""
            for f, at in self.mapped
        }

    def _row(self, line: int, cells: list[Any], table: Table) -> ImportRow:
        values: dict[str, Any] = {}
        problems: list[dict[str, str]] = []
        for one, at in self.mapped:
            raw = cells[at] if at < len(cells) else None
            place = row_place(table.sheet, line, str(one.label))
            if (line, table.first_column + at) in table.formulas:
                problems.append(
                    problem(place, "这一格是公式", "请复制该列，用“选择性粘贴 → 数值”贴回后再上传")
                )
                continue
            if isinstance(raw, str) and len(raw) > self.limits.max_cell_chars:
                problems.append(problem(place, f"超过 {self.limits.max_cell_chars:,} 个字", "请缩短"))
                continue
            value, what, remedy = parse_cell(one, raw, self.refs.get(one.name))
            if what:
                problems.append(problem(place, what, remedy))
                if one.kind is Kind.CHOICE and raw not in (None, ""):
                    self.unknown.setdefault(one.name, Counter())[text_of(raw)[:60]] += 1
            values[one.name] = self.blank[one.name] if value is None else value
        return ImportRow(
            run=self.run, line=line, values=values, problems=problems, effect=ImportRow.Effect.ERROR
        )

    def _judge(self, row: ImportRow, held: dict[str, tuple[Any, dict[str, Any]]], sheet: str) -> None:
        """What publishing this row would do."""
        if row.problems:
            return
        key = key_of(self.spec, row.values)
        row.key = shown_key(key)
        place = row_place(sheet, row.line)
        if key:
            first = self.seen.setdefault(hash(key), row.line)
            if first != row.line:
                row.problems = [problem(place, f"与第 {first} 行重复", "请删去其中一行")]
                return
        found = held.get(key)
        if found is None:
            if self.unmapped:
                words = "、".join(str(f.label) for f in self.unmapped)
                row.problems = [
                    problem(place, f"是新的一行，但表里没有“{words}”列", "请补上这一列，新增时必填")
                ]
                return
            row.effect = ImportRow.Effect.ADD
            return
        before = {f.name: found[1][f.name] for f, _ in self.mapped}
        if (
            before != row.values
            and self.spec.objection
            and (why := self.spec.objection(self.actor, found[0]))
        ):
            row.problems = [problem(place, why, "请从表中删去这一行，或联系登记它的单位")]
            return
        row.effect = ImportRow.Effect.SAME if before == row.values else ImportRow.Effect.CHANGE
        row.before = before


def shown_key(key: str) -> str:
    """The natural key as shown and stored with a row."""
    return key.replace("\x1f", " · ")[:KEY_LENGTH]


def blank_of(spec: ThingSpec, field: FieldSpec) -> Any:
    """What an empty cell means: nothing, or the column's default where the column must hold something."""
    column = next((f for f in spec.model._meta.concrete_fields if f.name == field.name), None)
    if column is None or column.null or not column.has_default() or field.kind is Kind.REF:
        return None
    default = column.get_default()
    return default if isinstance(default, bool | int) else str(default)
