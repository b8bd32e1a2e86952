#!/usr/bin/env python3
"""Checks a bundle of a sealed assessment (`zhize bundle ROUND FILE`) without the product and without its database.

    python verify.py [BUNDLE.zip or its folder] [--seal DIGEST] [--program FOLDER]

Needs Python 3.11 and nothing else. What it does:

1. Every file of the bundle has the SHA-256 that manifest.json names; manifest.json has the one in manifest.sha256.
2. sealed.json has the seal that manifest.json names (and, with --seal, the one you hold: it is printed in the notice,
   in groups of 16; the first group will do).
3. Every score, grade and sentence is worked out again from the scheme and the facts in sealed.json, by the program in
   program.zip (the arithmetic of the product, pure Python, readable), or by a copy you got elsewhere (--program: a
   folder that holds zhize/core). What comes out is compared with what was sealed, figure by figure.

A bundle can only show that it agrees with itself. That it is the one the office sealed shows the seal: compare it with
the notice. Exit code: 0 everything agrees, 1 something differs, 2 the bundle cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

SEALED, MANIFEST, SUM, PROGRAM = "sealed.json", "manifest.json", "manifest.sha256", "program.zip"


def read(place: Path) -> dict[str, bytes]:
    """The files of a bundle by name, from the zip or from the folder it was unpacked to."""
    if place.is_dir():
        return {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}
    with zipfile.ZipFile(place) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def files_agree(files: dict[str, bytes], manifest: dict[str, Any], seal: str) -> list[str]:
    """What is wrong with the files themselves, in words."""
    found = []
    if digest(files[MANIFEST]) != files.get(SUM, b"").decode().split(" ")[0]:
        found.append(f"{MANIFEST} 与 {SUM} 不符，被改动过")
    for name, wanted in manifest["files"].items():
        if name not in files:
            found.append(f"缺少 {name}")
        elif digest(files[name]) != wanted:
            found.append(f"{name} 与清单中的摘要不符，被改动过")
    if digest(files[SEALED]) != manifest["sha256"]:
        found.append("封存内容与封存摘要不符")
    if seal and not manifest["sha256"].startswith("".join(seal.split()).lower()):
        found.append(f"封存摘要 {manifest['sha256'][:16]}… 不是您给出的 {seal}：这不是当时封存的那一份")
    return found


def scores_agree(files: dict[str, bytes], manifest: dict[str, Any], program: Path | None) -> list[str]:
    """What does not come out again, in words."""
    with tempfile.TemporaryDirectory() as folder:
        if program is None:
            (Path(folder) / PROGRAM).write_bytes(files[PROGRAM])
            program = Path(folder) / PROGRAM
        sys.path.insert(0, str(program))
        seal = importlib.import_module("zhize.core.scoring.seal")
        found: list[str] = seal.recompute(files[SEALED].decode(), manifest["sha256"])
    return found


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="核验一次考核的封存结果", epilog=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).resolve().parent, help="核验包（.zip）或其解压后的文件夹")  # fmt: skip
    parser.add_argument("--seal", default="", help="您手中的封存摘要（通报所印的前16位即可）")
    parser.add_argument("--program", type=Path, help="改用另行取得的程序（含 zhize/core 的文件夹）")
    asked = parser.parse_args(words)
    try:
        files = read(asked.bundle)
        manifest = json.loads(files[MANIFEST])
        found = files_agree(files, manifest, asked.seal)
        if not found:
            found = scores_agree(files, manifest, asked.program)
    except (OSError, KeyError, ValueError, ImportError, zipfile.BadZipFile) as error:
        print(f"读不出核验包：{error}")
        return 2
    print(f"{manifest['title']}（{manifest['jurisdiction']}，{manifest['year']}）")
    print(f"封存摘要 {manifest['sha256']}")
    print(f"程序摘要 {manifest['files'][PROGRAM]}，算法 {manifest['algorithm']}")
    for text in found:
        print(f"  {text}")
    print(
        "核验通过：每个得分、等次和每句说明都能由封存内容得出。"
        if not found
        else f"发现 {len(found)} 处不符。"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
