"""Errors of the core, on one ladder: what is wrong, where, why it matters, what to do.

The faces (browser, API, command) print these words as they are, so they are Chinese and name things a person
can find. Nothing here knows Django; the kit turns a `CoreError` into a page or an answer.
"""

from __future__ import annotations

from typing import Self


class CoreError(Exception):
    """Something the core refuses, in words.

    >>> str(CoreError("月份应为 1 至 12", where="due.on.month", remedy="改成 1 至 12 的整数"))
    'due.on.month：月份应为 1 至 12。改成 1 至 12 的整数。'
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.what, self.where, self.why, self.remedy = what, where, why, remedy
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.where}：{self.what}" if self.where else self.what
        return "".join(part.rstrip("。") + "。" for part in (head, self.why, self.remedy) if part)

    def within(self, place: str) -> Self:
        """The same error seen from further out: the place gets `place` in front."""
        return type(self)(
            self.what,
            where=f"{place}.{self.where}" if self.where else place,
            why=self.why,
            remedy=self.remedy,
        )

    def as_dict(self) -> dict[str, str]:
        """Plain form for JSON: always the same four keys."""
        return {"what": self.what, "where": self.where, "why": self.why, "remedy": self.remedy}


class BadRule(CoreError):
    """A rule given as data cannot be understood; `where` is the path of the field."""


class BadFact(CoreError):
    """Facts contradict each other or cannot be true."""


class NoSuchStep(CoreError):
    """The state of a thing does not admit this action."""


class BadTable(CoreError):
    """A transition table is built wrongly: a mistake of the programmer, found at import."""
