"""Conferences of 2012: the joint conference of June with decisions and minutes, 兰州's own, and the year's last one called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from zhize.apps.cli.demo import minutes_round
from zhize.apps.cli.demo.conference_steps import ABSENT, all_ticked, answered, ticked
from zhize.apps.cli.demo.stage import Stage, actor, at, paper, unit
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.services import official_check, official_issue, official_sign
from zhize.apps.orgs.models import Jurisdiction, Membership
from zhize.apps.regulations import services as register
from zhize.apps.regulations.models import Obligation
from zhize.apps.work import services
from zhize.apps.work.models import Conference
from zhize.apps.years.models import WorkYear

STAFF, CHAIR = "gs-office", "分管副省长"
# words, who leads, who supports, until when
Decision = tuple[str, str, tuple[str, ...], date]
LANZHOU_PROBLEMS = {
    "product": "市区建材市场无证水泥、不合格管材时有发现（演示数据）。",
    "engineering": "保障性住房项目渗漏、空鼓等质量通病较多（演示数据）。",
    "service": "出租车拒载、绕行投诉集中在火车站和机场线（演示数据）。",
    "environment": "采暖期空气质量与目标有差距，小锅炉改造进度偏慢（演示数据）。",
}
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
    conference = registered(
        stage.jurisdiction, stage.year, members, date(2012, 5, 21), STAFF, title="2012年全省质量振兴联席会议",
        held_on=date(2012, 6, 20), begins=time(9), place="省政府第二会议室", chair=CHAIR,
        agenda="通报上半年质量状况\n交流责任制度落实情况\n研究下半年重点工作",
    )  # fmt: skip
    office = actor(STAFF, date(2012, 6, 5))
    ticked(conference, "item.topics", STAFF, date(2012, 5, 22))
    services.conference_call(conference=conference, actor=office, now=at(date(2012, 6, 5)))
    answered(conference, date(2012, 6, 8), staff=STAFF)
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
    all_ticked(conference, STAFF, but="item.minutes", late={"item.papers": 1})
    came = [pk for pk in members if pk != unit(ABSENT).pk]
    services.conference_hold(
        conference=conference, attended_ids=came, actor=office, now=at(date(2012, 6, 20), 17)
    )
    decided(conference, STAFF, date(2012, 6, 21), (
        ("开展建材产品质量专项整治", "gs-zjj", ("gs-gsj", "gs-zjt"), date(2012, 9, 30)),
        ("公布一批服务质量承诺和投诉电话", "gs-swt", ("gs-lyj", "gs-jtt"), date(2012, 10, 31)),
    ))  # fmt: skip
    minutes_round.play(conference, STAFF, date(2012, 6, 21))
    minuted(conference, (STAFF, "gs-office-director"), CHAIR, date(2012, 6, 27))


def decided(conference: Conference, staff: str, day: date, rows: Iterable[Decision]) -> None:
    """What was resolved, entered the day after and handed out as tasks."""
    office = actor(staff, day)
    for text, lead, supports, due in rows:
        services.resolution_add(
            conference=conference, text=text, lead_unit=unit(lead), supports="、".join(unit(code).name for code in supports),
            due_on=due, actor=office, now=at(day),
        )  # fmt: skip
    services.resolutions_to_tasks(conference=conference, actor=office, now=at(day, 11))


def minuted(conference: Conference, people: tuple[str, str], chair: str, day: date) -> None:
    """Drafted, checked, signed on paper and, two days later, issued."""
    office, director = actor(people[0], day), actor(people[1], day)
    document: OfficialDocument = services.minutes_draft(conference=conference, actor=office, now=at(day))
    document = official_check(document=document, version=None, actor=office, now=at(day, 11))
    document = official_sign(
        document=document,
        signed_by=f"{chair}（演示）",
        signed_on=day,
        version=None,
        actor=director,
        now=at(day, 15),
    )
    sent = day + timedelta(days=2)
    held = conference.held_on
    official_issue(document=document, dated_on=held, version=None, actor=actor(people[0], sent), now=at(sent))


def _december(stage: Stage, members: list[int]) -> None:
    """Called for 27 December; some have answered, some have not."""
    conference = registered(
        stage.jurisdiction, stage.year, members, date(2012, 11, 26), STAFF, title="2012年年终联席会议", held_on=date(2012, 12, 27),
        begins=time(14, 30), place="省政府第二会议室", chair=CHAIR, agenda="通报年度任务完成情况\n研究下一年度目标",
    )  # fmt: skip
    office = actor(STAFF, date(2012, 12, 12))
    ticked(conference, "item.topics", STAFF, date(2012, 12, 3))
    services.conference_call(conference=conference, actor=office, now=at(date(2012, 12, 12)))
    answered(conference, date(2012, 12, 17), every=2)


def report(stage: Stage) -> None:
    """The situation report of the year's last conference, drafted once the year has its figures; still a draft."""
    day = date(2012, 12, 18)
    last = Conference.objects.system("demonstration").get(
        jurisdiction=stage.jurisdiction, held_on=date(2012, 12, 27)
    )
    services.situation_report_draft(conference=last, actor=actor(STAFF, day), now=at(day))


def _lanzhou(year: WorkYear) -> None:
    units = [unit(f"620100-{code}").pk for code in ("zjj", "gsj", "jsj", "hbj", "jtj")]
    conference = registered(
        year.jurisdiction, year, units, date(2012, 4, 26), "lz-office", title="2012年兰州市质量振兴联席会议",
        held_on=date(2012, 5, 18), begins=time(9), place="市政府会议室", chair="副市长", agenda="通报责任制度落实情况\n研究建材市场整治",
    )  # fmt: skip
    office = actor("lz-office", date(2012, 5, 4))
    services.conference_call(conference=conference, actor=office, now=at(date(2012, 5, 4)))
    answered(conference, date(2012, 5, 9), staff="lz-office")
    services.problems_note(
        conference=conference, data=LANZHOU_PROBLEMS, version=None, actor=office, now=at(date(2012, 5, 15))
    )
    services.conference_hold(
        conference=conference, attended_ids=units, actor=office, now=at(date(2012, 5, 18), 17)
    )
    decided(conference, "lz-office", date(2012, 5, 21), (
        ("开展建材市场联合整治", "620100-zjj", ("620100-gsj", "620100-jsj"), date(2012, 8, 31)),
        ("公布城区客运服务质量考评结果", "620100-jtj", ("620100-gsj",), date(2012, 10, 31)),
        ("保障性住房工程质量分户验收", "620100-jsj", ("620100-zjj",), date(2012, 11, 30)),
    ))  # fmt: skip
    minuted(conference, ("lz-office", "lz-office-director"), "副市长", date(2012, 5, 23))
    all_ticked(conference, "lz-office")
    _told_above(date(2012, 5, 28))


def _told_above(day: date) -> None:
    """四（三） of the province: the city's own conference, told by its minutes, looked at by the province's office."""
    owed = Obligation.objects.system("demonstration").select_related("unit", "duty", "jurisdiction", "year")
    discharge = register.discharge_hand_in(
        obligation=owed.get(jurisdiction__code="gs-quality", duty__code="4.3#1", unit__code="620100-gov"),
        statement="5月18日召开全市质量振兴联席会议，议定事项3项，均已交办；纪要附后。",
        uploads=[paper("2012年兰州市质量振兴联席会议纪要", "议定事项3项。")], dated_on=date(2012, 5, 25), existing=[],
        actor=actor("lz-office", day), now=at(day),
    )  # fmt: skip
    day += timedelta(days=2)
    register.discharge_confirm(
        discharge=discharge, comment="", version=None, actor=actor(STAFF, day), now=at(day)
    )


def registered(
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
