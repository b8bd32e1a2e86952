#!/usr/bin/env python3
"""Checks an audit bundle of Zhize (`zhize audit export`) without Zhize: its entries, signatures and row files.

    python verify_audit_bundle.py BUNDLE.zip [--public-key KEY.pem ...] [--checkpoints FILE.json ...]

Needs Python 3.11 and the library `cryptography`; imports nothing of Zhize. What it does:

1. Entries (entries.jsonl, one JSON object a line). An entry's `hash` is the SHA-256 of the canonical JSON of all
   its other fields: UTF-8, keys sorted, no spaces, non-ASCII letters as they are. Entry n's `prev_hash` is entry
   n-1's `hash`; the first one's is 64 zeros. `seq` runs 1, 2, 3 ... without a gap, up to manifest.json's `seq`.
2. Checkpoints (checkpoints.jsonl, and files you kept yourself, given by --checkpoints). `signature` is Ed25519, in
   hex, over the canonical JSON of algorithm, at, chain, head, key, seq. `key` is the first 16 hex digits of the
   SHA-256 of the public key's 32 bytes. At `seq` the entry must have the hash `head`.
3. Row files (rows/<digest>.jsonl): the SHA-256 of the content is the digest that an entry names.

Without --public-key the bundle's own keys are used, which shows only that the bundle agrees with itself: compare
the key ids printed at the end with those the office has published. Exit code: 0 sound, 1 not, 2 unreadable.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

ENTRY_FIELDS = (
    "chain", "seq", "at", "type", "actor_id", "actor_name", "actor_username", "hat", "on_behalf_of", "channel",
    "thing_kind", "thing_id", "before", "after", "note", "rows_digest", "request_id", "prev_hash",
)  # fmt: skip
SIGNED_FIELDS = ("algorithm", "at", "chain", "head", "key", "seq")


def canonical(values: dict[str, Any], fields: tuple[str, ...]) -> bytes:
    chosen = {name: values[name] for name in fields}
    return json.dumps(chosen, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_keys(pems: Iterable[bytes]) -> dict[str, Ed25519PublicKey]:
    keys = {}
    for pem in pems:
        key = load_pem_public_key(pem)
        if isinstance(key, Ed25519PublicKey):
            keys[hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]] = key
    return keys


def lines(file: Iterable[str]) -> Iterator[dict[str, Any]]:
    return (json.loads(text) for text in file if text.strip())


def good_checkpoints(
    found: Iterable[dict[str, Any]], keys: dict[str, Ed25519PublicKey], chain: str, problems: list[str]
) -> dict[int, set[str]]:
    """seq → hashes that were signed for it."""
    marks: dict[int, set[str]] = {}
    for values in found:
        if values.get("chain") != chain:
            continue
        try:
            keys[values["key"]].verify(bytes.fromhex(values["signature"]), canonical(values, SIGNED_FIELDS))
        except KeyError:
            problems.append(
                f"检查点（第 {values.get('seq')} 条）用未知公钥 {values.get('key')} 签名 / unknown key"
            )
        except (InvalidSignature, ValueError):
            problems.append(f"检查点（第 {values.get('seq')} 条）签名无效 / bad signature")
        else:
            marks.setdefault(values["seq"], set()).add(values["head"])
    return marks


def check_entries(
    entries: Iterable[dict[str, Any]],
    manifest: dict[str, Any],
    marks: dict[int, set[str]],
    problems: list[str],
) -> tuple[int, set[str]]:
    """How many entries were read, and the row files they name."""
    previous, expected, count, digests = "0" * 64, 1, 0, set()
    for entry in entries:
        count += 1
        seq = entry["seq"]
        if seq < expected:
            problems.append(f"第 {seq} 条重复 / inserted")
            continue
        if seq > expected:
            problems.append(f"第 {expected} 至 {seq - 1} 条不见了 / removed")
        elif entry["prev_hash"] != previous:
            problems.append(f"第 {seq} 条与上一条不衔接 / broken link")
        if (
            entry["chain"] != manifest["chain"]
            or hashlib.sha256(canonical(entry, ENTRY_FIELDS)).hexdigest() != entry["hash"]
        ):
            problems.append(f"第 {seq} 条内容与摘要不符 / altered")
        if marks.get(seq, {entry["hash"]}) != {entry["hash"]}:
            problems.append(f"第 {seq} 条与签名检查点矛盾 / rewritten")
        if entry["rows_digest"]:
            digests.add(entry["rows_digest"])
        previous, expected = entry["hash"], seq + 1
    if expected - 1 != manifest["seq"] or previous != manifest["head"]:
        problems.append(
            f"清单写到第 {manifest['seq']} 条，实有到第 {expected - 1} 条，或末条摘要不同 / end differs"
        )
    problems.extend(f"检查点证明有第 {seq} 条，导出包里没有 / removed" for seq in marks if seq >= expected)
    if manifest["seq"] not in marks:
        problems.append("导出包末尾没有有效签名 / the end is not sealed")
    return count, digests


def check_rows(bundle: zipfile.ZipFile, digests: set[str], problems: list[str]) -> None:
    names = set(bundle.namelist())
    for digest in sorted(digests):
        name = f"rows/{digest}.jsonl"
        if name not in names:
            problems.append(f"缺少批量行文件 {name} / missing row file")
            continue
        found = hashlib.sha256()
        with bundle.open(name) as file:
            while chunk := file.read(1 << 16):
                found.update(chunk)
        if found.hexdigest() != digest:
            problems.append(f"批量行文件 {name} 被改动 / row file altered")


def check(path: Path, key_files: list[Path], checkpoint_files: list[Path]) -> int:
    problems: list[str] = []
    with zipfile.ZipFile(path) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
        inside = [bundle.read(name) for name in bundle.namelist() if name.startswith("public/")]
        keys = read_keys([file.read_bytes() for file in key_files] or inside)
        found = list(lines(bundle.read("checkpoints.jsonl").decode().splitlines()))
        for file in checkpoint_files:
            found += lines(file.read_text(encoding="utf-8").splitlines())
        marks = good_checkpoints(found, keys, manifest["chain"], problems)
        with bundle.open("entries.jsonl") as raw:
            entries = lines(io.TextIOWrapper(raw, encoding="utf-8"))
            count, digests = check_entries(entries, manifest, marks, problems)
        check_rows(bundle, digests, problems)
    for problem in problems:
        print(problem)
    source = "您给出的公钥" if key_files else "包内公钥（请与另行公布的编号核对）"
    print(f"链 {manifest['chain']}：{count} 条记录，{len(marks)} 处签名，{len(digests)} 个批量行文件。")
    print(f"{source}：{', '.join(sorted(keys)) or '无'}")
    print("核验通过 / sound" if not problems else f"发现 {len(problems)} 处问题 / {len(problems)} problems")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks an audit bundle of Zhize.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--public-key", type=Path, action="append", default=[])
    parser.add_argument("--checkpoints", type=Path, action="append", default=[])
    given = parser.parse_args()
    try:
        return check(given.bundle, given.public_key, given.checkpoints)
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        print(f"读不出导出包 / unreadable: {type(error).__name__}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
