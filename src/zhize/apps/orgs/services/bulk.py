"""Many rows at once from a checked file: sets are asked and written, never rows; one entry with the file's digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import (
    MEMBERSHIPS_IMPORTED,
    REGIONS_IMPORTED,
    UNITS_IMPORTED,
)
from zhize.apps.orgs.models import Membership, Region, Unit
from zhize.apps.orgs.services.saving import checked, demand, jurisdiction_of
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.fields import Outcome
from zhize.kit.scope import ScopedModel

Row = Mapping[str, Any]
WHY = "rows of the same keys as the file's"


@transaction.atomic
def regions_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Regions by code; only the own region and what lies directly below it."""
    return _upsert(
        Region,
        rows,
        key=("code",),
        may=lambda thing: policies.may_manage_region(actor, thing),
        refusal="只能导入本地区和直接下级地区",
        log_type=REGIONS_IMPORTED,
        actor=actor,
        now=now,
        digest=digest,
    )


@transaction.atomic
def units_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Units by code, in regions the actor manages."""
    return _upsert(
        Unit,
        rows,
        key=("code",),
        may=lambda thing: policies.may_manage_units_of(actor, thing.region),
        refusal="只能导入本地区和直接下级地区的单位",
        log_type=UNITS_IMPORTED,
        actor=actor,
        now=now,
        digest=digest,
    )


@transaction.atomic
def memberships_import(*, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Member units of the own jurisdiction, by unit, capacity and first day."""
    own = jurisdiction_of(actor.jurisdiction_id)
    return _upsert(
        Membership,
        [{**row, "jurisdiction": own} for row in rows],
        key=("jurisdiction_id", "unit_id", "capacity", "valid_from"),
        may=lambda thing: policies.may_keep_members_of(actor, own),
        refusal="只有本辖区领导小组办公室可以调整成员",
        log_type=MEMBERSHIPS_IMPORTED,
        actor=actor,
        now=now,
        digest=digest,
    )


def _upsert(
    model: type[ScopedModel],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
    may: Callable[[Any], bool],
    refusal: str,
    log_type: LogType,
    actor: Actor,
    now: datetime,
    digest: str,
) -> Outcome:
    """Adds, changes or leaves each row by its key: one read, one insert, one update whatever the number of rows."""
    rows = list(rows)
    wanted = [model(**row) for row in rows]
    first = key[0] if len(key) == 1 else key[1]
    present: dict[tuple[Any, ...], Any] = {
        tuple(getattr(t, k) for k in key): t
        for t in model.objects.system(WHY)
        .select_for_update()
        .filter(**{f"{first}__in": {getattr(w, first) for w in wanted}})
    }
    added: list[Any] = []
    changed: list[Any] = []
    for thing, row in zip(wanted, rows, strict=True):
        old = present.get(tuple(getattr(thing, k) for k in key))
        if old is None:
            demand(may(thing), refusal, why=str(thing))
            added.append(thing)
        elif any(getattr(old, name) != value for name, value in row.items()):
            demand(may(old), refusal, why=str(old))
            for name, value in row.items():
                setattr(old, name, value)
            demand(may(old), refusal, why=str(old))
            old.version += 1
            changed.append(old)
    relations = [f.name for f in model._meta.concrete_fields if f.is_relation]
    for thing in [*added, *changed]:
        checked(thing, exclude=relations)
    model.objects.bulk_create(added, batch_size=500)
    if changed:
        names = [*rows[0], "version"]
        model.objects.system(WHY).bulk_update(changed, names, batch_size=500)
    outcome = Outcome(len(added), len(changed), len(rows) - len(added) - len(changed))
    record_bulk(log_type, outcome, actor, now, digest, "")
    return outcome


def record_bulk(
    log_type: LogType, outcome: Outcome, actor: Actor, now: datetime, digest: str, code: str
) -> None:
    record(
        log_type,
        actor=actor,
        thing=None,
        now=now,
        after={"added": outcome.added, "changed": outcome.changed, "same": outcome.same},
        rows_digest=digest,
        jurisdiction_code=code,
    )
