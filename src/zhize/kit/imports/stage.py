"""Staging: every row of the file is read, checked and compared with what is there; nothing of it takes effect yet.

Reads: the stored file of an `ImportRun`, the thing's rows in the actor's scope. Writes: `ImportRow`, the run's counts.
Rows are staged in chunks, each in its own short transaction, so memory and locks stay bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count

from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, ZhizeError
from zhize.kit.fields import ThingSpec, specs
from zhize.kit.imports.stager import CHUNK, Stager
from zhize.kit.jobs import JobResult, Progress
from zhize.kit.models import ImportRow, ImportRun


def stage_job(*, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime) -> JobResult:
    """The job "imports.stage": stages a run and makes it ready, or failed with its problems in words."""
    run = ImportRun.objects.visible_to(actor).get(pk=payload["run"])
    rows = ImportRun.objects.visible_to(actor).filter(pk=run.pk)
    spec = specs()[run.thing_kind]
    try:
        stager = Stager(run, spec, actor, now)
        stager.run_through(progress)
        found = {"unknown": stager.unknown_words(), "notes": _announced(run, spec, actor)}
    except ZhizeError as error:
        wrong = error.problems if isinstance(error, BadInput) else [error.problem]
        rows.update(state=ImportRun.State.FAILED, problems=[str(p) for p in wrong])
        raise
    except BaseException:
        rows.update(state=ImportRun.State.FAILED, problems=["读取没有完成。请重新上传。"])
        raise
    counts = counts_of(run)
    rows.filter(state=ImportRun.State.STAGING).update(
        state=ImportRun.State.READY, counts=counts, problems=[], **found
    )
    return JobResult(summary(counts), payload.get("url", ""), counts)


def _announced(run: ImportRun, spec: ThingSpec, actor: Actor) -> list[str]:
    """What publishing would do besides its rows, in the thing's own words."""
    return list(spec.announce(_acting(run), actor)) if spec.announce else []


def _acting(run: ImportRun) -> Iterator[Mapping[str, Any]]:
    line = 0
    rows = ImportRow.objects.filter(run=run, effect__in=(ImportRow.Effect.ADD, ImportRow.Effect.CHANGE))
    while chunk := list(rows.filter(line__gt=line).order_by("line")[:CHUNK]):
        yield from (row.values for row in chunk)
        line = chunk[-1].line


def counts_of(run: ImportRun) -> dict[str, int]:
    """Rows by effect, every effect named."""
    counts = dict.fromkeys(ImportRow.Effect.values, 0)
    counts.update(ImportRow.objects.filter(run=run).values_list("effect").annotate(n=Count("pk")).order_by())
    return counts


def summary(counts: dict[str, int]) -> str:
    return "读取完成：" + "，".join(f"{ImportRow.Effect(e).label} {n} 行" for e, n in counts.items())
