"""Checks one chain from its first entry to its last, in constant memory (algorithm `audit.chain.v1`, ADR 0004).

Entries come as a stream ordered by `seq`, as mappings of the hashed fields plus `hash`. What the chain cannot
show about itself, that somebody rewrote all of it and hashed it anew, the signed checkpoints show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhize.core.audit.chain import GENESIS, entry_hash
from zhize.core.audit.findings import Finding, Kind


@dataclass(frozen=True, slots=True)
class Head:
    """A chain's stored head: the number of its newest entry and that entry's hash."""

    seq: int
    hash: str


BEGINNING = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint whose signature was found good: at `seq` the chain's entry had this hash. `source` in words."""

    seq: int
    hash: str
    source: str


@dataclass(slots=True)
class ChainCheck:
    """One run over one chain. After `findings()` is exhausted, `count` and `last` say what was read.

    `head` is the stored head read before the stream began, None when there is none. Writers may go on
    meanwhile: `head_after`, read when the stream has ended, tells new entries from inserted ones.
    `start` is a trusted place to begin from (seq and hash of an entry checked before).
    """

    chain: str
    head: Head | None
    start: Head = BEGINNING
    count: int = 0
    last: Head = BEGINNING

    def findings(self, entries: Iterable[Mapping[str, Any]], marks: Iterable[Mark] = ()) -> Iterator[Finding]:
        """All that is wrong inside the stream. `marks` are ordered by seq; those below `start` are passed over."""
        self.last = self.start
        waiting = iter(marks)
        mark = next((m for m in waiting if m.seq > self.start.seq), None)
        for entry in entries:
            self.count += 1
            seq = entry["seq"]
            if not isinstance(seq, int) or seq <= self.last.seq:
                yield self._find(Kind.INSERTED, seq, "序号重复或不在链上，正常写入不会产生这样的记录")
                continue
            yield from self._entry(entry, seq)
            while mark and mark.seq <= seq:
                if mark.seq == seq and mark.hash != entry["hash"]:
                    yield self._rewritten(mark)
                mark = next(waiting, None)
            self.last = Head(seq, str(entry["hash"]))
        while mark:
            if mark.seq > self.last.seq:
                yield self._find(
                    Kind.REMOVED, mark.seq,
                    f"{mark.source}证明当时链上已有 {mark.seq} 条，现在只到第 {self.last.seq} 条：最新的记录被删除",
                )  # fmt: skip
            mark = next(waiting, None)

    def ending(self, head_after: Head | None) -> Iterator[Finding]:
        """What the stored head says about the end of the chain; called once, after `findings`."""
        last, before, after = self.last, self.head, head_after
        if after is None:
            if last.seq:
                yield self._find(Kind.HEAD, None, f"链上有 {last.seq} 条记录，却没有链头：链头被删除")
            return
        floor = before.seq if before else 0
        if last.seq < floor:
            gap = _span(last.seq + 1, floor)
            yield self._find(Kind.REMOVED, floor, f"链头记着 {floor} 条，最新的{gap}不见了：被删除")
        elif last.seq > after.seq:
            gap = _span(after.seq + 1, last.seq)
            yield self._find(
                Kind.INSERTED, last.seq, f"链头只记到第 {after.seq} 条，其后的{gap}不是由系统写入的"
            )
        else:
            known = next((h for h in (before, after) if h and h.seq == last.seq), None)
            if known and known.hash != last.hash:
                yield self._find(Kind.HEAD, last.seq, "链头摘要与最新一条的摘要不同：最新一条或链头被改写")

    def _entry(self, entry: Mapping[str, Any], seq: int) -> Iterator[Finding]:
        if seq > self.last.seq + 1:
            yield self._find(Kind.REMOVED, self.last.seq + 1, f"{_span(self.last.seq + 1, seq - 1)}不见了")
        elif entry["prev_hash"] != self.last.hash:
            words = "所记的前一摘要与上一条的摘要不同：其间有记录被改写、替换或插入"
            yield self._find(Kind.BROKEN, seq, words)
        if entry["chain"] != self.chain or _hash(entry) != entry["hash"]:
            yield self._find(Kind.ALTERED, seq, "内容与其摘要不符：写入之后被修改")

    def _rewritten(self, mark: Mark) -> Finding:
        words = f"{mark.source}签下的摘要是 {mark.hash[:16]}…，现在的摘要不同：此条或更早的记录被改写并重新计算了摘要"
        return self._find(Kind.REWRITTEN, mark.seq, words)

    def _find(self, kind: Kind, seq: object, what: str) -> Finding:
        return Finding(kind, self.chain, seq if isinstance(seq, int) else None, what)


def _hash(entry: Mapping[str, Any]) -> str | None:
    """The hash as it should be; None for values no honest write can hold (a time that is no time, NaN)."""
    try:
        return entry_hash(entry)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return None


def _span(first: int, last: int) -> str:
    return f"第 {first} 条" if first == last else f"第 {first} 至 {last} 条（共 {last - first + 1} 条）"
