"""The command's verbs: each can be imported and asked for help; a port in use is left to its owner."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from zhize.apps.cli import demonstrate
from zhize.apps.cli.doctor import doctor
from zhize.apps.cli.main import VERBS, main
from zhize.apps.cli.run import free_port, static_is_stale


@pytest.mark.parametrize("verb", [*VERBS, "django-admin"])
def test_every_verb_explains_itself(verb: str) -> None:
    result = CliRunner().invoke(main, [verb, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage" in result.output or "Type" in result.output


def test_the_command_lists_its_verbs_in_a_process_of_its_own(tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"} | {
        "ZHIZE_HOME": str(tmp_path)
    }
    env["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    command = [sys.executable, "-m", "zhize.apps.cli.main", "--help"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert all(f"  {verb}" in done.stdout for verb in VERBS)


@pytest.mark.parametrize("empty", [True, False])
def test_the_demonstration_is_loaded_into_an_empty_database_only(
    monkeypatch: pytest.MonkeyPatch, empty: bool
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(demonstrate, "make_ready", lambda: None)
    monkeypatch.setattr(demonstrate, "load_cards", lambda: loaded.append("cards"))
    monkeypatch.setattr(demonstrate, "database_is_empty", lambda: empty)
    monkeypatch.setattr(demonstrate, "demo_load", loaded.append)
    result = CliRunner().invoke(main, ["demo", "--stage", "quarter"])
    assert loaded == (["quarter", "cards"] if empty else [])
    assert ("2012-04-16" if empty else "没有装入演示数据") in result.output and (
        result.exit_code == 0
    ) is empty


def test_a_port_in_use_is_left_and_the_next_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port


def test_static_files_are_stale_until_collected_after_the_newest_source(
    tmp_path: Path, settings: Any
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    target.mkdir()
    (source / "a.css").write_text("a")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], target
    assert static_is_stale()
    (target / "staticfiles.json").write_text("{}")
    os.utime(source / "a.css", (1, 1))
    assert not static_is_stale()
    later = (target / "staticfiles.json").stat().st_mtime + 10
    os.utime(source / "a.css", (later, later))
    assert static_is_stale()


@pytest.mark.django_db
def test_doctor_finds_no_fault_in_a_sound_home(tmp_path: Path, settings: Any) -> None:
    settings.ZHIZE_HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    result = CliRunner().invoke(doctor, [])
    assert "✗" not in result.output, result.output
    assert "数据库结构是最新的" in result.output


@pytest.mark.django_db
def test_doctor_names_a_readable_key_and_its_remedy(tmp_path: Path, settings: Any) -> None:
    settings.ZHIZE_HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    key = tmp_path / "secret_key"
    key.write_text("k")
    key.chmod(0o644)
    result = CliRunner().invoke(doctor, [])
    assert result.exit_code != 0
    assert "chmod 600" in result.output
