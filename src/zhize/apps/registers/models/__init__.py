"""Subjects, records, and record types (which are rule data)."""

from zhize.apps.registers.models.records import READERS, Record, RecordEvidence
from zhize.apps.registers.models.subjects import Subject, SubjectName, check_uscc, uscc_objection
from zhize.apps.registers.models.types import (
    RecordType,
    load_types,
    published_codes,
    record_type,
    record_types,
    type_codes,
)

__all__ = [
    "READERS",
    "Record",
    "RecordEvidence",
    "RecordType",
    "Subject",
    "SubjectName",
    "check_uscc",
    "load_types",
    "published_codes",
    "record_type",
    "record_types",
    "type_codes",
    "uscc_objection",
]
