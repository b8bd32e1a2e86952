"""核验包: the sealed round as a zip, read and checked without our database, by anyone with Python alone."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import zhize
from zhize.apps.assessment import standalone
from zhize.apps.assessment.models import Freeze, Round
from zhize.core.scoring.seal import recompute
from zhize.kit.errors import BadInput

SEALED, MANIFEST, SUM, README = "sealed.json", "manifest.json", "manifest.sha256", "README.txt"
VERIFY, PROGRAM = "verify.py", "program.zip"
FORMAT = "zhize.assessment-bundle/2"
WORDS = """考核结果核验包

{title}（{jurisdiction}，{year}）
封存时间 {at}，封存人 {by}，算法 {algorithm}
封存摘要（SHA-256）{sha256}

sealed.json      考核办法、各对象的计分依据、结果和计分过程
program.zip      计分程序（纯 Python，可阅读）
verify.py        核验程序：python verify.py [--seal 通报所印的摘要]
manifest.json    本说明所列的各项和各文件的摘要；manifest.sha256 是它自己的摘要

核验：解压后运行 python verify.py，只需 Python 3.11，不需要本系统，也不需要我们的数据库；
装有本系统的，也可以 zhize recompute --check --bundle 本文件。
摘要应与通报附件所印的（空格不计）、与审计记录一致；内容改动一个字节，摘要即不同。
"""


def write_bundle(target: BinaryIO, round_: Round, freeze: Freeze) -> None:
    """Deterministic: names, order and dates are fixed, the same seal gives the same bytes."""
    words = WORDS.format(
        title=round_.title, jurisdiction=round_.jurisdiction.name, year=round_.year.label,
        at=freeze.sealed_at.astimezone(UTC).isoformat(), by=freeze.sealed_by, algorithm=freeze.algorithm,
        sha256=freeze.sha256,
    )  # fmt: skip
    files = {
        SEALED: freeze.payload.encode(),
        PROGRAM: program(),
        VERIFY: (Path(standalone.__file__).parent / VERIFY).read_bytes(),
        README: words.encode(),
    }
    manifest = {
        "format": FORMAT,
        "title": round_.title,
        "jurisdiction": round_.jurisdiction.code,
        "year": round_.year.label,
        "algorithm": freeze.algorithm,
        "scheme_sha256": freeze.scheme_sha256,
        "sha256": freeze.sha256,
        "number": freeze.number,
        "sealed_at": freeze.sealed_at.astimezone(UTC).isoformat(),
        "sealed_by": freeze.sealed_by,
        "version": zhize.__version__,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    told = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    files |= {MANIFEST: told, SUM: f"{hashlib.sha256(told).hexdigest()}  {MANIFEST}\n".encode()}
    _zip(target, files.items())


@cache
def program() -> bytes:
    """The pure core as a zip that Python imports from: what worked the scores out, readable by anyone."""
    root = Path(zhize.__file__).parent
    sources = [root / "__init__.py", *sorted((root / "core").rglob("*.py"))]
    target = io.BytesIO()
    _zip(target, ((f"zhize/{path.relative_to(root).as_posix()}", path.read_bytes()) for path in sources))
    return target.getvalue()


def _zip(target: BinaryIO, files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files:
            bundle.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def read_bundle(path: Path) -> tuple[dict[str, Any], str]:
    """Manifest and sealed text of a bundle. Raises `BadInput` in words for what is none."""
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = json.loads(bundle.read(MANIFEST))
            return manifest, bundle.read(SEALED).decode()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadInput(
            "读不出核验包", where=path.name, why=str(error)[:100], remedy="请确认文件完整，由本系统导出"
        ) from error


def check_bundle(path: Path) -> list[str]:
    """What is wrong with an exported bundle; empty where every score comes out again. Needs no database."""
    manifest, sealed = read_bundle(path)
    return recompute(sealed, str(manifest.get("sha256", "")))
