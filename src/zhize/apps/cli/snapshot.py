"""What a backup is: a folder with the database, the data folder's files, and a manifest of SHA-256 digests.

    manifest.json   made at, version, database kind, {path: {sha256, bytes}} of everything below
    database.sqlite3 | database.pgdump
    home/           the data folder but what can be made again: files, secret key, checkpoint keys

The database is copied first, the files after it: a file is stored before the row that names it and never
changed afterwards, so every row in the copy finds its file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess  # nosec B404 - pg_dump and pg_restore only
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
SQLITE = "database.sqlite3"
POSTGRES = "database.pgdump"
HOME = "home"
FORMAT = 1
# In the data folder, but made again at the next start, or the database itself (copied its own way).
NOT_COPIED = ("static", "run.lock", "zhize.sqlite3", "zhize.sqlite3-wal", "zhize.sqlite3-shm")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Read from and written to manifest.json."""

    made_at: str
    version: str
    database: str
    files: dict[str, dict[str, Any]]
    format: int = FORMAT


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_under(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def copy_database(settings: Mapping[str, Any], target: Path) -> str:
    """Copies the database into `target`; returns its kind. Works while the product runs.

    Raises: RuntimeError in words where pg_dump is missing or fails.
    """
    if "sqlite" in settings["ENGINE"]:
        source = sqlite3.connect(f"file:{settings['NAME']}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(target / SQLITE)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return "sqlite"
    run_postgres("pg_dump", settings, "-Fc", "--no-owner", "-f", str(target / POSTGRES))
    return "postgresql"


def run_postgres(program: str, settings: Mapping[str, Any], *words: str) -> None:
    """One of PostgreSQL's own programs against the configured database; the password goes by environment."""
    if shutil.which(program) is None:
        raise RuntimeError(
            f"没有找到 {program}，无法处理 PostgreSQL 数据库。请安装 PostgreSQL 客户端：apt-get install postgresql-client"
        )
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    env = os.environ | {key: str(settings[name]) for key, name in names.items() if settings.get(name)}
    done = subprocess.run([program, *words], env=env, capture_output=True, text=True)  # nosec B603
    if done.returncode:
        raise RuntimeError(f"{program} 失败：\n{done.stderr.strip()}")


def copy_home(home: Path, target: Path) -> None:
    """The data folder's files but those of NOT_COPIED."""
    for path in files_under(home):
        relative = path.relative_to(home)
        if relative.parts[0] not in NOT_COPIED:
            copy = target / HOME / relative
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)


def write_manifest(folder: Path, *, database: str, version: str, now: datetime) -> Manifest:
    files = {
        str(path.relative_to(folder)): {"sha256": digest_of(path), "bytes": path.stat().st_size}
        for path in files_under(folder)
        if path.name != MANIFEST
    }
    manifest = Manifest(now.isoformat(timespec="seconds"), version, database, files)
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Raises: RuntimeError in words where the folder is no backup of this format."""
    try:
        values = json.loads((folder / MANIFEST).read_text())
        manifest = Manifest(**values)
    except (OSError, ValueError, TypeError) as error:
        raise RuntimeError(
            f"{folder} 不是质责的备份：读不出 {MANIFEST}（{error}）。请指定 zhize backup 生成的目录。"
        ) from error
    if manifest.format != FORMAT:
        raise RuntimeError(
            f"备份格式为 {manifest.format}，本版本只认 {FORMAT}。请用制作备份的版本恢复后再升级。"
        )
    return manifest


def problems_of(folder: Path, manifest: Manifest) -> list[str]:
    """Every file of the manifest that is missing or altered."""
    found = []
    for name, values in manifest.files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"缺少文件：{name}")
        elif digest_of(path) != values["sha256"]:
            found.append(f"文件被改动：{name}")
    return found
