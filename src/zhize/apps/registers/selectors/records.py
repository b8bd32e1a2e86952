"""Reads of records: lists, one with its story, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch

from zhize.apps.documents.models import Evidence
from zhize.apps.registers.models import Record, RecordType
from zhize.apps.registers.selectors.standing import due_q
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

JOINED = ("subject", "region", "keeper")
SHOWN = 300  # records of one subject on its page; beyond that the page says so and the list has them
BESIDE = 50  # of the same object, and material


def records_listed(actor: Actor, code: str) -> ScopedQuerySet[Record]:
    """The valid records of a type this actor may see, joined for lists."""
    return _of(actor, code).filter(state=Record.State.ACTIVE)


def records_void(actor: Actor, code: str) -> ScopedQuerySet[Record]:
    """Those taken out."""
    return _of(actor, code).filter(state=Record.State.VOID)


def _of(actor: Actor, code: str) -> ScopedQuerySet[Record]:
    return Record.objects.visible_to(actor).filter(type=code).select_related(*JOINED)


def record_by_pk(actor: Actor, pk: int) -> Record | None:
    """One record, void ones too, with its evidence: two statements."""
    evidence = Evidence.objects.system("belongs to a record the actor sees").select_related("file")
    return (
        Record.objects.visible_to(actor)
        .select_related(*JOINED, "jurisdiction")
        .prefetch_related(Prefetch("evidence", queryset=evidence))
        .by_pk(pk)
    )


def others_of_object(actor: Actor, record: Record) -> list[Record]:
    """Earlier and later records of the same object, newest first; one more than `BESIDE` where there are more."""
    if not record.object_key:
        return []
    rows = Record.objects.visible_to(actor).filter(
        type=record.type,
        jurisdiction_id=record.jurisdiction_id,
        object_key=record.object_key,
        state=Record.State.ACTIVE,
    )
    return list(rows.exclude(pk=record.pk).order_by("-occurred_on", "-pk")[: BESIDE + 1])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records of one register about a subject, of one outcome, happened in one year."""

    type: str
    year: int
    outcome: str
    n: int


def tallies_of_subject(actor: Actor, subject_id: int) -> list[Tally]:
    """Everything registered about a subject that this actor may see, counted. One statement, however many."""
    rows = _about(actor, subject_id).values_list("type", "occurred_on__year", "outcome")
    return [Tally(*row) for row in rows.annotate(n=Count("pk")).order_by()]


def records_of_subject(actor: Actor, subject_id: int) -> list[Record]:
    """The `SHOWN` newest of them. One statement."""
    rows = _about(actor, subject_id).select_related("region", "keeper")
    return list(rows.order_by("-occurred_on", "-pk")[:SHOWN])


def due_of_subject(actor: Actor, subject_id: int, types: Sequence[RecordType], today: date) -> int:
    """How many of them are due soon or expired. One statement."""
    return _about(actor, subject_id).filter(due_q(types, today)).count()


def _about(actor: Actor, subject_id: int) -> ScopedQuerySet[Record]:
    return Record.objects.visible_to(actor).filter(subject_id=subject_id, state=Record.State.ACTIVE)


def due_records(actor: Actor, types: Sequence[RecordType], today: date) -> ScopedQuerySet[Record]:
    """What is due soon or expired, the oldest first."""
    rows = Record.objects.visible_to(actor).filter(due_q(types, today))
    return rows.select_related(*JOINED).order_by("due_on", "pk")


def evidence_of(records: Sequence[Record]) -> list[Evidence]:
    """The material of these records, newest first; one more than `BESIDE` where there is more. One statement."""
    rows = Evidence.objects.system("belongs to records the actor sees").filter(
        record_links__record__in=[one.pk for one in records]
    )
    return (
        list(rows.select_related("file").distinct().order_by("-dated_on", "-pk")[: BESIDE + 1])
        if records
        else []
    )
