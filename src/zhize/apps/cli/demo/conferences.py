"""Conferences of 2012: the joint conference of June with decisions and minutes, 兰州's own, and the year's last one called."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of, paper, unit
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.services import official_check, official_issue, official_sign
from zhize.apps.orgs.models import Jurisdiction, Membership
from zhize.apps.work import services
from zhize.apps.work.models import Conference, ConferenceCheck, ConferenceUnit
from zhize.apps.years.models import WorkYear

STAFF, CHAIR = "gs-office", "分管副省长"
ABSENT = "gs-lyj"
PROBLEMS = {
    "product": "上半年监督抽查批次合格率总体平稳，建材、农资类产品合格率偏低（演示数据）。",
    "engineering": "在建工程质量受控，农村建房和小型水利工程监督力量不足（演示数据）。",
    "service": "旅游和交通运输服务投诉有所下降，收费不明示仍较突出（演示数据）。",
    "environment": "城市空气质量优良天数略增，部分流域断面水质需重点治理（演示数据）。",
}


def play(stage: Stage) -> None:
    """The joint conference of 20 June with 21 departments, one absent; 兰州's in May; the year's last one, still open."""
    members = _members(stage.jurisdiction)
    _june(stage, members)
    _december(stage, members)
    lanzhou = WorkYear.objects.system("demonstration").filter(
        jurisdiction__code="lz-quality", starts_on=date(2012, 1, 1)
    )
    if year := lanzhou.select_related("jurisdiction").first():
        _lanzhou(year)


def _members(jurisdiction: Jurisdiction) -> list[int]:
    rows = Membership.objects.system("demonstration").filter(jurisdiction=jurisdiction, capacity="member")
    return list(dict.fromkeys(rows.order_by("order", "pk").values_list("unit_id", flat=True)))


def _june(stage: Stage, members: list[int]) -> None:
    conference = _registered(
        stage.jurisdiction, stage.year, members, date(2012, 5, 21), STAFF, title="2012年全省质量振兴联席会议",
        held_on=date(2012, 6, 20), begins=time(9), place="省政府第二会议室", chair=CHAIR,
        agenda="通报上半年质量状况\n交流责任制度落实情况\n研究下半年重点工作",
    )  # fmt: skip
    office = actor(STAFF, date(2012, 6, 5))
    _ticked(conference, "item.topics", date(2012, 5, 28))
    services.conference_call(conference=conference, actor=office, now=at(date(2012, 6, 5)))
    _answered(conference, date(2012, 6, 8))
    speaker = actor("gs-zjj", date(2012, 6, 13))
    services.paper_add(
        conference=conference,
        upload=paper("上半年产品质量状况", PROBLEMS["product"]),
        actor=speaker,
        now=at(date(2012, 6, 13)),
    )
    services.problems_note(
        conference=conference, data=PROBLEMS, version=None, actor=office, now=at(date(2012, 6, 14))
    )
    came = [pk for pk in members if pk != unit(ABSENT).pk]
    services.conference_hold(
        conference=conference, attended_ids=came, actor=office, now=at(date(2012, 6, 20), 17)
    )
    _decided(conference)
    _minuted(conference)


def _decided(conference: Conference) -> None:
    day = date(2012, 6, 21)
    office = actor(STAFF, day)
    for text, lead, supports, due in (
        ("开展建材产品质量专项整治", "gs-zjj", ("gs-gsj", "gs-zjt"), date(2012, 9, 30)),
        ("公布一批服务质量承诺和投诉电话", "gs-swt", ("gs-lyj", "gs-jtt"), date(2012, 10, 31)),
    ):
        services.resolution_add(
            conference=conference, text=text, lead_unit=unit(lead), supports="、".join(unit(code).name for code in supports),
            due_on=due, actor=office, now=at(day),
        )  # fmt: skip
    services.resolutions_to_tasks(conference=conference, actor=office, now=at(day, 11))


def _minuted(conference: Conference) -> None:
    day = date(2012, 6, 25)
    office, director = actor(STAFF, day), actor("gs-office-director", day)
    document: OfficialDocument = services.minutes_draft(conference=conference, actor=office, now=at(day))
    document = official_check(document=document, version=None, actor=office, now=at(day, 11))
    document = official_sign(
        document=document,
        signed_by=f"{CHAIR}（演示）",
        signed_on=day,
        version=None,
        actor=director,
        now=at(day, 15),
    )
    official_issue(
        document=document, dated_on=date(2012, 6, 20), version=None, actor=office, now=at(date(2012, 6, 27))
    )


def _december(stage: Stage, members: list[int]) -> None:
    """Called for 27 December; some have answered, some have not."""
    conference = _registered(
        stage.jurisdiction, stage.year, members, date(2012, 11, 26), STAFF, title="2012年年终联席会议", held_on=date(2012, 12, 27),
        begins=time(14, 30), place="省政府第二会议室", chair=CHAIR, agenda="通报年度任务完成情况\n研究下一年度目标",
    )  # fmt: skip
    office = actor(STAFF, date(2012, 12, 12))
    _ticked(conference, "item.topics", date(2012, 12, 3))
    services.conference_call(conference=conference, actor=office, now=at(date(2012, 12, 12)))
    _answered(conference, date(2012, 12, 17), every=2)


def report(stage: Stage) -> None:
    """The situation report of the year's last conference, drafted once the year has its figures; still a draft."""
    day = date(2012, 12, 18)
    last = Conference.objects.system("demonstration").get(
        jurisdiction=stage.jurisdiction, held_on=date(2012, 12, 27)
    )
    services.situation_report_draft(conference=last, actor=actor(STAFF, day), now=at(day))


def _lanzhou(year: WorkYear) -> None:
    units = [unit(f"620100-{code}").pk for code in ("zjj", "gsj", "jsj", "hbj", "jtj")]
    conference = _registered(
        year.jurisdiction, year, units, date(2012, 4, 26), "lz-office", title="2012年兰州市质量振兴联席会议",
        held_on=date(2012, 5, 18), begins=time(9), place="市政府会议室", chair="副市长", agenda="通报责任制度落实情况\n研究建材市场整治",
    )  # fmt: skip
    office = actor("lz-office", date(2012, 5, 4))
    services.conference_call(conference=conference, actor=office, now=at(date(2012, 5, 4)))
    _answered(conference, date(2012, 5, 9))
    services.conference_hold(
        conference=conference, attended_ids=units, actor=office, now=at(date(2012, 5, 18), 17)
    )


def _registered(
    jurisdiction: Jurisdiction, year: WorkYear, units: list[int], day: date, staff: str, **data: Any
) -> Conference:
    return services.conference_create(
        jurisdiction=jurisdiction,
        year=year,
        data={"kind": "joint", **data},
        unit_ids=units,
        actor=actor(staff, day),
        now=at(day),
    )


def _ticked(conference: Conference, key: str, day: date) -> None:
    check = (
        ConferenceCheck.objects.system("demonstration")
        .select_related("conference")
        .get(conference=conference, key=key)
    )
    services.check_tick(check=check, done=True, actor=actor(STAFF, day), now=at(day))


def _answered(conference: Conference, day: date, every: int = 1) -> None:
    """Units answer for themselves: most attend, one in seven by proxy, the absent one is excused."""
    rows = (
        ConferenceUnit.objects.system("demonstration")
        .filter(conference=conference)
        .select_related("unit", "conference")
    )
    for number, row in enumerate(rows.order_by("order", "pk")):
        who = liaison_of([row.unit_id], day)
        if who is None or number % every:
            continue
        reply, attendee, note = ("will", "分管负责人（演示）", "")
        if row.unit.code == ABSENT:
            reply, attendee, note = ("leave", "", "与全国旅游工作会议时间冲突")
        elif number % 7 == 3:
            reply, attendee = "proxy", "处长（演示）"
        services.attendance_reply(
            row=row, reply=reply, attendee=attendee, note=note, actor=actor(who, day), now=at(day)
        )
