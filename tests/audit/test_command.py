"""`zhize audit` for the operator."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.audit.support import CHAIN, START, as_dba, sign, write

from zhize.apps.audit.selectors import checkpoint_last
from zhize.apps.cli.audit import audit
from zhize.kit.signing import signer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.ZHIZE_HOME = tmp_path
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(audit, list(words))
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_verify_says_how_many_entries_are_sound_and_how_many_unsigned() -> None:
    write(3)
    run("checkpoint")
    write(2)
    code, output = run("verify")
    assert code == 0
    assert f"{CHAIN}：5 条，完好；签名检查点到第 3 条，其后 2 条尚未签名" in output


def test_verify_ends_with_one_and_names_the_place() -> None:
    write(3)
    with as_dba() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq = 3")
    code, output = run("verify", "--chain", CHAIN)
    assert code == 1
    assert f"链 {CHAIN} 第 3 条：被删除" in output


def test_verify_of_an_unknown_chain_says_what_to_do() -> None:
    code, output = run("verify", "--chain", "nowhere")
    assert code == 1 and "请核对辖区代码" in output


def test_verify_trusts_only_the_key_it_was_given(home: Path) -> None:
    write(2)
    run("checkpoint")
    signer(home / "other")
    stranger = next((home / "other" / "public").glob("*.pem"))
    own = next((home / "audit" / "public").glob("*.pem"))
    assert run("verify", "--public-key", str(own))[0] == 0
    code, output = run("verify", "--public-key", str(stranger))
    assert code == 1 and "不在信任的公钥之中" in output


def test_a_missing_guard_is_reported() -> None:
    from django.db import connection

    from zhize.apps.audit.models import GUARDS
    from zhize.kit.append_only import install, remove

    remove(connection, GUARDS)
    code, output = run("verify")
    install(connection, GUARDS)
    assert code == 1 and "audit_entry_no_delete" in output


def test_a_checkpoint_goes_to_the_days_file_and_into_one_printable_line(home: Path) -> None:
    write(3)
    sign(START)
    path = home / "audit" / "checkpoints" / "2012-03-05.json"
    values = json.loads(path.read_text())
    last = checkpoint_last(CHAIN)
    assert last
    assert values["signature"] == last[0].signature
    assert last[1] == f"审计检查点 {CHAIN} 第3条 {values['head'][:16]} 2012-03-05"


def test_a_chain_that_has_not_grown_is_not_signed_again(home: Path) -> None:
    write(3)
    sign(START)
    assert sign(START).signed == []
    assert len((home / "audit" / "checkpoints" / "2012-03-05.json").read_text().splitlines()) == 1


def test_the_private_key_is_the_owners_alone_and_made_once(home: Path) -> None:
    first, second = signer(home / "audit"), signer(home / "audit")
    assert first.id == second.id
    assert stat.S_IMODE((home / "audit" / "signing_key.pem").stat().st_mode) == 0o600


def test_after_a_change_of_key_old_checkpoints_still_count(home: Path) -> None:
    write(3)
    sign(START)
    (home / "audit" / "signing_key.pem").rename(home / "retired.pem")
    write(1)
    assert [c.seq for c in sign(START).signed] == [4]
    assert run("verify")[0] == 0


def test_export_writes_a_bundle_and_never_over_a_file(home: Path) -> None:
    write(2)
    path = home / "out.zip"
    assert run("export", CHAIN, str(path), "--reason", "演示")[0] == 0
    code, output = run("export", CHAIN, str(path), "--reason", "演示")
    assert code == 1 and "已存在" in output


def test_a_person_cannot_sign_and_the_beat_does_it_each_night() -> None:
    from zhize.apps.audit.services import checkpoint_write
    from zhize.kit.actor import Actor
    from zhize.kit.beat import periodics
    from zhize.kit.errors import NotAllowed

    write(2)
    with pytest.raises(NotAllowed, match="不由个人签署"):
        checkpoint_write(actor=Actor(user_id=1, name="甲"), now=START)
    nightly = next(one for one in periodics() if one.name == "audit.checkpoints")
    nightly.run(START)
    assert checkpoint_last(CHAIN)


def test_the_beat_says_aloud_that_a_chain_is_not_sound(caplog: pytest.LogCaptureFixture) -> None:
    from zhize.apps.audit.tasks import audit_daily

    write(2)
    with as_dba() as cursor:
        cursor.execute("UPDATE audit_entry SET note = '改' WHERE seq = 1")
    audit_daily(START)
    assert f"链 {CHAIN} 第 1 条：被修改" in caplog.text
    assert checkpoint_last(CHAIN) is None
