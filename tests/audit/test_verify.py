"""Every altered, removed or inserted row is found, the newest too; so is a chain rewritten as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.audit.support import CHAIN, START, as_dba, found, head, newest, rehash_from, report, sign, write

from zhize.apps.audit.models import Checkpoint
from zhize.apps.audit.selectors import chains_verify, checkpoints_read
from zhize.core.audit.findings import Kind

pytestmark = pytest.mark.django_db
COPY = (
    "INSERT INTO audit_entry (chain, seq, at, type, actor_id, actor_name, actor_username, hat, on_behalf_of,"
    " channel, thing_kind, thing_id, before, after, note, rows_digest, request_id, prev_hash, hash)"
    " SELECT chain, {seq}, at, type, actor_id, actor_name, actor_username, hat, on_behalf_of, channel, thing_kind,"
    " thing_id, before, after, 'false', rows_digest, request_id, hash, hash FROM audit_entry WHERE seq = {of}"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.ZHIZE_HOME = tmp_path
    return tmp_path


def test_an_untouched_chain_has_no_finding_and_the_count_is_said() -> None:
    write(5)
    assert (report().findings, report().count, report().unsigned) == ([], 5, 5)


@pytest.mark.parametrize(
    "column",
    ["note", "actor_name", "hat", "type", "thing_kind", "after", "at", "thing_id", "hash", "prev_hash"],
)
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_one_altered_value_is_found_in_the_first_a_middle_and_the_newest_entry(column: str, seq: int) -> None:
    write(5)
    value = {"at": "2013-01-01 00:00:00+00:00", "after": '{"名称": "假"}', "thing_id": "7"}.get(
        column, "f" * 60
    )
    with as_dba() as cursor:
        cursor.execute(f"UPDATE audit_entry SET {column} = %s WHERE seq = %s", [value, seq])
    assert (Kind.ALTERED, seq) in found()


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_one_removed_entry_is_found_the_newest_too(seq: int) -> None:
    write(5)
    with as_dba() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq = %s", [seq])
    assert found() == {(Kind.REMOVED, seq)}


def test_the_newest_entries_removed_together_with_their_head_are_found_by_the_checkpoint() -> None:
    write(5)
    sign(START)
    with as_dba() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq > 3")
        cursor.execute("UPDATE audit_chain SET seq = 3, head = %s", [newest().hash])
    assert found() == {(Kind.REMOVED, 5)}


def test_an_entry_put_after_the_newest_is_found() -> None:
    write(5)
    with as_dba() as cursor:
        cursor.execute(COPY.format(seq=6, of=5))
    assert (Kind.INSERTED, 6) in found()


def test_an_entry_put_in_the_middle_by_moving_the_others_up_is_found() -> None:
    write(5)
    with as_dba() as cursor:
        for seq in (5, 4, 3):
            cursor.execute("UPDATE audit_entry SET seq = %s WHERE seq = %s", [seq + 1, seq])
        cursor.execute(COPY.format(seq=3, of=2))
        cursor.execute("UPDATE audit_chain SET seq = 6")
    assert {(Kind.ALTERED, 3), (Kind.ALTERED, 4)} <= found()


def test_an_entry_moved_to_another_chain_is_missed_in_its_own() -> None:
    write(3)
    write(1, chain="620100-quality")
    with as_dba() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET chain = '620100-quality' WHERE chain = %s AND seq = 2", [CHAIN]
        )
    assert found() == {(Kind.REMOVED, 2)}
    assert (Kind.ALTERED, 2) in found("620100-quality")


def test_an_altered_head_is_found() -> None:
    write(3)
    with as_dba() as cursor:
        cursor.execute("UPDATE audit_chain SET head = %s", ["a" * 64])
    assert found() == {(Kind.HEAD, 3)}


def test_a_removed_head_is_found() -> None:
    write(3)
    with as_dba() as cursor:
        cursor.execute("DELETE FROM audit_chain")
    assert found() == {(Kind.HEAD, None)}


def _alter(cursor: Any) -> None:
    cursor.execute("UPDATE audit_entry SET note = '改' WHERE seq = 2")
    rehash_from(cursor, 2)


def _remove(cursor: Any) -> None:
    cursor.execute("DELETE FROM audit_entry WHERE seq = 2")
    for seq in (3, 4, 5):
        cursor.execute("UPDATE audit_entry SET seq = %s WHERE seq = %s", [seq - 1, seq])
    rehash_from(cursor, 2)


def _insert(cursor: Any) -> None:
    for seq in (5, 4, 3):
        cursor.execute("UPDATE audit_entry SET seq = %s WHERE seq = %s", [seq + 1, seq])
    cursor.execute(COPY.format(seq=3, of=2))
    rehash_from(cursor, 3)


@pytest.mark.parametrize("crime", [_alter, _remove, _insert])
def test_without_a_checkpoint_a_thorough_rewriting_cannot_be_seen(crime: Callable[[Any], None]) -> None:
    write(5)
    with as_dba() as cursor:
        crime(cursor)
    assert found() == set(), "this is the reason why checkpoints exist"


@pytest.mark.parametrize("crime", [_alter, _remove, _insert])
def test_the_checkpoint_finds_the_thorough_rewriting(crime: Callable[[Any], None]) -> None:
    write(5)
    sign(START)
    with as_dba() as cursor:
        crime(cursor)
    assert found() & {(Kind.REWRITTEN, 5), (Kind.REMOVED, 5)}


def test_a_checkpoint_file_finds_the_rewriting_when_the_table_was_cleaned_too() -> None:
    write(5)
    sign(START)
    with as_dba() as cursor:
        _alter(cursor)
        cursor.execute("DELETE FROM audit_checkpoint")
    assert found() == {(Kind.REWRITTEN, 5), (Kind.REMOVED, 5)}


def test_a_forged_checkpoint_is_not_believed() -> None:
    write(5)
    sign(START)
    with as_dba() as cursor:
        _alter(cursor)
        cursor.execute("UPDATE audit_checkpoint SET head = %s", [head().head])
    kinds = {f.kind for f in report().findings}
    assert Kind.CHECKPOINT in kinds and Kind.REWRITTEN in kinds


def test_a_chain_that_vanished_altogether_is_known_from_its_checkpoint() -> None:
    write(2)
    write(2, chain="620100-quality")
    sign(START)
    with as_dba() as cursor:
        for table, column in (
            ("audit_entry", "chain"),
            ("audit_chain", "code"),
            ("audit_checkpoint", "chain"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [CHAIN])
    reports = {r.chain: r for r in chains_verify(checkpoints_read())}
    assert {f.kind for f in reports[CHAIN].findings} == {Kind.REMOVED}
    assert reports["620100-quality"].is_clean


def test_a_chain_with_a_finding_is_not_signed() -> None:
    write(3)
    sign(START)
    write(2)
    with as_dba() as cursor:
        cursor.execute("UPDATE audit_entry SET note = '改' WHERE seq = 4")
    outcome = sign(START + timedelta(days=1))
    assert outcome.signed == [] and outcome.refused[0].kind is Kind.ALTERED
    assert Checkpoint.objects.system("test").count() == 1


def test_a_removed_row_file_and_a_changed_one_are_found() -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from tests.audit.support import NOTED

    from zhize.kit.actor import system_actor
    from zhize.kit.audit import record
    from zhize.kit.rowfile import rowfile_name, rowfile_store

    digests = [rowfile_store([{"名称": name, "时": str(START)}]) for name in ("甲", "乙", "丙")]
    for digest in digests:
        record(
            NOTED,
            actor=system_actor("测试"),
            thing=None,
            now=START,
            rows_digest=digest,
            jurisdiction_code=CHAIN,
        )
    default_storage.delete(rowfile_name(digests[0]))
    default_storage.delete(rowfile_name(digests[1]))
    default_storage.save(rowfile_name(digests[1]), ContentFile(b"{}\n"))
    assert found() == {(Kind.ROWS, 1), (Kind.ROWS, 2)}


def test_unreadable_values_are_findings_not_crashes() -> None:
    from django.db import connection

    write(4)
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's types refuse such values")
    with as_dba() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = 1")
        cursor.execute("UPDATE audit_entry SET at = '2012-13-45 99:00:00' WHERE seq = 1")
        cursor.execute("UPDATE audit_entry SET after = '{' WHERE seq = 2")
        cursor.execute("UPDATE audit_entry SET before = '[NaN]' WHERE seq = 3")
        cursor.execute("UPDATE audit_entry SET seq = 'vier' WHERE seq = 4")
        cursor.execute("PRAGMA ignore_check_constraints = 0")
    assert {kind for kind, _ in found()} >= {Kind.ALTERED, Kind.INSERTED}


def test_each_finding_names_its_place_in_words() -> None:
    write(3)
    with as_dba() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq = 2")
    assert str(report().findings[0]) == f"链 {CHAIN} 第 2 条：被删除——第 2 条不见了"
