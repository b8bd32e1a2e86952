"""A third party checks the bundle with the stand-alone script, which imports nothing of ours."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.audit.support import CHAIN, NOTED, START, as_dba, newest, rehash_from, sign, write

from zhize.apps.audit.models import Export
from zhize.apps.audit.services import export_write
from zhize.kit.actor import system_actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.rowfile import rowfile_store

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_audit_bundle.py"
OPERATOR = system_actor("zhize audit export")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.ZHIZE_HOME = tmp_path / "home"
    return tmp_path


@pytest.fixture
def bundle(home: Path) -> Path:
    write(3)
    digest = rowfile_store([{"单位": "省质监局", "数": 1}, {"单位": "省工商局", "数": 2}])
    record(NOTED, actor=OPERATOR, thing=None, now=START, rows_digest=digest, jurisdiction_code=CHAIN)
    sign(START)
    write(2)
    path = home / "bundle.zip"
    with path.open("w+b") as file:
        export_write(chain=CHAIN, target=file, reason="演示核验", actor=OPERATOR, now=START)
    return path


def run(*arguments: Path | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, timeout=60
    )


def rewritten(bundle: Path, name: str, change: Callable[[str], str | None]) -> Path:
    """The bundle with one file changed (None: left out)."""
    target = bundle.with_name("changed.zip")
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            text = old.read(member).decode()
            after = change(text) if member.startswith(name) else text
            if after is not None:
                new.writestr(member, after)
    return target


def test_an_honest_bundle_is_sound(bundle: Path) -> None:
    result = run(bundle)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "6 条记录，2 处签名，1 个批量行文件" in result.stdout


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("entries.jsonl", lambda t: t.replace("第2件", "第贰件"), "第 2 条内容与摘要不符"),
        ("entries.jsonl", lambda t: "\n".join(t.splitlines()[:1] + t.splitlines()[2:]), "第 2 至 2 条不见了"),
        ("entries.jsonl", lambda t: "\n".join(t.splitlines()[:-1]), "末条摘要不同"),
        ("entries.jsonl", lambda t: t + t.splitlines()[-1] + "\n", "重复"),
        ("checkpoints.jsonl", lambda t: t.replace('"seq":4', '"seq":3'), "签名无效"),
        ("checkpoints.jsonl", lambda t: t.splitlines()[0], "末尾没有有效签名"),
        ("rows/", lambda t: t.replace("省工商局", "省农牧厅"), "被改动"),
        ("rows/", lambda t: None, "缺少批量行文件"),
        ("public/", lambda t: None, "未知公钥"),
    ],
)
def test_whatever_is_changed_in_the_bundle_is_named(
    bundle: Path, name: str, change: Callable[[str], str | None], words: str
) -> None:
    result = run(rewritten(bundle, name, change))
    assert result.returncode == 1
    assert words in result.stdout


def test_a_checkpoint_kept_elsewhere_betrays_a_rewritten_database(bundle: Path, home: Path) -> None:
    kept = next((home / "home" / "audit" / "checkpoints").glob("*.json"))
    with as_dba() as cursor:
        cursor.execute("UPDATE audit_entry SET note = '改' WHERE seq = 2")
        rehash_from(cursor, 2)
        cursor.execute("DELETE FROM audit_checkpoint")
    path = home / "second.zip"
    with path.open("w+b") as file:
        export_write(chain=CHAIN, target=file, reason="演示", actor=OPERATOR, now=START)
    assert run(path).returncode == 0, "by itself the bundle agrees with itself"
    result = run(path, "--checkpoints", kept)
    assert (result.returncode, "第 4 条与签名检查点矛盾" in result.stdout) == (1, True)


def test_a_file_that_is_no_bundle_is_answered_in_words(home: Path) -> None:
    path = home / "x.zip"
    path.write_bytes(b"")
    assert run(path).returncode == 2


def test_the_export_is_an_entry_itself_and_names_its_digest(bundle: Path) -> None:
    export = Export.objects.system("test").get()
    entry = newest()
    assert (entry.type, entry.after["sha256"]) == ("audit.log.exported", export.sha256)
    assert (export.seq, entry.seq) == (6, 7)


def test_an_export_without_a_reason_or_of_an_unknown_chain_is_refused(home: Path) -> None:
    write(1)
    for chain, reason, words in ((CHAIN, " ", "请写明导出用途"), ("nowhere", "演示", "没有代码为 nowhere")):
        with pytest.raises(BadInput, match=words):
            export_write(chain=chain, target=io.BytesIO(), reason=reason, actor=OPERATOR, now=START)
    assert not Export.objects.system("test").exists()
