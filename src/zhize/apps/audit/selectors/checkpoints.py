"""Checkpoints: where they lie, which of them can be trusted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from zhize.apps.audit.models import Checkpoint
from zhize.core.audit.checkpoint import checkpoint_line, signed_bytes, statement
from zhize.core.audit.findings import Finding, Kind
from zhize.core.audit.verify import Mark
from zhize.kit.clock import local_day
from zhize.kit.signing import is_signed_by, public_keys


def audit_folder() -> Path:
    """Keys and daily files lie in ZHIZE_HOME/audit."""
    return Path(settings.ZHIZE_HOME) / "audit"


def public_key_files() -> list[Path]:
    """The public keys of this installation, old and new."""
    return sorted((audit_folder() / "public").glob("*.pem"))


@dataclass(slots=True)
class Checkpoints:
    """All checkpoints that could be read: good ones by chain, and what is wrong with the others."""

    marks: dict[str, dict[tuple[int, str], Mark]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, chain: str) -> list[Mark]:
        """The good marks of a chain by seq."""
        return sorted(self.marks.get(chain, {}).values(), key=lambda m: m.seq)

    def last_seq(self, chain: str) -> int:
        return max((seq for seq, _ in self.marks.get(chain, {})), default=0)


def checkpoints_read(
    *, folder: Path | None = None, key_files: Iterable[Path] | None = None, chain: str | None = None
) -> Checkpoints:
    """The checkpoints of the table and of the daily files, each signature checked.

    `folder` and `key_files` default to the installation's own; who does not trust this machine names copies
    kept elsewhere. A line of a file that has no row in the table says the row was removed.
    """
    keys = public_keys(public_key_files() if key_files is None else key_files)
    read = Checkpoints()
    rows = Checkpoint.objects.system("checking the log").order_by("pk")
    signatures = set()
    for row in rows.filter(chain=chain) if chain else rows:
        signatures.add(row.signature)
        _judge(read, keys, _of_row(row), f"检查点（{timezone.localtime(row.at):%Y-%m-%d}）")
    for place, values in _lines(folder or audit_folder() / "checkpoints"):
        if values is None:
            read.findings.append(Finding(Kind.CHECKPOINT, "—", None, f"{place}读不出：文件被改动或写坏"))
        elif chain is None or values.get("chain") == chain:
            good = _judge(read, keys, values, f"检查点文件{place}")
            if good and values["signature"] not in signatures:
                words = f"{place}有签名有效的检查点，数据库的检查点表里却没有：表里的行被删除"
                read.findings.append(Finding(Kind.REMOVED, values["chain"], values["seq"], words))
    return read


def _of_row(row: Checkpoint) -> dict[str, Any]:
    values = statement(chain=row.chain, seq=row.seq, head=row.head, at=row.at, key=row.key)
    return {**values, "signature": row.signature}


def _judge(read: Checkpoints, keys: dict[str, Ed25519PublicKey], values: dict[str, Any], source: str) -> bool:
    chain, seq = str(values.get("chain", "—")), values.get("seq")
    key = keys.get(str(values.get("key")))
    try:
        good = key is not None and is_signed_by(key, values["signature"], signed_bytes(values))
    except KeyError:
        good = False
    if good:
        mark = Mark(values["seq"], values["head"], source)
        read.marks.setdefault(chain, {}).setdefault((mark.seq, mark.hash), mark)
        return True
    why = "签名无效：内容被改动或伪造" if key else f"签名所用的公钥 {values.get('key')} 不在信任的公钥之中"
    read.findings.append(
        Finding(Kind.CHECKPOINT, chain, seq if isinstance(seq, int) else None, f"{source}{why}")
    )
    return False


def _lines(folder: Path) -> Iterator[tuple[str, dict[str, Any] | None]]:
    for path in sorted(folder.glob("*.json")):
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, text in enumerate(file, 1):
                try:
                    values = json.loads(text)
                except (ValueError, RecursionError):
                    values = None
                yield f" {path.name} 第 {number} 行", values if isinstance(values, dict) else None


def checkpoint_lines(chain: str) -> Iterator[dict[str, Any]]:
    """The chain's checkpoints of the table, as they were signed (for an export)."""
    rows = Checkpoint.objects.system("export of the log").filter(chain=chain).order_by("pk")
    return (_of_row(row) for row in rows.iterator(chunk_size=500))


def checkpoint_last(chain: str) -> tuple[Checkpoint, str] | None:
    """The newest checkpoint of a chain with its short printable form, for notices and the auditor's page."""
    row = Checkpoint.objects.system("printed in notices").filter(chain=chain).order_by("-seq", "-pk").first()
    if row is None:
        return None
    day = local_day(row.at)
    return row, checkpoint_line(chain=row.chain, seq=row.seq, head=row.head, on=day)
