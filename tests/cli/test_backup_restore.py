"""Backup and restore: nothing is overwritten unasked, nothing altered is restored, what comes back is the same."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from zhize.apps.cli.backup import backup
from zhize.apps.cli.restore import restore


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a database, a stored file, a key, and things that are made again at a start."""
    folder = tmp_path / "home"
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "abc").write_bytes(b"evidence")
    (folder / "static").mkdir()
    (folder / "static" / "big.js").write_text("made again")
    (folder / "secret_key").write_text("k")
    with closing(sqlite3.connect(folder / "zhize.sqlite3")) as db:
        db.execute("CREATE TABLE t (x)")
        db.execute("INSERT INTO t VALUES ('一')")
        db.commit()
    settings.ZHIZE_HOME = folder
    monkeypatch.setitem(
        settings.DATABASES,
        "default",
        {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "zhize.sqlite3")},
    )
    return folder


def _run(command: Any, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def _rows(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT x FROM t").fetchall()


def test_a_backup_restored_elsewhere_is_the_same_and_leaves_out_what_is_made_again(
    home: Path, tmp_path: Path
) -> None:
    assert _run(backup, tmp_path / "b").exit_code == 0
    result = _run(restore, tmp_path / "b", "--into", tmp_path / "other", "--yes")
    assert result.exit_code == 0, result.output
    assert _rows(tmp_path / "other" / "zhize.sqlite3") == [("一",)]
    assert (tmp_path / "other" / "files" / "ab" / "abc").read_bytes() == b"evidence"
    assert (tmp_path / "other" / "secret_key").read_text() == "k"
    assert not (tmp_path / "other" / "static").exists()


def test_without_yes_a_restore_only_says_what_it_would_do(home: Path, tmp_path: Path) -> None:
    _run(backup, tmp_path / "b")
    (home / "files" / "ab" / "new").write_bytes(b"later")
    result = _run(restore, tmp_path / "b")
    assert "预演" in result.output
    assert (home / "files" / "ab" / "new").exists()


def test_a_restore_keeps_what_was_there_beside_it(home: Path, tmp_path: Path) -> None:
    _run(backup, tmp_path / "b")
    (home / "files" / "ab" / "new").write_bytes(b"later")
    result = _run(restore, tmp_path / "b", "--yes")
    assert result.exit_code == 0, result.output
    kept = next(tmp_path.glob("home.before-restore-*"))
    assert (kept / "files" / "ab" / "new").read_bytes() == b"later"
    assert not (home / "files" / "ab" / "new").exists()
    assert _rows(home / "zhize.sqlite3") == [("一",)]


@pytest.mark.parametrize("harm", ["altered", "missing"])
def test_a_damaged_backup_is_refused_and_the_file_named(home: Path, tmp_path: Path, harm: str) -> None:
    _run(backup, tmp_path / "b")
    victim = tmp_path / "b" / "home" / "files" / "ab" / "abc"
    victim.write_bytes(b"forged") if harm == "altered" else victim.unlink()
    result = _run(restore, tmp_path / "b", "--into", tmp_path / "other", "--yes")
    assert result.exit_code != 0
    assert "home/files/ab/abc" in result.output
    assert not (tmp_path / "other").exists()


def test_a_running_product_is_not_restored_over(home: Path, tmp_path: Path) -> None:
    import fcntl

    _run(backup, tmp_path / "b")
    with (home / "run.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = _run(restore, tmp_path / "b", "--yes")
    assert result.exit_code != 0
    assert "正在运行" in result.output
    assert not list(tmp_path.glob("home.before-restore-*"))


def test_a_backup_of_another_kind_of_database_is_refused(home: Path, tmp_path: Path) -> None:
    _run(backup, tmp_path / "b")
    manifest = tmp_path / "b" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"database": "postgresql"}))
    result = _run(restore, tmp_path / "b", "--yes")
    assert result.exit_code != 0
    assert "ZHIZE_DATABASE_URL" in result.output


def test_a_backup_never_goes_into_a_used_folder_nor_into_the_data_folder(home: Path, tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "x").touch()
    assert "不是空目录" in _run(backup, tmp_path / "used").output
    assert "数据目录" in _run(backup, home / "b").output


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no pg_dump: apt-get install postgresql-client")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_the_database_comes_back_as_it_was(
    home: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", dict(connection.settings_dict))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE backup_probe (x text)")
        cursor.execute("INSERT INTO backup_probe VALUES ('一')")
    try:
        assert _run(backup, tmp_path / "b").exit_code == 0
        with connection.cursor() as cursor:
            cursor.execute("UPDATE backup_probe SET x = '二'")
        result = _run(restore, tmp_path / "b", "--into", tmp_path / "other", "--yes")
        assert result.exit_code == 0, result.output
        with connection.cursor() as cursor:
            cursor.execute("SELECT x FROM backup_probe")
            assert cursor.fetchall() == [("一",)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE backup_probe")
