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
    EntryPage,
    Filters,
    chain_size,
    compared,
    entries_page,
    entry_get,
    export_of,
    thing_history,
    thing_kinds,
)
from zhize.apps.audit.selectors.raw import chain_codes, entries_raw, head_of
from zhize.apps.audit.selectors.verify import ChainReport, chain_verify, chains_verify, guards_report

__all__ = [
    "ChainReport",
    "Checkpoints",
    "EntryPage",
    "Filters",
    "audit_folder",
    "chain_codes",
    "chain_size",
    "chain_verify",
    "chains_verify",
    "checkpoint_last",
    "checkpoint_lines",
    "checkpoints_read",
    "compared",
    "entries_page",
    "entries_raw",
    "entry_get",
    "export_of",
    "guards_report",
    "head_of",
    "public_key_files",
    "thing_history",
    "thing_kinds",
]
