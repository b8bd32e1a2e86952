"""Writes of this app."""

from zhize.apps.registers.services.bulk import records_save
from zhize.apps.registers.services.records import (
    record_create,
    record_evidence_add,
    record_update,
    record_void,
)
from zhize.apps.registers.services.reminders import due_remind, remind_each_day
from zhize.apps.registers.services.subjects import subject_create, subject_update

__all__ = [
    "due_remind",
    "record_create",
    "record_evidence_add",
    "record_update",
    "record_void",
    "records_save",
    "remind_each_day",
    "subject_create",
    "subject_update",
]
