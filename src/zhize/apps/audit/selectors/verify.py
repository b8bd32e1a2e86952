"""The check of the log against itself, its checkpoints and its row files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain as one_after_another
from typing import Any

from django.db import connection

from zhize.apps.audit.models import GUARDS
from zhize.apps.audit.selectors.checkpoints import Checkpoints
from zhize.apps.audit.selectors.raw import chain_codes, entries_raw, head_of
from zhize.core.audit.findings import Finding, Kind
from zhize.core.audit.verify import BEGINNING, ChainCheck, Head
from zhize.kit.append_only import guards_missing
from zhize.kit.rowfile import rowfile_problem

KEPT = 200


@dataclass(slots=True)
class ChainReport:
    """What the check of one chain found; at most 200 findings are kept, `more` counts the rest."""

    chain: str
    count: int = 0
    last: Head = BEGINNING
    signed_upto: int = 0
    findings: list[Finding] = field(default_factory=list)
    more: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.findings

    @property
    def unsigned(self) -> int:
        """Entries newer than the last checkpoint: only the database itself vouches for them."""
        return max(0, self.last.seq - self.signed_upto)

    def add(self, found: Iterable[Finding]) -> None:
        for finding in found:
            if len(self.findings) < KEPT:
                self.findings.append(finding)
            else:
                self.more += 1


def chain_verify(code: str, checkpoints: Checkpoints, *, start: Head | None = None) -> ChainReport:
    """Checks one chain from its beginning (or from a trusted place) to its end, row files included."""
    check = ChainCheck(code, head_of(code), start or BEGINNING)
    report = ChainReport(code, signed_upto=checkpoints.last_seq(code))
    report.add(f for f in checkpoints.findings if f.chain in (code, "—"))
    rows: list[Finding] = []
    entries = _with_rows(code, entries_raw(code, after=start.seq if start else 0), rows)
    report.add(one_after_another(check.findings(entries, checkpoints.of(code)), check.ending(head_of(code))))
    report.add(rows)
    report.count, report.last = check.count, check.last
    return report


def _with_rows(
    code: str, entries: Iterator[dict[str, Any]], found: list[Finding]
) -> Iterator[dict[str, Any]]:
    for entry in entries:
        if (digest := entry["rows_digest"]) and len(found) < KEPT and (problem := rowfile_problem(digest)):
            found.append(Finding(Kind.ROWS, code, entry["seq"], problem))
        yield entry


def chains_verify(checkpoints: Checkpoints, *, only: str | None = None) -> Iterator[ChainReport]:
    """Checks all chains one after the other, also such as only a checkpoint still knows."""
    codes = [only] if only else sorted({*chain_codes(), *checkpoints.marks})
    for code in codes:
        yield chain_verify(code, checkpoints)


def guards_report() -> list[Finding]:
    """Guards the database should have and has not: somebody took them away, or a migration forgot them."""
    words = "数据库触发器 {} 不在或已停用：此后的修改和删除不会被数据库拒绝，请查明原因并重新安装"
    return [Finding(Kind.GUARD, "—", None, words.format(name)) for name in guards_missing(connection, GUARDS)]
