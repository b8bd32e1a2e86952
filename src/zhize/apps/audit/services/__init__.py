"""Writes of the audit log: entries, checkpoints, exports."""

from zhize.apps.audit.services.checkpoints import (
    CheckpointOutcome,
    checkpoint_write,
    checkpoint_write_within,
)
from zhize.apps.audit.services.entries import entry_write
from zhize.apps.audit.services.exports import export_create, export_write

__all__ = [
    "CheckpointOutcome",
    "checkpoint_write",
    "checkpoint_write_within",
    "entry_write",
    "export_create",
    "export_write",
]
