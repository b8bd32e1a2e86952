"""What reading and taking in of returned packs share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from zhize.apps.requests.models import PackFile, PackRun
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef

RUN = "requests.pack_run"
Tell = Callable[[int, int], None]
"""How many are done, of how many."""


def files_of(run: PackRun) -> ScopedQuerySet[PackFile]:
    """The files of a drop the caller was let to."""
    return PackFile.objects.system("files of a drop the caller was let to").filter(run=run)


def locked_run(run: PackRun) -> PackRun:
    return (
        PackRun.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("call__jurisdiction", "call__year")
        .get(pk=run.pk)
    )


def log_run(log_type: LogType, run: PackRun, actor: Actor, now: datetime, **after: Any) -> None:
    record(
        log_type, actor=actor, thing=ThingRef(RUN, run.pk), now=now,
        jurisdiction_code=run.call.jurisdiction.code, after={"call": run.call_id, **after},
    )  # fmt: skip
