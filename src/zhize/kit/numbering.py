"""Numbers that are never given twice: 甘质振办〔2012〕3号. A void number is recorded (作废登记), not reused."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import StateConflict
from zhize.kit.log_types import NUMBER_GIVEN, NUMBER_VOIDED
from zhize.kit.models import NumberGiven, NumberSeries
from zhize.kit.things import ThingRef


@transaction.atomic
def number_give(*, series: str, form: str, ref: ThingRef | None, actor: Actor, now: datetime) -> NumberGiven:
    """Gives the next number of a series to a thing.

    `series` names the series ("甘质振办〔2012〕"), `form` the text with {number} in it ("甘质振办〔2012〕{number}号").
    The series row is locked, so numbers are given one after the other, without gaps: the caller's transaction
    rolled back gives its number back before anybody saw it. The calling service asks its policy first.
    """
    if "{number}" not in form:
        raise ValueError(f"form {form!r} has no place for the number")
    NumberSeries.objects.get_or_create(key=series)
    row = NumberSeries.objects.select_for_update().get(key=series)
    row.last += 1
    row.save(update_fields=["last"])
    given = NumberGiven(
        series=row,
        number=row.last,
        text=form.replace("{number}", str(row.last)),
        ref_kind=ref.kind if ref else "",
        ref_id=ref.id if ref else None,
        at=now,
        by=actor.name,
    )
    given.full_clean(validate_constraints=False, validate_unique=False)
    given.save()
    record(NUMBER_GIVEN, actor=actor, thing=ref or ThingRef("kit.number", given.pk), now=now, note=given.text)
    return given


@transaction.atomic
def number_void(*, given: NumberGiven, reason: str, actor: Actor, now: datetime) -> NumberGiven:
    """作废登记: the number stays used, with the reason. Raises `StateConflict` when already void or without reason."""
    row = NumberGiven.objects.select_for_update().get(pk=given.pk)
    if row.void_at is not None:
        raise StateConflict(
            "这个编号已经作废", where=row.text, why="作废登记不重复", remedy="请查看原作废登记"
        )
    if not reason.strip():
        raise StateConflict("没有填写作废原因", where=row.text, why="作废登记须有原因", remedy="请填写原因")
    row.void_at, row.void_reason = now, reason.strip()
    row.full_clean(validate_constraints=False, validate_unique=False)
    row.save(update_fields=["void_at", "void_reason"])
    ref = ThingRef(row.ref_kind, row.ref_id) if row.ref_id else ThingRef("kit.number", row.pk)
    record(NUMBER_VOIDED, actor=actor, thing=ref, now=now, note=f"{row.text}：{row.void_reason}")
    return row
