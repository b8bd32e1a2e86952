"""Handing the log out: one bundle an account for the external auditor, any number for the operator's command."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from zhize.apps.audit import log_types, policies
from zhize.apps.audit.models import Export
from zhize.apps.audit.selectors import export_of, head_of
from zhize.apps.audit.services.bundle import bundle_write
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def _once() -> StateConflict:
    return StateConflict(
        "您的账号已经导出过一次审计记录",
        why="限期只读账号只能导出一次，导出本身也记入审计",
        remedy="请在审计页面重新下载上次的导出文件；确需再导出的，请联系安全审计员",
    )


def export_create(*, reason: str, actor: Actor, now: datetime) -> Export:
    """Makes the account's one bundle of the acting hat's chain, stores it and logs it.

    The bundle is made before the transaction: what it holds can no longer change, and nobody waits meanwhile.
    Two at once: the second finds the account's row taken and is refused.
    """
    if not policies.may_export_log(actor) or actor.is_system:
        raise NotAllowed("只有外部审计人员可以在页面上导出审计记录", remedy="请联系安全审计员或系统管理员")
    _need(reason)
    if export_of(actor):
        raise _once()
    with tempfile.TemporaryFile() as file:
        seq, digest = _bundle(file, chain=actor.jurisdiction_code, reason=reason, actor=actor, now=now)
        name = default_storage.save(f"exports/audit-{digest[:16]}.zip", File(file))
    try:
        return _log(actor.jurisdiction_code, seq, digest, name, reason=reason, actor=actor, now=now)
    except IntegrityError as error:
        default_storage.delete(name)
        raise _once() from error


def export_write(*, chain: str, target: IO[bytes], reason: str, actor: Actor, now: datetime) -> Export:
    """Writes a bundle of any chain for the operator (`zhize audit export`); logged like every other."""
    if not actor.is_system:
        raise NotAllowed("只有系统命令可以导出任意一条审计链")
    _need(reason)
    seq, digest = _bundle(target, chain=chain, reason=reason, actor=actor, now=now)
    return _log(chain, seq, digest, "", reason=reason, actor=actor, now=now)


def _need(reason: str) -> None:
    if not reason.strip():
        raise BadInput(
            "请写明导出用途", where="用途", why="谁为什么取走审计记录须可查", remedy="写明审计项目和依据"
        )
    if len(reason.strip()) > 200:
        raise BadInput("用途超过 200 字", where="用途", remedy="请精简，细节可写在审计通知书中")


def _bundle(file: IO[bytes], *, chain: str, reason: str, actor: Actor, now: datetime) -> tuple[int, str]:
    head = head_of(chain)
    if head is None:
        raise BadInput(f"没有代码为 {chain} 的审计链", remedy="请核对辖区代码")
    bundle_write(file, chain=chain, head=head, reason=reason.strip(), by=actor.name, now=now)
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 16):
        digest.update(chunk)
    file.seek(0)
    return head.seq, digest.hexdigest()


@transaction.atomic
def _log(chain: str, seq: int, digest: str, name: str, *, reason: str, actor: Actor, now: datetime) -> Export:
    export = Export(
        chain=chain,
        seq=seq,
        at=now,
        user_id=actor.user_id,
        reason=reason.strip(),
        sha256=digest,
        stored_as=name,
    )
    Export.objects.bulk_create([export])
    after = {"chain": chain, "upto_seq": seq, "sha256": digest, "reason": export.reason}
    record(log_types.LOG_EXPORTED, actor=actor, thing=None, now=now, after=after, jurisdiction_code=chain)
    return export
