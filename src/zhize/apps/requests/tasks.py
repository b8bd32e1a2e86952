"""Background work of this app: many returned packs, read or taken in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.requests import selectors, services
from zhize.apps.requests.models import PackFile, PackRun
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.jobs import JobResult, Progress, job_start
from zhize.kit.models import Job

PACKS_READ = "requests.packs_read"
PACKS_TAKE = "requests.packs_take"
AT_ONCE = 25
"""Up to so many files are read while the person waits; more go to the background with their progress."""


def packs_go_on(
    *, run: PackRun, kind: str, payload: dict[str, Any], actor: Actor, now: datetime
) -> Job | None:
    """Reads a drop or takes it in: a few files at once, many as a job, which is given back."""
    whole = {"run": run.pk, **payload}
    if sum(selectors.pack_counts(actor, run).values()) > AT_ONCE:
        title = _("读取报送包") if kind == PACKS_READ else _("收取报送包")
        return job_start(kind=kind, title=title, actor=actor, payload=whole, now=now)
    if kind == PACKS_READ:
        services.packs_read(run=run, actor=actor, now=now)
    else:
        services.packs_take(
            run=run, replace=set(whole["replace"]), version=whole["version"], actor=actor, now=now
        )
    return None


def packs_read_job(*, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime) -> JobResult:
    """Reads a drop; cancelled on the way it stays unread."""
    run = _run(actor, payload)
    services.packs_read(run=run, actor=actor, now=now, tell=progress.step)
    number = sum(selectors.pack_counts(actor, run).values())
    return JobResult(f"已读取 {number} 份，请核对后收取", reverse("requests:pack_run", args=[run.pk]))


def packs_take_job(*, progress: Progress, payload: dict[str, Any], actor: Actor, now: datetime) -> JobResult:
    """Takes a drop in; cancelled between two files, what was taken stays taken."""
    run = _run(actor, payload)
    services.packs_take(
        run=run, replace=set(payload["replace"]), version=payload["version"], actor=actor, now=now, tell=progress.step,
    )  # fmt: skip
    taken = selectors.pack_counts(actor, run).get(PackFile.Verdict.TAKEN, 0)
    return JobResult(f"已收取 {taken} 份", reverse("requests:pack_run", args=[run.pk]))


def _run(actor: Actor, payload: dict[str, Any]) -> PackRun:
    run = selectors.pack_run_by_pk(actor, int(payload["run"]))
    if run is None:
        raise BadInput("找不到这一批报送包", remedy="请从征集页面重新上传")
    return run
