"""What every write of records shares: the type of the day, checks, the newest of an object, counts told upwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from zhize.apps.registers.models import Record, RecordType, record_type
from zhize.apps.regulations.services import obligations_recount
from zhize.core.kernel.errors import CoreError
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem

KIND = "registers.record"
COLUMNS = ("subject_id", "region_id", "occurred_on", "due_on", "outcome", "state", "void_reason")
RELATIONS = ("jurisdiction", "keeper", "subject", "region")


def own_place(actor: Actor) -> tuple[int, int, int]:
    """Jurisdiction, unit and region the actor writes for; refuses a hat without them."""
    if actor.jurisdiction_id is None or actor.unit_id is None or actor.region_id is None:
        raise NotAllowed("登记台账须以某一单位的岗位进行", remedy="请切换到登记单位的岗位")
    return actor.jurisdiction_id, actor.unit_id, actor.region_id


def type_on(code: str, now: datetime) -> RecordType:
    """The type as its edition of today has it."""
    return record_type(code, local_day(now))


def logged(record: Record) -> dict[str, Any]:
    """The record as the log keeps it: its fields by name, beside the columns that follow."""
    columns = {name: getattr(record, name) for name in COLUMNS}
    plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in columns.items()}
    return {"type": record.type, "key": record.key_words, **plain, **record.values}


def check(record: Record, type_: RecordType) -> None:
    """The record's own columns (references were found by lookup), and that its key is free. One statement."""
    try:
        record.clean_fields(exclude=RELATIONS)
    except ValidationError as error:
        raise BadInput("记录内容不合要求", [Problem(words) for words in error.messages]) from error
    same = Record.objects.system("a key is used once in a register").filter(
        type=record.type, jurisdiction_id=record.jurisdiction_id, key=record.key, state=Record.State.ACTIVE
    )
    if held := same.exclude(pk=record.pk).select_related("keeper").first():
        names = "、".join(str(type_.field(name).label) for name in type_.reading.key)
        raise BadInput(
            f"{names}“{record.key_words}”已由{held.keeper.name}登记",
            where=str(type_.label),
            why="同一条只登记一次，否则计数会重复",
            remedy="请修改已有的记录，或核对编号",
        )


def put(record: Record, type_: RecordType, data: Any) -> list[str]:
    """Writes values and what follows; a date the calendar does not hold is answered in words."""
    from zhize.apps.registers.mapping import put_values

    try:
        return put_values(record, type_, data)
    except CoreError as error:
        raise BadInput(error.what, where=error.where, why=error.why, remedy=error.remedy) from error


def mark_latest(type_code: str, jurisdiction_id: int, object_keys: Iterable[str]) -> None:
    """Of the records of one object only the newest is the present one: two statements, however many objects."""
    keys = [key for key in set(object_keys) if key]
    if not keys:
        return
    rows = Record.objects.system("the newest record of an object").filter(
        type=type_code, jurisdiction_id=jurisdiction_id, object_key__in=keys
    )
    newer = Record.objects.system("a newer record of the same object").filter(
        Q(occurred_on__gt=OuterRef("occurred_on"))
        | Q(occurred_on=OuterRef("occurred_on"), pk__gt=OuterRef("pk")),
        type=type_code,
        jurisdiction_id=jurisdiction_id,
        object_key=OuterRef("object_key"),
        state=Record.State.ACTIVE,
    )
    is_newest = ~Exists(newer) & Q(state=Record.State.ACTIVE)
    rows.filter(is_newest, is_latest=False).update(is_latest=True)
    rows.filter(is_latest=True).exclude(is_newest).update(is_latest=False)


def recount(
    type_: RecordType, keeper_ids: Collection[int], days: Iterable[date], actor: Actor, now: datetime
) -> None:
    """Counted obligations of these units are judged anew for the days concerned."""
    concerned = sorted(set(days))
    if concerned:
        obligations_recount(
            codes=[type_.kind],
            unit_ids=keeper_ids,
            days=(concerned[0], concerned[-1]),
            actor=actor,
            now=now,
        )
