"""One record: registered, changed, voided, given its material."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.services import evidence_hand_in, evidence_register
from zhize.apps.orgs.models import Region
from zhize.apps.orgs.services.saving import demand, locked
from zhize.apps.registers import log_types, policies
from zhize.apps.registers.models import Record, RecordEvidence, RecordType, Subject
from zhize.apps.registers.selectors.matching import CODE, NAME
from zhize.apps.registers.services.common import (
    KIND,
    check,
    logged,
    mark_latest,
    own_place,
    put,
    recount,
    type_on,
)
from zhize.apps.registers.services.subjects import subjects_for, wanted_of
from zhize.core.workflow.record import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version


@transaction.atomic
def record_create(*, type_code: str, data: Mapping[str, Any], actor: Actor, now: datetime) -> Record:
    """Registers one entry; a subject nobody knows yet is registered with it.

    `data` holds the type's fields by name, the subject as `subject_code` and `subject_name`, `region` where it is not
    the subject's. Counted obligations of the unit are judged anew. Refuses a key already registered.
    """
    type_ = type_on(type_code, now)
    demand(
        policies.may_keep(actor, type_),
        f"只有{type_.label}的登记单位可以登记",
        remedy="请切换到该单位的岗位，或由该单位登记",
    )
    jurisdiction_id, unit_id, _region_id = own_place(actor)
    made = Record(
        type=type_code,
        jurisdiction_id=jurisdiction_id,
        keeper_id=unit_id,
        created_at=now,
        created_by=actor.name,
    )
    _demand_whole(type_, data)
    put(made, type_, data)
    _about(made, type_, data, actor, now)
    check(made, type_)
    made.save()
    mark_latest(type_code, made.jurisdiction_id, [made.object_key])
    recount(type_, [made.keeper_id], [made.occurred_on], actor, now)
    _log(log_types.RECORD_CREATED, made, actor, now, after=logged(made))
    return made


@transaction.atomic
def record_update(
    *, thing: Record, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Record:
    """Changes one entry: only the unit that registered it. What is not given stays; the newest edition reads it anew."""
    current, type_ = _open(thing, "change", version, actor, now, dict(data))
    before, days = logged(current), {current.occurred_on}
    objects = {current.object_key}
    put(current, type_, data)
    _about(current, type_, data, actor, now)
    if logged(current) == before:
        return current
    check(current, type_)
    current.version += 1
    current.save()
    mark_latest(current.type, current.jurisdiction_id, objects | {current.object_key})
    recount(type_, [current.keeper_id], days | {current.occurred_on}, actor, now)
    _log(log_types.RECORD_CHANGED, current, actor, now, before=before, after=logged(current))
    return current


@transaction.atomic
def record_void(*, thing: Record, reason: str, version: int | None, actor: Actor, now: datetime) -> Record:
    """Takes an entry out of all lists and counts, with the reason; it stays readable under its own address."""
    if not reason.strip():
        raise BadInput(
            "请写明作废原因", where="作废原因", why="作废的记录不再计数，须能说明", remedy="如：重复登记"
        )
    current, type_ = _open(thing, "void", version, actor, now, {})
    before = logged(current)
    current.state = next_state(TABLE, current.state, "void").next_state
    current.void_reason = reason.strip()[:300]
    current.version += 1
    current.clean_fields(exclude=("jurisdiction", "keeper", "subject", "region"))
    current.save()
    mark_latest(current.type, current.jurisdiction_id, [current.object_key])
    recount(type_, [current.keeper_id], [current.occurred_on], actor, now)
    _log(log_types.RECORD_VOIDED, current, actor, now, before=before, after=logged(current))
    return current


@transaction.atomic
def record_evidence_add(
    *, thing: Record, upload: File[bytes], title: str, dated_on: date | None, actor: Actor, now: datetime
) -> Record:
    """Gives an entry its material (report, certificate): stored, registered as evidence, linked."""
    current, _type = _open(thing, "change", None, actor, now, {})
    evidence = evidence_register(
        upload=upload,
        title=title,
        dated_on=dated_on or local_day(now),
        period=(current.occurred_on, current.occurred_on),
        actor=actor,
        now=now,
    )
    RecordEvidence.objects.get_or_create(record=current, evidence=evidence)
    evidence_hand_in(evidence=[evidence], now=now)  # an entry of a register is sent by being made
    _log(
        log_types.RECORD_EVIDENCED,
        current,
        actor,
        now,
        after={"evidence": evidence.pk, "title": evidence.title},
    )
    return current


def _open(
    thing: Record, action: str, version: int | None, actor: Actor, now: datetime, mine: dict[str, Any]
) -> tuple[Record, RecordType]:
    """The row locked, the policy asked, versions compared, the step allowed."""
    current = locked(Record, thing.pk)
    if current.subject_id:
        current.subject = (
            Subject.objects.system("named by the record").select_related("region").get(pk=current.subject_id)
        )
    type_ = type_on(current.type, now)
    demand(
        policies.may_change(actor, type_, current),
        "只有登记这条记录的单位可以办理",
        remedy="请联系登记单位，由其修改或作废",
    )
    check_version(current, version, mine=mine)
    next_state(TABLE, current.state, action)
    return current, type_


def _demand_whole(type_: RecordType, data: Mapping[str, Any]) -> None:
    """Every required field is there (a form has seen to it; a caller of the service may have forgotten)."""
    about = type_.rule.subject
    missing = [str(f.label) for f in type_.fields if f.required and data.get(f.name) in (None, "")]
    if about and about.required and not (data.get(NAME) or data.get(CODE)):
        missing.append(about.label)
    if missing:
        raise BadInput("有必填项没有填写", [Problem("没有填写", label) for label in missing])


def _about(made: Record, type_: RecordType, data: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """The subject as the data name it, and where it is."""
    if NAME in data or CODE in data:
        one = wanted_of(data)
        found, _made = subjects_for(type_, [data], actor, now)
        made.subject = found.get(one)
    place(made, data.get("region"), actor.region_id)


def place(made: Record, given: Region | None, own: int | None) -> None:
    """Where it happened: as said, else where the subject is, else the registering unit's region."""
    if given is not None:
        made.region = given
    elif made.subject is not None:
        made.region_id = made.subject.region_id
    elif made.region_id is None:
        made.region_id = own


def _log(log_type: LogType, row: Record, actor: Actor, now: datetime, **values: Any) -> None:
    record(log_type, actor=actor, thing=ThingRef(KIND, row.pk), now=now, **values)
