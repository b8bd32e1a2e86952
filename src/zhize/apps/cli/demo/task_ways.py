"""The way one task goes in the demonstration, written into a diary and played in the order of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from zhize.apps.cli.demo.stage import actor, at, liaison_of, paper
from zhize.apps.work import services
from zhize.apps.work.models import Task
from zhize.kit.clock import local_day

LAST = date(2012, 12, 19)


@dataclass
class Diary:
    """What happens on which day, written in any order, played by the calendar; nothing after the last day."""

    lines: list[tuple[datetime, Callable[[datetime], Any]]] = field(default_factory=list)

    def write(self, day: date, what: Callable[[datetime], Any], hour: int = 10) -> None:
        if day <= LAST:
            self.lines.append((at(day, hour), what))

    def play(self) -> None:
        for moment, what in sorted(self.lines, key=lambda line: line[0]):
            what(moment)


@dataclass(frozen=True)
class Desk:
    """Who hands out and who checks in a jurisdiction, by account."""

    staff: str
    director: str
    leader: str


@dataclass
class Way:
    """One task and what its people do with it."""

    task: Task
    desk: Desk
    reports: list[dict[str, Any]]
    diary: Diary
    number: int

    def write(self, way: str) -> None:
        """Writes the task's way into the diary; where the lead unit has nobody here, only the office's reminders."""
        start = local_day(self.task.created_at)
        due = self.task.due_on or date(2012, 12, 31)
        units = [pk for pk in (self.task.lead_unit_id, self.task.lead_unit.answers_through_id) if pk]
        who = liaison_of(units, start)
        if who is None:
            self._chased(due, ("remind", "urge"))
            return
        self.diary.write(start + timedelta(days=1 + self.number % 4), partial(self._take, who))
        for place, report in enumerate(self.reports):
            day = start + (due - start) * (place + 1) // (len(self.reports) + 2)
            evidence = place == 1 and self.number % 3 == 0
            self.diary.write(day, partial(self._report, who, report, evidence), hour=11)
        if way == "continuing" or self.task.due_on is None:
            middle = start + (due - start) // 2
            self.diary.write(middle, self._continue, hour=16)
        elif way == "stuck":
            self._chased(due, ("remind", "urge", "supervise"))
        else:
            self._finished(who, way, due)

    def _finished(self, who: str, way: str, due: date) -> None:
        done = due - timedelta(days=4 + self.number % 6)
        if way == "extended":
            self.diary.write(
                due - timedelta(days=12), partial(self._extension, who, due + timedelta(days=30))
            )
            done = due + timedelta(days=18)
        if way == "reminded":
            self._chased(due, ("remind", "urge"))
            done = due + timedelta(days=14)
        if way == "late":
            done = due + timedelta(days=9)
        self.diary.write(done, partial(self._ask, who), hour=15)
        if way == "returned":
            self.diary.write(done + timedelta(days=2), self._return, hour=16)
            self.diary.write(done + timedelta(days=3), partial(self._ask, who), hour=9)
            done += timedelta(days=3)
        if done + timedelta(days=4) <= LAST:
            self.diary.write(done + timedelta(days=4), self._close, hour=16)

    def _chased(self, due: date, steps: tuple[str, ...]) -> None:
        for step, later in zip(steps, (3, 8, 20), strict=False):
            self.diary.write(due + timedelta(days=later), partial(self._remind, step), hour=17)

    # --- what people do ------------------------------------------------------------------------------------

    def _take(self, who: str, now: datetime) -> None:
        services.task_take(task=self.task, actor=actor(who, now.date()), now=now)

    def _report(self, who: str, report: dict[str, Any], evidence: bool, now: datetime) -> None:
        uploads = [paper(f"{self.task.title[:30]}进展", report["words"])] if evidence else []
        said = services.Report(
            words=report["words"], percent=report["percent"], period=f"{now:%Y}年{now.month}月",
            difficulties=report["difficulties"], uploads=uploads, dated_on=local_day(now),
        )  # fmt: skip
        services.task_progress_report(task=self.task, report=said, actor=actor(who, now.date()), now=now)

    def _ask(self, who: str, now: datetime) -> None:
        said = services.Report(
            words=f"已完成：{self.task.goal or self.task.title}"[:500],
            uploads=[paper(f"{self.task.title[:30]}办结报告", self.task.goal)],
            dated_on=local_day(now),
        )
        services.task_completion_ask(task=self.task, report=said, actor=actor(who, now.date()), now=now)

    def _extension(self, who: str, until: date, now: datetime) -> None:
        services.task_extension_ask(
            task=self.task, reason="检验样品尚未全部到齐，需要延期。", new_due_on=until, actor=actor(who, now.date()), now=now
        )  # fmt: skip
        services.task_extension_decide(
            task=self.task, grant=True, comment="同意延期，不再展期。", actor=self._checker(now), now=now + timedelta(hours=5)
        )  # fmt: skip

    def _continue(self, now: datetime) -> None:
        reason = "属长期工作，年内转为持续推进。"
        services.task_continue(
            task=self.task, reason=reason, actor=actor(self.desk.staff, now.date()), now=now
        )

    def _remind(self, step: str, now: datetime) -> None:
        supervise = step == "supervise"
        who = self.desk.director if supervise else self.desk.staff
        services.task_remind(
            task=self.task, step=step, signer="分管副省长（演示）" if supervise else "", actor=actor(who, now.date()), now=now
        )  # fmt: skip

    def _return(self, now: datetime) -> None:
        comment = "缺少结果公布的文件，请补齐后重新申请。"
        services.task_check(task=self.task, close=False, comment=comment, actor=self._checker(now), now=now)

    def _close(self, now: datetime) -> None:
        services.task_check(
            task=self.task, close=True, comment="材料齐全，同意销号。", actor=self._checker(now), now=now
        )

    def _checker(self, now: datetime) -> Any:
        """The office's staff; the leader where the office itself leads."""
        own = self.task.jurisdiction.office_unit_id in (
            self.task.lead_unit_id,
            self.task.lead_unit.answers_through_id,
        )
        return actor(self.desk.leader if own else self.desk.staff, now.date())
