"""Tables that only grow: triggers by which the database itself refuses UPDATE, DELETE and TRUNCATE (ADR 0004).

Used by migrations. `keys` names columns that are unique together: on SQLite `INSERT OR REPLACE` deletes the
old row without asking a DELETE trigger, so the insert of a key already there is refused too. On PostgreSQL
the triggers are ENABLE ALWAYS: they fire for replication roles as well. Who owns the database can still drop
them; `guards_missing` lets a check say so. A later migration that remakes a table (SQLite) must install again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

CHANGES = ("UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Guard:
    """One guarded table. `refuse` holds UPDATE, DELETE or both; TRUNCATE goes with DELETE.

    Sample: Guard("audit_entry", "审计记录只能追加，不能修改或删除", keys=(("id",), ("chain", "seq"))).
    """

    table: str
    words: str
    refuse: tuple[str, ...] = CHANGES
    keys: tuple[tuple[str, ...], ...] = ()

    def triggers(self, vendor: str) -> dict[str, str]:
        """Trigger name → what it refuses, as this database needs it."""
        names = {f"{self.table}_no_{verb.lower()}": verb for verb in self.refuse}
        if vendor == "postgresql" and "DELETE" in self.refuse:
            names[f"{self.table}_no_truncate"] = "TRUNCATE"
        if vendor == "sqlite" and self.keys:
            names[f"{self.table}_no_replace"] = "REPLACE"
        return names


def install(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Makes the triggers; those already there are made anew."""
    for guard in guards:
        remove(connection, [guard])
        with connection.cursor() as cursor:
            for statement in _statements(guard, _vendor(connection)):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Takes the triggers away: the reverse of the migration, and nothing else in the product."""
    vendor = _vendor(connection)
    with connection.cursor() as cursor:
        for guard in guards:
            for name in guard.triggers(vendor):
                on = f' ON "{guard.table}"' if vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')
            if vendor == "postgresql":
                cursor.execute(f'DROP FUNCTION IF EXISTS "{guard.table}_refuse"()')


def guards_missing(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> list[str]:
    """Names of triggers that should be in the database and are not (or are switched off)."""
    if _vendor(connection) == "postgresql":
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    else:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        here = {row[0] for row in cursor.fetchall()}
    return [name for guard in guards for name in guard.triggers(connection.vendor) if name not in here]


def _vendor(connection: BaseDatabaseWrapper) -> str:
    if connection.vendor not in ("sqlite", "postgresql"):
        raise NotImplementedError(f"no append-only guard is written for {connection.vendor}")
    return connection.vendor


def _statements(guard: Guard, vendor: str) -> list[str]:
    words = guard.words.replace("'", "''")
    if vendor == "sqlite":
        return [_sqlite(guard, name, verb, words) for name, verb in guard.triggers(vendor).items()]
    # A class 23 code (integrity), so that Django raises IntegrityError as it does on SQLite.
    function = (
        f'CREATE FUNCTION "{guard.table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS $body$ '
        f"BEGIN RAISE EXCEPTION USING ERRCODE = 'restrict_violation', "
        f"MESSAGE = '{words}' || '（' || TG_OP || ' ' || TG_TABLE_NAME || '）'; END $body$"
    )
    made = [function]
    for name, verb in guard.triggers(vendor).items():
        level = "STATEMENT"  # refused even when no row would be hit: the attempt itself is wrong
        made.append(
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{guard.table}" '
            f'FOR EACH {level} EXECUTE FUNCTION "{guard.table}_refuse"()'
        )
        made.append(f'ALTER TABLE "{guard.table}" ENABLE ALWAYS TRIGGER "{name}"')
    return made


def _sqlite(guard: Guard, name: str, verb: str, words: str) -> str:
    refusal = f"SELECT RAISE(ABORT, '{words}（{verb} {guard.table}）')"
    if verb != "REPLACE":
        return f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{guard.table}" BEGIN {refusal}; END'
    same = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{guard.table}" WHERE '  # nosec B608 - names of our own tables and columns
        + " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
        + ")"
        for key in guard.keys
    )
    return f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{guard.table}" WHEN {same} BEGIN {refusal}; END'
