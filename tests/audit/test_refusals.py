"""The database refuses to change or remove what the log holds: by ORM and by raw SQL, on both databases."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from tests.audit.support import CHAIN, START, as_dba, newest, report, write

from zhize.apps.audit.models import GUARDS, Chain, Checkpoint, Entry, Export
from zhize.kit.append_only import guards_missing

pytestmark = pytest.mark.django_db

IN_SQL = [
    "UPDATE audit_entry SET note = 'x'",
    "UPDATE audit_entry SET note = 'x' WHERE seq = 2",
    "UPDATE audit_entry SET note = note",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE seq = 3",
    "DELETE FROM audit_chain",
    "UPDATE audit_checkpoint SET head = 'x'",
    "DELETE FROM audit_checkpoint",
    "UPDATE audit_export SET reason = 'x'",
    "DELETE FROM audit_export",
]
POSTGRES = [
    "TRUNCATE audit_entry",
    "TRUNCATE audit_chain",
    "TRUNCATE audit_checkpoint",
    "TRUNCATE audit_export",
]
SQLITE = [
    "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 2",
    "REPLACE INTO audit_chain (code, seq, head) VALUES ('620000-quality', 0, '')",
]


@pytest.fixture(autouse=True)
def entries() -> None:
    write(3)
    Checkpoint.objects.bulk_create(
        [Checkpoint(chain=CHAIN, seq=3, head=newest().hash, at=START, key="k", signature="s")]
    )
    Export.objects.bulk_create([Export(chain=CHAIN, seq=3, at=START, reason="测试", sha256="0" * 64)])


def _statements() -> list[str]:
    return IN_SQL + (POSTGRES if connection.vendor == "postgresql" else SQLITE)


@pytest.mark.parametrize("sql", IN_SQL + POSTGRES + SQLITE)
def test_raw_sql_cannot_change_or_remove_a_row(sql: str) -> None:
    if sql not in _statements():
        pytest.skip("the other database's words")
    with (
        pytest.raises(DatabaseError, match=r"只能追加，不能修改或删除|链头不能删除"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Entry.objects.system("test").count() == 3


def test_the_orm_cannot_change_or_remove_an_entry() -> None:
    entry = newest()
    entry.note = "改"
    attempts = [
        entry.save,
        entry.delete,
        lambda: Entry.objects.system("test").update(note="改"),
        lambda: Entry.objects.system("test").filter(seq=1).delete(),
        lambda: Entry.objects.system("test").bulk_update([entry], ["note"]),
        lambda: Chain.objects.get(pk=CHAIN).delete(),
        lambda: Checkpoint.objects.system("test").update(seq=9),
        lambda: Export.objects.system("test").all().delete(),
    ]
    for attempt in attempts:
        with (
            pytest.raises(DatabaseError, match=r"只能追加，不能修改或删除|链头不能删除"),
            transaction.atomic(),
        ):
            attempt()
    assert newest().note == ""


def test_entries_can_still_be_added_after_a_refusal() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        newest().delete()
    write(1)
    assert newest().seq == 4


@pytest.mark.django_db(transaction=True)
def test_even_the_flush_command_is_refused_but_the_suite_cleans_up_itself() -> None:
    from django.core.management.base import CommandError

    with pytest.raises((CommandError, DatabaseError)):
        call_command("flush", interactive=False, verbosity=0)
    assert Entry.objects.system("test").count() == 3


def test_guards_are_back_after_a_test_that_flushed() -> None:
    assert guards_missing(connection, GUARDS) == []


def test_a_guard_taken_away_is_named() -> None:
    with as_dba():
        assert "audit_entry_no_update" in guards_missing(connection, GUARDS)
    assert report().count == 3
