"""What follows the ladder in the demonstration: the work told in circulars, a 督办单 sent out, a unit talked to.

All of it goes into the diary of the tasks, so that each step meets the ledger as it stood that day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from zhize.apps.cli.demo.stage import actor, liaison_of, paper
from zhize.apps.cli.demo.task_ways import Desk, Diary
from zhize.apps.documents import services as documents
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.work import services
from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.years.models import WorkYear

# The day of each circular, and the days it tells of.
CIRCULARS = (
    (date(2012, 7, 6), date(2012, 1, 1), date(2012, 6, 30)),
    (date(2012, 10, 12), date(2012, 7, 1), date(2012, 10, 10)),
)
SENT, TALKED, MENDED, PRESSED = date(2012, 10, 23), date(2012, 11, 6), date(2012, 11, 20), date(2012, 12, 17)
SIGNER, LEADER = "领导小组办公室主任（演示）", "分管副省长（演示）"


def write(diary: Diary, year: WorkYear, desk: Desk, words: dict[str, Any]) -> None:
    """The circulars of the half-year and of July to early October; the first slip issued, signed for, unanswered; the talk, and what the unit reports then; in
    December two more units are pressed at once, their slips still drafts."""
    for day, start, end in CIRCULARS:
        diary.write(day, partial(_circulated, year, desk, start, end), hour=9)
    diary.write(SENT, partial(_sent, year, desk), hour=9)
    diary.write(TALKED, partial(_talked, year, desk, words["talk"]), hour=17)
    diary.write(MENDED, partial(_mended, year, words["after_talk"]))
    diary.write(PRESSED, partial(_pressed, year, desk))


def _circulated(year: WorkYear, desk: Desk, start: date, end: date, now: datetime) -> None:
    staff = actor(desk.staff, now.date())
    _digest, document = services.digest_draft(year=year, starts_on=start, ends_on=end, actor=staff, now=now)
    _signed_for(issued(document, desk, SIGNER, now), now)


def _sent(year: WorkYear, desk: Desk, now: datetime) -> None:
    """Drafted by the step three days before, now checked, signed on paper, numbered and sent; the unit signs for it."""
    for document in OfficialDocument.objects.system("demonstration").filter(
        jurisdiction=year.jurisdiction, source_kind="work.slip", state=OfficialDocument.State.DRAFT
    ):
        _signed_for(issued(document, desk, LEADER, now), now)


def _signed_for(document: OfficialDocument, now: datetime) -> None:
    """Addressees sign within three days."""
    rows = document.addressees.system("demonstration").order_by("order", "pk")
    for number, row in enumerate(rows):
        later = now + timedelta(days=1 + number % 3)
        if who := liaison_of([row.unit_id], later.date()):
            documents.official_receive(document=document, actor=actor(who, later.date()), now=later)


def issued(document: OfficialDocument, desk: Desk, by: str, now: datetime) -> OfficialDocument:
    director, day = actor(desk.director, now.date()), now.date()
    hours = [now + timedelta(hours=later) for later in (1, 5, 6)]
    document = documents.official_check(document=document, version=None, actor=director, now=hours[0])
    document = documents.official_sign(
        document=document, signed_by=by, signed_on=day, version=None, actor=director, now=hours[1]
    )
    staff = actor(desk.staff, day)
    return documents.official_issue(document=document, dated_on=day, version=None, actor=staff, now=hours[2])


def _supervised(year: WorkYear) -> Task | None:
    """The task of the first slip."""
    rows = TaskReminder.objects.system("demonstration").filter(task__year=year, slip__isnull=False)
    row = rows.select_related("task__lead_unit", "task__jurisdiction").order_by("at", "pk").first()
    return row.task if row else None


def _talked(year: WorkYear, desk: Desk, words: dict[str, Any], now: datetime) -> None:
    if task := _supervised(year):
        services.talk_record(
            jurisdiction=year.jurisdiction, year=year, data={**words, "unit": task.lead_unit, "held_on": now.date()},
            task_ids=[task.pk], scan=paper("约谈记录", words["words"], words["promise"]), actor=actor(desk.staff, now.date()),
            now=now,
        )  # fmt: skip


def _mended(year: WorkYear, words: dict[str, Any], now: datetime) -> None:
    """The unit keeps its word: it reports, and the step is answered."""
    if (task := _supervised(year)) and (who := liaison_of([task.lead_unit_id], now.date())):
        services.task_progress_report(
            task=task, report=services.Report(**words), actor=actor(who, now.date()), now=now
        )


def _pressed(year: WorkYear, desk: Desk, now: datetime) -> None:
    """提请督办 of all that were reminded and urged and are late by more than a week, in one step."""
    rows = Task.objects.system("demonstration").filter(
        year=year, state=Task.State.RUNNING, reminders=2, due_on__lt=now.date() - timedelta(days=7)
    )
    if ids := list(rows.values_list("pk", flat=True)):
        services.tasks_remind(
            task_ids=ids, step="supervise", signer=LEADER, actor=actor(desk.director, now.date()), now=now
        )
