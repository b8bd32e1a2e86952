"""Errors a person can act on: what is wrong, where, why it matters, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, with its place. `where` is a place a person can find: 表“名册”第 5 行“代码”列."""

    what: str
    where: str = ""
    why: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        head = f"{self.where}：{self.what}" if self.where else self.what
        return "。".join(part.rstrip("。") for part in (head, self.why, self.remedy) if part) + "。"


class ZhizeError(Exception):
    """An error with words for the person in front of the screen. `status` is the HTTP status of the page."""

    status = 400

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.problem = Problem(what, where, why, remedy)
        super().__init__(str(self.problem))


class NotAllowed(ZhizeError):
    """Inside the scope, without the right: 403."""

    status = 403


class StateConflict(ZhizeError):
    """The thing is in a state that does not admit this action: 409."""

    status = 409


class EditConflict(ZhizeError):
    """Somebody else changed the thing first: 409, answered with both versions side by side."""

    status = 409

    def __init__(
        self, what: str, *, theirs: dict[str, object], mine: dict[str, object], changed_by: str = ""
    ) -> None:
        super().__init__(what, remedy="请对照两个版本，选定后重新保存")
        self.theirs, self.mine, self.changed_by = theirs, mine, changed_by


class BadInput(ZhizeError):
    """Input that cannot be taken, with one or more places."""

    def __init__(self, what: str, problems: list[Problem] | None = None, **rest: str) -> None:
        super().__init__(what, **rest)
        self.problems = problems or [self.problem]
