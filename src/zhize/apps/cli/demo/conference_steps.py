"""What an office and its units do around every conference of the demonstration: ticks, replies, leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from zhize.apps.cli.demo.stage import actor, at, liaison_of
from zhize.apps.work import services
from zhize.apps.work.models import Conference, ConferenceCheck, ConferenceUnit
from zhize.kit.clock import local_day

ABSENT = "gs-lyj"


def all_ticked(
    conference: Conference, staff: str, *, but: str = "", late: Mapping[str, int] | None = None
) -> None:
    """What stands open on the checklist, each done on its date; `late`: so many days after it instead;
    `but` is left to the step that does it by itself."""
    checks = ConferenceCheck.objects.system("demonstration").select_related("conference")
    begun = local_day(conference.created_at)
    for check in (
        checks.filter(conference=conference, done_at__isnull=True).exclude(key=but).order_by("due_on", "pk")
    ):
        day = max(check.due_on, begun) + timedelta(days=(late or {}).get(check.key, 0))
        services.check_tick(check=check, done=True, actor=actor(staff, day), now=at(day, 16))


def ticked(conference: Conference, key: str, staff: str, day: date) -> None:
    rows = ConferenceCheck.objects.system("demonstration").select_related("conference")
    check = rows.get(conference=conference, key=key)
    services.check_tick(check=check, done=True, actor=actor(staff, day), now=at(day))


def answered(conference: Conference, day: date, every: int = 1, *, staff: str = "") -> None:
    """Units answer for themselves: most attend, one in seven by proxy, the absent one is excused; the next day `staff`
    gives the office's word on proxies and leave, where it is named."""
    rows = ConferenceUnit.objects.system("demonstration").filter(conference=conference)
    rows = rows.select_related("unit", "conference").order_by("order", "pk")
    for number, row in enumerate(rows):
        who = liaison_of([row.unit_id], day)
        if who is None or number % every:
            continue
        reply, attendee, note = ("will", "分管负责人（演示）", "")
        if row.unit.code == ABSENT:
            reply, attendee, note = ("leave", "", "与全国旅游工作会议时间冲突")
        elif number % 7 == 3:
            reply, attendee, note = "proxy", "处长（演示）", "分管负责人当日外出检查"
        services.attendance_reply(
            row=row, reply=reply, attendee=attendee, note=note, actor=actor(who, day), now=at(day)
        )
    if not staff:
        return
    day += timedelta(days=1)
    for row in rows.filter(leave=ConferenceUnit.Leave.ASKED):
        word = "请会后补阅材料" if row.reply == ConferenceUnit.Reply.LEAVE else ""
        services.leave_decide(row=row, granted=True, word=word, actor=actor(staff, day), now=at(day))
