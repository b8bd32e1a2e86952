"""The door to the audit log for everything above core (the log itself is `apps.audit`).

A write calls `record` inside its transaction. Types are registered by each app in `log_types.py`,
dotted as `app.entity.past`, with the words shown to a person. An unregistered type raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from zhize.kit.actor import Actor
from zhize.kit.audit_values import loggable, plain_text
from zhize.kit.things import ThingRef


@dataclass(frozen=True, slots=True)
class LogType:
    """A registered kind of entry. Sample: LogType("orgs.unit.changed", _("修改单位"))."""

    code: str
    label: str | Promise


_types: dict[str, LogType] = {}


def register_log_types(*types: LogType) -> None:
    """Called by an app's `ready`; a code registered twice is a programming error."""
    for one in types:
        if one.code.count(".") != 2:
            raise ValueError(f"log type {one.code!r} is not app.entity.past")
        if _types.get(one.code, one) != one:
            raise ValueError(f"log type {one.code!r} registered twice")
        _types[one.code] = one


def log_types() -> Mapping[str, LogType]:
    return _types


class Recorder(Protocol):
    """What `apps.audit` provides."""

    def __call__(
        self,
        *,
        log_type: str,
        actor: Actor,
        thing: ThingRef | None,
        now: datetime,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        note: str,
        rows_digest: str,
        jurisdiction_code: str,
    ) -> None: ...


_recorder: Recorder | None = None


def use_recorder(recorder: Recorder) -> None:
    """Called once by `apps.audit`."""
    global _recorder
    _recorder = recorder


def record(
    log_type: LogType,
    *,
    actor: Actor,
    thing: ThingRef | None,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
    rows_digest: str = "",
    jurisdiction_code: str = "",
) -> None:
    """Writes one entry in the current transaction.

    `before` and `after` are plain JSON values; only fields that differ are kept when both are given. What must
    not lie in a log for ever is taken out first: see `kit.audit_values`.
    A bulk write is one entry with `rows_digest`, the SHA-256 of its stored row file. The chain is the
    actor's jurisdiction unless `jurisdiction_code` names another (a thing that belongs elsewhere).
    """
    if log_type.code not in _types:
        raise ValueError(f"log type {log_type.code!r} is not registered")
    if _recorder is None:
        raise RuntimeError("no audit recorder: apps.audit is not installed")
    if before is not None and after is not None:
        changed = [k for k in after if before.get(k) != after[k]]
        before, after = {k: before.get(k) for k in changed}, {k: after[k] for k in changed}
    _recorder(
        log_type=log_type.code,
        actor=actor,
        thing=thing,
        now=now,
        before=loggable(before),
        after=loggable(after),
        note=plain_text(note),
        rows_digest=rows_digest,
        jurisdiction_code=jurisdiction_code or actor.jurisdiction_code or "system",
    )
