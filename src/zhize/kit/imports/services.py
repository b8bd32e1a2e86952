"""Uploading, mapping, staging again and dropping an import."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.urls import reverse

from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.fields import ThingSpec
from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.files.store import put
from zhize.kit.imports.columns import Header, find_header, header, signature
from zhize.kit.imports.limits import ImportLimits
from zhize.kit.imports.read import open_table
from zhize.kit.jobs import job_start
from zhize.kit.log_types import IMPORT_DROPPED, IMPORT_UPLOADED
from zhize.kit.models import ImportMapping, ImportRow, ImportRun, Job
from zhize.kit.rules import rule_as
from zhize.kit.things import ThingRef

OPEN = (ImportRun.State.MAPPING, ImportRun.State.STAGING, ImportRun.State.READY, ImportRun.State.FAILED)


def may_import(actor: Actor, spec: ThingSpec) -> bool:
    """The thing's own policy; a thing without `bulk_save` cannot be imported by anybody."""
    return spec.bulk_save is not None and spec.may_edit(actor)


def demand(actor: Actor, spec: ThingSpec) -> None:
    if not may_import(actor, spec):
        raise NotAllowed(f"您当前的岗位不能导入{spec.label}", remedy="请切换岗位，或联系办公室")


def _person(actor: Actor) -> int:
    """Imports belong to a person; the system imports through services, not through files."""
    if actor.user_id is None:
        raise NotAllowed("导入须由登录人员进行", remedy="请登录后重试")
    return actor.user_id


def import_upload(
    *,
    spec: ThingSpec,
    upload: BinaryIO,
    name: str,
    size: int,
    source: ThingRef | None = None,
    actor: Actor,
    now: datetime,
) -> ImportRun:
    """Checks and keeps the file, finds the header, and starts staging when its columns are clear.

    Else the run waits for its columns to be matched by hand (state 待对应列). `source` is what the file was made
    from, where that is no file of its own: what is published leads there. Raises `BadInput` in words.
    """
    demand(actor, spec)
    user_id = _person(actor)
    day = local_day(now)
    limits = limits_on(day, actor.jurisdiction_code)
    checked = check_file(upload, name=name, size=size, limits=limits, on=day, only=("xlsx", "csv"))
    table = open_table(upload, checked.name, formulas=False)
    rules = rule_as(ImportLimits, on=day)
    first = list(islice(table.rows, rules.header_lines))
    if any(len(cells) > rules.max_columns for _, cells in first):
        raise BadInput(
            f"超过 {rules.max_columns} 列",
            where=f"文件“{checked.name}”",
            why="可能选错了文件，或右侧有多余的列",
            remedy="请使用下载的模板填写",
        )
    found = find_header(spec, first)
    upload.seek(0)
    content = put(upload)
    with transaction.atomic():
        run = ImportRun(
            user_id=user_id,
            thing_kind=spec.kind,
            jurisdiction_id=actor.jurisdiction_id,
            file_name=checked.name,
            file_sha256=content.sha256,
            source_ref=str(source or ""),
            sheet=table.sheet[:80],
            header_line=found.line,
            headers=list(found.words),
            mapping=_remembered(spec, found, actor) or found.mapping,
            created_at=now,
        )
        run.full_clean()
        run.save()
        record(
            IMPORT_UPLOADED,
            actor=actor,
            thing=ThingRef("kit.import", run.pk),
            now=now,
            after={"kind": spec.kind, "file": run.file_name, "sha256": run.file_sha256},
        )
    if header_of(spec, run).complete:
        import_stage(run=run, spec=spec, actor=actor, now=now)
    return ImportRun.objects.visible_to(actor).get(pk=run.pk)


def header_of(spec: ThingSpec, run: ImportRun) -> Header:
    """The run's header as matched so far."""
    return header(spec, run.header_line, run.headers, run.mapping)


def _remembered(spec: ThingSpec, found: Header, actor: Actor) -> dict[str, int] | None:
    one = (
        ImportMapping.objects.visible_to(actor)
        .filter(thing_kind=spec.kind, signature=signature(found.words))
        .first()
    )
    if one is None:
        return None
    names = {f.name for f in spec.editable_fields}
    return {name: at for name, at in one.mapping.items() if name in names and at < len(found.words)}


@transaction.atomic
def import_map(
    *, run: ImportRun, spec: ThingSpec, mapping: dict[str, int], actor: Actor, now: datetime
) -> ImportRun:
    """Matches columns by hand, remembers them for files with the same heads, and stages."""
    demand(actor, spec)
    run = locked(run, actor, OPEN, "对应列")
    columns = list(mapping.values())
    if len(set(columns)) != len(columns):
        raise BadInput(
            "有一列被用了两次", where=run.file_name, why="一列只能对应一个字段", remedy="请改正后再继续"
        )
    checked = header(spec, run.header_line, run.headers, mapping)
    if not checked.complete:
        words = "、".join(str(f.label) for f in checked.missing)
        raise BadInput(
            f"没有为“{words}”指定列",
            where=run.file_name,
            why="它用来认出是哪一条记录",
            remedy="请指定后再继续",
        )
    run.mapping = mapping
    run.save(update_fields=["mapping"])
    ImportMapping.objects.visible_to(actor).update_or_create(
        user_id=_person(actor),
        thing_kind=spec.kind,
        signature=signature(run.headers),
        defaults={"mapping": mapping},
    )
    import_stage(run=run, spec=spec, actor=actor, now=now)
    return run


def import_stage(*, run: ImportRun, spec: ThingSpec, actor: Actor, now: datetime) -> Job:
    """Starts (or starts again) the staging of a run as a job."""
    demand(actor, spec)
    with transaction.atomic():
        run = locked(run, actor, OPEN, "读取")
        run.state, run.problems, run.counts = ImportRun.State.STAGING, [], {}
        run.notes, run.unknown = [], {}
        run.save(update_fields=["state", "problems", "counts", "notes", "unknown"])
        job = job_start(
            kind="imports.stage",
            title=f"读取“{run.file_name}”（{spec.label}）"[:200],
            actor=actor,
            payload={"run": run.pk, "url": reverse("imports:run", args=[spec.kind, run.pk])},
            now=now,
        )
        ImportRun.objects.visible_to(actor).filter(pk=run.pk).update(job_id=job.pk)
    return job


@transaction.atomic
def import_drop(*, run: ImportRun, actor: Actor, now: datetime) -> None:
    """Gives an import up before it is published; its staged rows go, the entry that it was uploaded stays."""
    run = locked(run, actor, OPEN, "放弃")
    ImportRow.objects.filter(run=run).delete()
    run.state = ImportRun.State.DROPPED
    run.save(update_fields=["state"])
    record(IMPORT_DROPPED, actor=actor, thing=ThingRef("kit.import", run.pk), now=now, note=run.file_name)


def locked(run: ImportRun, actor: Actor, states: tuple[ImportRun.State, ...], verb: str) -> ImportRun:
    """The run's row, locked, in one of these states."""
    fresh = ImportRun.objects.visible_to(actor).select_for_update().get(pk=run.pk)
    if fresh.state not in states:
        raise StateConflict(
            f"这次导入现在是“{fresh.get_state_display()}”，不能{verb}",
            where=fresh.file_name,
            remedy="请刷新页面查看",
        )
    return fresh
