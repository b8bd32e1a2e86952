"""The demonstration at the scale of a country (演示数据): rows written as sets, one entry and one row file for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from zhize.apps.orgs.log_types import DEMO_ROWS_LOADED
from zhize.apps.orgs.services.saving import demand, set_checked
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.audit_values import is_secret
from zhize.kit.rowfile import rowfile_store

BATCH = 2000


@transaction.atomic
def demo_rows_load(
    *, sets: Iterable[Sequence[models.Model]], note: str, jurisdiction_code: str, actor: Actor, now: datetime
) -> dict[str, int]:
    """Writes set after set (each of one model, new rows) and gives how many of each kind.

    `sets` is asked for the next set only when the one before has its ids, so that rows may name each other; nothing is
    held but one set. Every row passes its model's own checks; relations and uniqueness are the database's to refuse.
    Refuses: anybody but the system.
    """
    demand(actor.is_system, "演示数据只能由运维命令装载")
    counts: Counter[str] = Counter()
    digest = rowfile_store(_written(sets, counts))
    record(
        DEMO_ROWS_LOADED,
        actor=actor,
        thing=None,
        now=now,
        after=dict(counts),
        note=note,
        rows_digest=digest,
        jurisdiction_code=jurisdiction_code,
    )
    return dict(counts)


def _written(sets: Iterable[Sequence[models.Model]], counts: Counter[str]) -> Iterator[dict[str, Any]]:
    for rows in sets:
        if not rows:
            continue
        model = type(rows[0])
        set_checked(rows)
        model._base_manager.bulk_create(rows, batch_size=BATCH)
        counts[model._meta.label_lower] += len(rows)
        shown = [(f.name, f.attname) for f in model._meta.concrete_fields if not is_secret(f.name)]
        for row in rows:
            held = row.__dict__
            yield {"model": model._meta.label_lower, **{name: held[at] for name, at in shown}}
