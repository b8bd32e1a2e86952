"""Writes of this app."""

from zhize.apps.registers.services.bulk import records_save
from zhize.apps.registers.services.records import (
    record_create,
    record_evidence_add,
    record_update,
    record_void,
)
from zhize.apps.registers.services.subjects import subject_create, subject_update

__all__ = [
    "record_create",
    "record_evidence_add",
    "record_update",
    "record_void",
    "records_save",
    "subject_create",
    "subject_update",
]
