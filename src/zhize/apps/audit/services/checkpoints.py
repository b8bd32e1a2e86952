"""Signed checkpoints: once a day every chain's head is signed, kept in the table and in a daily file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from zhize.apps.audit.models import Chain, Checkpoint
from zhize.apps.audit.selectors import (
    Checkpoints,
    audit_folder,
    chain_verify,
    checkpoint_last,
    checkpoints_read,
    head_of,
)
from zhize.core.audit.checkpoint import line, signed_bytes, statement
from zhize.core.audit.findings import Finding
from zhize.core.audit.verify import Head
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed
from zhize.kit.signing import Signer, signer


@dataclass(slots=True)
class CheckpointOutcome:
    """What was signed, and which chains were not signed because something is wrong with them."""

    signed: list[Checkpoint] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    file: Path | None = None


def checkpoint_write(*, actor: Actor, now: datetime) -> CheckpointOutcome:
    """Signs the head of every chain that has grown since its last checkpoint.

    Only what checks out is signed: the entries since the last checkpoint are read again first; a chain with a
    finding is left unsigned and reported. Rows are committed before the file is written, so that a line of
    the file never speaks of something that was undone; a line lost by a crash in between loses nothing.
    Only the system signs (beat, command): no person's hat stands behind a checkpoint.
    """
    with transaction.atomic(durable=True):
        outcome = _signed(actor, now)
    if outcome.signed:
        outcome.file = _append(outcome.signed, now)
    return outcome


def checkpoint_write_within(*, actor: Actor, now: datetime) -> CheckpointOutcome:
    """The same inside a transaction of the caller (the demonstration is one): the file follows once that is committed."""
    with transaction.atomic():
        outcome = _signed(actor, now)
    if outcome.signed:
        transaction.on_commit(partial(_append, outcome.signed, now))
    return outcome


def _signed(actor: Actor, now: datetime) -> CheckpointOutcome:
    if not actor.is_system:
        raise NotAllowed("检查点由系统签署，不由个人签署", remedy="请由系统管理员运行 zhize audit checkpoint")
    outcome = CheckpointOutcome()
    pen = signer(audit_folder())
    for code in Chain.objects.order_by("code").values_list("code", flat=True):
        _sign_chain(code, pen, now, outcome)
    Checkpoint.objects.bulk_create(outcome.signed)
    return outcome


def _sign_chain(code: str, pen: Signer, now: datetime, outcome: CheckpointOutcome) -> None:
    last = checkpoint_last(code)
    start = Head(last[0].seq, last[0].head) if last else None
    head = head_of(code)
    if head is None or (start and last and head == start and last[0].key == pen.id):
        return
    report = chain_verify(code, checkpoints_read(chain=code) if last else Checkpoints(), start=start)
    if report.findings or not report.last.seq:
        outcome.refused += report.findings
        return
    values = statement(chain=code, seq=report.last.seq, head=report.last.hash, at=now, key=pen.id)
    outcome.signed.append(
        Checkpoint(
            chain=code,
            seq=report.last.seq,
            head=report.last.hash,
            at=now,
            key=pen.id,
            signature=pen.sign(signed_bytes(values)),
        )
    )


def _append(signed: list[Checkpoint], now: datetime) -> Path:
    """Appends to the day's file and sees it on disk; the day is the office's."""
    folder = audit_folder() / "checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{timezone.localtime(now):%Y-%m-%d}.json"
    with path.open("a", encoding="utf-8") as file:
        for row in signed:
            values = statement(chain=row.chain, seq=row.seq, head=row.head, at=row.at, key=row.key)
            file.write(line({**values, "signature": row.signature}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return path
