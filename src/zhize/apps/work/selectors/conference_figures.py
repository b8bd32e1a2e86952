"""What conferences count: attendance of units, for obligations, metric cards, summaries and clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import of_unit
from zhize.apps.regulations.models import Duty
from zhize.apps.work.models import Conference, ConferenceUnit
from zhize.core.kernel.rounding import share
from zhize.kit.actor import Actor
from zhize.kit.contributions import Digest
from zhize.kit.measures import By, Counted, Measure, Measured, Where

HELD = (Conference.State.HELD, Conference.State.MINUTED)
EXCUSED = Q(leave=ConferenceUnit.Leave.GRANTED, reply=ConferenceUnit.Reply.LEAVE, attended=False)
"""Leave was granted: neither came nor stayed away."""
CODES = {"work.conference.held", "work.conference.attended"}


def attended(where: Where) -> Sequence[Counted]:
    """Joint conferences a unit came to: each once, on its day. One statement."""
    rows = ConferenceUnit.objects.system("counted towards the duty to attend").filter(
        attended=True,
        unit_id__in=where.ids,
        conference__jurisdiction_id=where.jurisdiction_id,
        conference__kind=Conference.Kind.JOINT,
        conference__state__in=HELD,
        conference__held_on__gte=where.start,
        conference__held_on__lte=where.end,
    )
    found = rows.order_by("conference__held_on", "pk").values_list(
        "unit_id", "conference_id", "conference__held_on"
    )
    return [Counted(unit, str(conference), day) for unit, conference, day in found]


def _attendance(where: Where, by: By) -> Mapping[int, Measured]:
    """Percent of the conferences a unit was called to (all four kinds) that it came to, itself or by proxy."""
    rows = (
        ConferenceUnit.objects.system("a measure counts a whole jurisdiction")
        .filter(
            conference__jurisdiction_id=where.jurisdiction_id,
            conference__state__in=HELD,
            conference__held_on__gte=where.start,
            conference__held_on__lte=where.end,
        )
        .exclude(EXCUSED)
    )
    query = {"held_on_from": where.start.isoformat(), "held_on_to": where.end.isoformat()}
    url = f"{reverse('work:conferences')}?{urlencode(query)}"
    counts = {"came": Count("pk", filter=Q(attended=True)), "all": Count("pk")}
    if by is By.JURISDICTION:
        one = rows.aggregate(**counts)
        return {0: Measured(share(one["came"] * 100, one["all"]), one["came"], one["all"], url)}
    if where.ids:
        rows = rows.filter(unit_id__in=where.ids)
    grouped = rows.order_by().values_list("unit_id").annotate(**counts)
    return {pk: Measured(share(came * 100, total), came, total, url) for pk, came, total in grouped}


ATTENDANCE = Measure(
    "work.conference.attendance",
    _("会议到会率"),
    "%",
    frozenset({By.UNIT, By.JURISDICTION}),
    _attendance,
    2,
    _("到会（含代会）次数占应到会次数的百分比；只计已召开的会议，经同意请假的不计"),
)


def digest(unit_id: int, jurisdiction_id: int, start: date, end: date) -> Digest | None:
    """The conferences of a period a unit was called to, in words. One statement."""
    rows = ConferenceUnit.objects.system("a unit's own attendance for its own summary").filter(
        of_unit(unit_id),
        conference__jurisdiction_id=jurisdiction_id,
        conference__state__in=HELD,
        conference__held_on__gte=start,
        conference__held_on__lte=end,
    )
    found = list(rows.select_related("conference").order_by("conference__held_on", "pk"))
    if not found:
        return None
    came = sum(bool(row.attended) for row in found)
    lines = [f"应参加会议 {len(found)} 次，到会 {came} 次。"]
    lines += [f"{r.conference.held_on} {r.conference.title}：{_came(r)}。" for r in found]
    urls = ["", *(reverse("work:conference", args=[row.conference_id]) for row in found)]
    return Digest("参加会议情况", tuple(lines), tuple(urls))


def _came(row: ConferenceUnit) -> str:
    if row.attended:
        return "到会"
    excused = row.reply == ConferenceUnit.Reply.LEAVE and row.leave == ConferenceUnit.Leave.GRANTED
    return "请假（经同意）" if excused else "未到会"


def of_clause(actor: Actor, duty_ids: list[int], year_id: int) -> list[Conference] | None:
    """The year's joint conferences, under a clause whose duties they discharge. Two statements."""
    duties = Duty.objects.system("whether a conference discharges them").filter(pk__in=duty_ids)
    if not any(CODES & set(sources) for sources in duties.values_list("sources", flat=True)):
        return None
    rows = Conference.objects.visible_to(actor).filter(
        year_id=year_id, kind=Conference.Kind.JOINT, state__in=HELD
    )
    came = Count("attendance", filter=Q(attendance__attended=True), distinct=True)
    found = rows.annotate(came=came, invited=Count("attendance", distinct=True)).order_by("held_on")
    return list(found) or None
