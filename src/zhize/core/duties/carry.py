"""A new version of the text carries the work over: which duty of the register goes on as which (method `duties.carry`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..regulation.compare import Change, Kind, Limits, Piece, Place, compare

METHOD = "duties.carry"


class Fate(StrEnum):
    """What is proposed for a duty."""

    label: str

    GOES_ON = "goes_on", "沿用"
    REWORDED = "reworded", "改文字后沿用"
    DECIDE = "decide", "请人决定"
    ENDS = "ends", "终止"
    BEGINS = "begins", "新增"

    def __new__(cls, value: str, label: str) -> Fate:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Held:
    """A duty as the register or the reader has it: key (clause path # segment), words, holders by printed name."""

    key: str
    text: str
    holders: tuple[str, ...] = ()

    @property
    def piece(self) -> Piece:
        return Piece(self.key, self.text)


@dataclass(frozen=True, slots=True)
class Carry:
    """One line: the old duty goes on as the new one; `why` in words where a person must look."""

    fate: Fate
    old: str | None
    new: str | None
    likeness: Decimal
    why: str = ""


def carry(
    old: Sequence[Held], new: Sequence[Held], *, sure: Decimal, limits: Limits | None = None
) -> tuple[Carry, ...]:
    """Every duty of both versions once, in the order of the new one.

    Words unchanged and holders unchanged: goes on. Reworded with a likeness of at least `sure`: goes on with the new
    words. Less alike, or other holders: a person decides. Obligations and history follow the duty, so a wrong match
    would hang one duty's evidence on another: in doubt nothing is carried silently.
    """
    by_old, by_new = {d.key: d for d in old}, {d.key: d for d in new}
    changes = compare([d.piece for d in old], [d.piece for d in new], limits)
    return tuple(_carry(change, by_old, by_new, sure) for change in changes)


def _carry(change: Change, old: dict[str, Held], new: dict[str, Held], sure: Decimal) -> Carry:
    if change.kind is Kind.ADDED:
        return Carry(Fate.BEGINS, None, change.new, change.likeness)
    if change.kind is Kind.REMOVED:
        return Carry(Fate.ENDS, change.old, None, change.likeness, "新文本中没有相应内容")
    before, after = old[change.old or ""], new[change.new or ""]
    gone = [name for name in before.holders if name not in after.holders]
    come = [name for name in after.holders if name not in before.holders]
    if gone or come:
        words = [f"原有{'、'.join(gone)}" if gone else "", f"现有{'、'.join(come)}" if come else ""]
        return _line(Fate.DECIDE, change, f"责任主体变了：{'，'.join(w for w in words if w)}")
    if change.kind is Kind.SAME:
        moved = "位置移动，内容未变" if change.place is Place.MOVED else ""
        return _line(Fate.GOES_ON, change, moved)
    if change.likeness >= sure:
        return _line(Fate.REWORDED, change, "文字有改动")
    return _line(Fate.DECIDE, change, f"文字改动较大（相似度 {change.likeness}），请确认是否同一职责")


def _line(fate: Fate, change: Change, why: str) -> Carry:
    return Carry(fate, change.old, change.new, change.likeness, why)
