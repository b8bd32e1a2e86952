"""Publishing: the staged rows take effect in one transaction through the thing's own `bulk_save`, or none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.fields import FieldSpec, Outcome, ThingSpec, specs
from zhize.kit.imports.columns import mapped_fields
from zhize.kit.imports.places import row_place
from zhize.kit.imports.services import demand, locked
from zhize.kit.imports.values import existing, key_of, load_refs, real
from zhize.kit.jobs import JobResult, Progress
from zhize.kit.models import ImportRow, ImportRun
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingCard, ThingRef

IMPORT = "kit.import"
CHUNK = 500
SHOWN = 20
ACTING = (ImportRow.Effect.ADD, ImportRow.Effect.CHANGE)


class StagedRows(Sequence[Mapping[str, Any]]):
    """The rows to publish as `data` a service takes, read in chunks; can be gone through more than once.

    References are the things themselves, as forms give them. Memory is one chunk, unless the service keeps them.
    """

    def __init__(self, run: ImportRun, spec: ThingSpec, actor: Actor) -> None:
        self.run, self.spec, self.actor = run, spec, actor
        self.fields: list[FieldSpec] = mapped_fields(spec, run.mapping)

    @property
    def source_ref(self) -> str:
        """What the rows lead back to: what their file was made from, else the import itself."""
        return self.run.source_ref or str(ThingRef(IMPORT, self.run.pk))

    def __len__(self) -> int:
        return sum(self.run.counts.get(e, 0) for e in ACTING)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return list(self)[at]
        return next(islice(iter(self), at, None))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for chunk in self.staged():
            refs = load_refs(self.fields, [r.values for r in chunk], self.actor)
            for row in chunk:
                yield {f.name: real(f, row.values.get(f.name), refs.get(f.name, {})) for f in self.fields}

    def staged(self) -> Iterator[list[ImportRow]]:
        """The staged rows themselves, in order of line, by keyset: no cursor is held, memory is one chunk."""
        line = 0
        while True:
            rows = ImportRow.objects.filter(run=self.run, effect__in=ACTING, line__gt=line).order_by("line")
            chunk = list(rows[:CHUNK])
            if not chunk:
                return
            yield chunk
            line = chunk[-1].line


def import_publish(
    *, run: ImportRun, spec: ThingSpec, only_good: bool, actor: Actor, now: datetime
) -> Outcome:
    """Publishes a run that is ready. One transaction, one audit entry (the service's own, with the row file's digest).

    With rows in error it is refused unless `only_good`. Before writing, every row is compared once more with what
    the dry run showed. Raises `StateConflict` or `BadInput` in words; nothing then has changed.
    """
    demand(actor, spec)
    try:
        with transaction.atomic():
            return _publish(run, spec, only_good, actor.through("import"), now)
    except IntegrityError as error:
        raise BadInput(
            "有记录与您看不到的已有记录相同，或违反唯一性",
            where=f"文件“{run.file_name}”",
            why="没有写入任何一行",
            remedy="请核对代码、名称是否已被其他单位使用，改正后重新上传",
        ) from error
    except ValidationError as error:
        raise BadInput(
            "有内容不合要求",
            [
                Problem(words, f"文件“{run.file_name}”", "没有写入任何一行", "请改正后重新上传")
                for words in error.messages
            ],
        ) from error


def _publish(run: ImportRun, spec: ThingSpec, only_good: bool, actor: Actor, now: datetime) -> Outcome:
    run = locked(run, actor, (ImportRun.State.READY,), "导入")
    wrong = run.counts.get(ImportRow.Effect.ERROR, 0)
    if wrong and not only_good:
        raise StateConflict(
            f"有 {wrong} 行有错误",
            where=f"文件“{run.file_name}”",
            why="默认全部正确才导入，避免表里表外对不上",
            remedy="请下载错误行改正后重新上传，或勾选“只导入正确的行”",
        )
    rows = StagedRows(run, spec, actor)
    if not len(rows):
        raise StateConflict(
            "没有要导入的行",
            where=f"文件“{run.file_name}”",
            why="表里的内容与现有记录一致",
            remedy="可以放弃这次导入",
        )
    _demand_unchanged(rows)
    digest = rowfile_store(_lines(rows))
    assert spec.bulk_save is not None
    outcome = spec.bulk_save(rows=rows, actor=actor, now=now, digest=digest)
    run.state, run.published_at = ImportRun.State.PUBLISHED, now
    run.counts = {**run.counts, "outcome": asdict(outcome), "digest": digest}
    run.save(update_fields=["state", "published_at", "counts"])
    return outcome


def _demand_unchanged(rows: StagedRows) -> None:
    """Refuses when a row changed, appeared or went since the dry run: nobody agreed to overwrite that."""
    moved: list[str] = []
    for chunk in rows.staged():
        held = existing(rows.spec, rows.spec.rows(rows.actor), [r.values for r in chunk], rows.fields)
        for row in chunk:
            found = held.get(key_of(rows.spec, row.values))
            now = {f.name: found[1][f.name] for f in rows.fields} if found else None
            if now != row.before:
                moved.append(row_place(rows.run.sheet, row.line))
    if moved:
        raise StateConflict(
            f"预览之后有 {len(moved)} 行对应的记录被他人改动（{'、'.join(moved[:SHOWN])}{'……' if len(moved) > SHOWN else ''}）",
            where=f"文件“{rows.run.file_name}”",
            why="直接导入会覆盖他人的修改，没有写入任何一行",
            remedy="请点“重新核对”，看过新的预览后再导入",
        )


def _lines(rows: StagedRows) -> Iterable[dict[str, Any]]:
    for chunk in rows.staged():
        for r in chunk:
            yield {"line": r.line, "key": r.key, "effect": r.effect, "before": r.before, "values": r.values}


def publish_job(*, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime) -> JobResult:
    """The job "imports.publish", for imports too long to wait for."""
    run = ImportRun.objects.visible_to(actor).get(pk=payload["run"])
    progress.step(0, 0)
    outcome = import_publish(
        run=run, spec=specs()[run.thing_kind], only_good=payload["only_good"], actor=actor, now=now
    )
    return JobResult(words(outcome), payload.get("url", ""))


def import_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """An import as the source of what it published: its file's name and its page, for whoever made it."""
    return {
        run.pk: ThingCard(
            ThingRef(IMPORT, run.pk), run.file_name, reverse("imports:run", args=[run.thing_kind, run.pk])
        )
        for run in ImportRun.objects.visible_to(actor).filter(pk__in=ids)
    }


def words(outcome: Outcome) -> str:
    return f"导入完成：新增 {outcome.added} 行，修改 {outcome.changed} 行。"
