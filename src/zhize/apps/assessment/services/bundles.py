"""核验包: the sealed round as a zip, read and checked without our database."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO

from zhize.apps.assessment.models import Freeze, Round
from zhize.core.scoring.seal import recompute
from zhize.kit.errors import BadInput

SEALED, MANIFEST, README = "sealed.json", "manifest.json", "README.txt"
WORDS = """考核结果核验包

{title}（{jurisdiction}，{year}）
封存时间 {at}，封存人 {by}，算法 {algorithm}
封存摘要（SHA-256）{sha256}

sealed.json    考核办法、各对象的计分依据、结果和计分过程
manifest.json  本说明所列的各项

核验：zhize recompute --check --bundle 本文件
（只需安装本系统的程序，不需要我们的数据库）
摘要应与通报所印的前16位、与审计记录一致；内容改动一个字节，摘要即不同。
"""


def write_bundle(target: BinaryIO, round_: Round, freeze: Freeze) -> None:
    """Deterministic but for the zip's own clock: names, order and dates are fixed."""
    manifest = {
        "format": "zhize.assessment-bundle/1",
        "title": round_.title,
        "jurisdiction": round_.jurisdiction.code,
        "year": round_.year.label,
        "algorithm": freeze.algorithm,
        "scheme_sha256": freeze.scheme_sha256,
        "sha256": freeze.sha256,
        "number": freeze.number,
        "sealed_at": freeze.sealed_at.astimezone(UTC).isoformat(),
        "sealed_by": freeze.sealed_by,
    }
    words = WORDS.format(
        title=round_.title, jurisdiction=round_.jurisdiction.name, year=round_.year.label,
        at=manifest["sealed_at"], by=freeze.sealed_by, algorithm=freeze.algorithm, sha256=freeze.sha256,
    )  # fmt: skip
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in (
            (MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1)),
            (SEALED, freeze.payload),
            (README, words),
        ):
            bundle.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content.encode(), zipfile.ZIP_DEFLATED
            )


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
