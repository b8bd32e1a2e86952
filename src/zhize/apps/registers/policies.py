"""Who keeps a register, who reads it, who may change what (docs/adr/0014-registers.md).

The units a type names keep it: its records are their work (三（一）). The office and the leaders read everything of
their jurisdiction and change nothing: what is wrong is mended by whoever registered it. Another member reads only
what the type's rule publishes inside the jurisdiction.
"""

from __future__ import annotations

from datetime import date

from zhize.apps.registers.models import READERS, Record, RecordType, Subject, record_types
from zhize.kit.actor import Actor

WORKING = ("unit_head", "liaison", "clerk", "office_director", "office_staff")


def may_see_registers(actor: Actor) -> bool:
    """Whoever has a hat in the jurisdiction sees which registers there are."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_read(actor: Actor, type_: RecordType) -> bool:
    """The keeping units, the office, leaders and auditors; every member where the type is published."""
    if actor.is_system:
        return True
    if actor.jurisdiction_id is None:
        return False
    return actor.has(*READERS) or type_.is_published or type_.is_kept_by(actor.unit_code)


def may_keep(actor: Actor, type_: RecordType) -> bool:
    """Register, import, change: working people of a unit the type names."""
    return actor.is_system or (actor.has(*WORKING) and type_.is_kept_by(actor.unit_code))


def may_change(actor: Actor, type_: RecordType, record: Record) -> bool:
    """Only the unit that registered it: two bureaus may keep one type, each its own records."""
    if actor.is_system:
        return True
    return (
        may_keep(actor, type_)
        and record.keeper_id == actor.unit_id
        and record.jurisdiction_id == actor.jurisdiction_id
    )


def may_see_subjects(actor: Actor) -> bool:
    """Facts of the business register are nobody's secret: everybody with a hat."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_keep_subjects(actor: Actor) -> bool:
    """The office, and working people of any unit that keeps a register: who registers a record meets new enterprises."""
    if actor.is_system:
        return True
    keeps = actor.has("office_director", "office_staff") or any(
        one.is_kept_by(actor.unit_code) for one in record_types(date.max)
    )
    return keeps and actor.has(*WORKING)


def may_change_subject(actor: Actor, subject: Subject) -> bool:
    """In the own region and below. Reads: `subject.region.parent`, which callers have joined.

    A county does not rename what the province registered in the prefecture's own name.
    """
    if actor.is_system:
        return True
    region = subject.region
    above = region.parent.parent_id if region.parent_id and region.parent else None
    return may_keep_subjects(actor) and actor.region_id in (region.pk, region.parent_id, above)
