"""Reads of the audit log: pages for the auditor, raw entries for checks and exports, the checks themselves."""

from zhize.apps.audit.selectors.checkpoints import (
    Checkpoints,
    audit_folder,
    checkpoint_last,
    checkpoint_lines,
    checkpoints_read,
    public_key_files,
)
from zhize.apps.audit.selectors.entries import (
    chain_size,
    compared,
    entries,
    entry_get,
    export_of,
    neighbours,
    thing_history,
)
from zhize.apps.audit.selectors.raw import chain_codes, entries_raw, head_of
from zhize.apps.audit.selectors.verify import ChainReport, chain_verify, chains_verify, guards_report

__all__ = [
    "ChainReport",
    "Checkpoints",
    "audit_folder",
    "chain_codes",
    "chain_size",
    "chain_verify",
    "chains_verify",
    "checkpoint_last",
    "checkpoint_lines",
    "checkpoints_read",
    "compared",
    "entries",
    "entries_raw",
    "entry_get",
    "export_of",
    "guards_report",
    "head_of",
    "neighbours",
    "public_key_files",
    "thing_history",
]
