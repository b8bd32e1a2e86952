"""Many records from a checked file: one transaction, one entry; statements grow with chunks, never with rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.services.saving import demand
from zhize.apps.registers import log_types, policies
from zhize.apps.registers.models import Record, RecordType
from zhize.apps.registers.selectors.matching import CODE, NAME
from zhize.apps.registers.services.common import mark_latest, own_place, put, recount, type_on
from zhize.apps.registers.services.records import place
from zhize.apps.registers.services.subjects import subjects_for, wanted_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.bulk import CHUNK, bulk_upsert, chunked
from zhize.kit.fields import Outcome, specs
from zhize.kit.imports.publish import StagedRows

SUBJECT = "subject"
Row = Mapping[str, Any]


@transaction.atomic
def records_save(*, type_code: str, rows: Sequence[Row], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Adds and changes records by their key; unknown subjects are registered with them.

    Refuses, naming the row, what another unit registered and subjects that cannot be told. Counted obligations are
    judged anew once, for the span of days the rows touch.
    """
    type_ = type_on(type_code, now)
    demand(
        policies.may_keep(actor, type_), f"只有{type_.label}的登记单位可以导入", remedy="请切换到该单位的岗位"
    )
    jurisdiction_id, unit_id, _region_id = own_place(actor)
    run = rows.run.pk if isinstance(rows, StagedRows) else None
    writing = _Writing(type_, actor, now, jurisdiction_id, unit_id, run)
    outcome = bulk_upsert(
        specs()[type_.kind],
        writing.with_subjects(rows),
        actor=actor,
        defaults=writing.defaults,
        may_change=lambda held: policies.may_change(actor, type_, held),
        write=writing.write,
        after=writing.after,
    )
    recount(type_, [unit_id], writing.days, actor, now)
    record(
        log_types.RECORDS_SAVED,
        actor=actor,
        thing=None,
        now=now,
        after={
            "type": type_code,
            "added": outcome.added,
            "changed": outcome.changed,
            "subjects": writing.subjects,
        },
        rows_digest=digest,
    )
    return outcome


@dataclass
class _Writing:
    """One bulk write: what it meets on the way (days, objects, new subjects)."""

    type_: RecordType
    actor: Actor
    now: datetime
    jurisdiction_id: int
    unit_id: int
    import_id: int | None
    subjects: int = 0
    days: set[date] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)

    def with_subjects(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with their subjects found or made, a chunk at a time."""
        for chunk in chunked(rows, CHUNK):
            found, made = subjects_for(self.type_, chunk, self.actor, self.now)
            self.subjects += made
            for row in chunk:
                yield {**row, SUBJECT: found.get(wanted_of(row))}

    def defaults(self, _row: Row) -> Row:
        return {
            "type": self.type_.code,
            "jurisdiction_id": self.jurisdiction_id,
            "keeper_id": self.unit_id,
            "created_at": self.now,
            "created_by": self.actor.name,
        }

    def write(self, thing: Record, row: Row) -> list[str]:
        """A row onto a record: subject, place, values and what follows from them."""
        if thing.pk is not None:
            self.days.add(thing.occurred_on)
            self.objects.add(thing.object_key)
        if NAME in row or CODE in row:
            thing.subject = row[SUBJECT]
        place(thing, row.get("region"), self.actor.region_id)
        thing.import_id = self.import_id
        return [*put(thing, self.type_, row), "subject", "region", "import_id"]

    def after(self, things: Sequence[Record]) -> None:
        """A chunk is written: its objects get their newest record."""
        self.days.update(one.occurred_on for one in things)
        self.objects.update(one.object_key for one in things)
        if things:
            mark_latest(self.type_.code, things[0].jurisdiction_id, self.objects)
        self.objects.clear()
