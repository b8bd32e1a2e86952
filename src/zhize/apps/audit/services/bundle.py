"""The bundle a third party checks without us: entries, checkpoints, public keys, row files (docs/adr/0004-audit.md).

A ZIP of plain files: manifest.json, entries.jsonl, checkpoints.jsonl (the last line seals the bundle's end),
public/<key id>.pem, rows/<digest>.jsonl. `scripts/verify_audit_bundle.py` reads it and imports nothing of ours.
"""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from typing import IO, Any

from django.core.files.storage import default_storage

from zhize.apps.audit.selectors import audit_folder, checkpoint_lines, entries_raw, public_key_files
from zhize.core.audit import chain as arithmetic
from zhize.core.audit.checkpoint import line, signed_bytes, statement
from zhize.core.audit.verify import Head
from zhize.kit.rowfile import rowfile_name
from zhize.kit.signing import signer

FORMAT = "audit.bundle.v1"
README = """审计记录导出包

entries.jsonl      一行一条，按序号；hash 为其余各字段规范 JSON 的 SHA-256
checkpoints.jsonl  签名检查点；最后一行为导出时的签名
public/            签名所用公钥（请与办公室另行公布的公钥编号核对）
rows/              批量写入的行文件，文件名即内容的 SHA-256

核验：python verify_audit_bundle.py 本文件.zip
"""


def bundle_write(target: IO[bytes], *, chain: str, head: Head, reason: str, by: str, now: datetime) -> int:
    """Writes the chain up to `head` and returns how many entries went in. Memory does not grow with the chain."""
    pen = signer(audit_folder())
    seal = statement(chain=chain, seq=head.seq, head=head.hash, at=now, key=pen.id)
    digests: dict[str, None] = {}
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", README)
        with bundle.open("entries.jsonl", "w", force_zip64=True) as file:
            for entry in entries_raw(chain, upto=head.seq):
                file.write(_line(entry))
                count += 1
                if entry["rows_digest"]:
                    digests[entry["rows_digest"]] = None
        with bundle.open("checkpoints.jsonl", "w") as file:
            for values in checkpoint_lines(chain):
                if values["seq"] <= head.seq:
                    file.write(line(values).encode() + b"\n")
            file.write(line({**seal, "signature": pen.sign(signed_bytes(seal))}).encode() + b"\n")
        for path in public_key_files():
            bundle.write(path, f"public/{path.name}")
        for digest in digests:
            _copy_rows(bundle, digest)
        manifest = {
            "format": FORMAT, "algorithm": arithmetic.ALGORITHM, "chain": chain, "seq": head.seq, "head": head.hash,
            "entries": count, "row_files": len(digests), "exported_at": _moment(now), "by": by, "reason": reason,
        }  # fmt: skip
        bundle.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
    return count


def _copy_rows(bundle: zipfile.ZipFile, digest: str) -> None:
    """A missing row file is left out: whoever checks the bundle is told."""
    name = rowfile_name(digest)
    if not digest.isalnum() or not default_storage.exists(name):
        return
    with (
        default_storage.open(name) as rows,
        bundle.open(f"rows/{digest}.jsonl", "w", force_zip64=True) as file,
    ):
        for chunk in rows.chunks(1 << 16):
            file.write(chunk)


def _line(entry: dict[str, Any]) -> bytes:
    plain = {**entry, "at": _moment(entry["at"]) if entry["at"] else None}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
