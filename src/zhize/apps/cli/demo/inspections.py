"""On-site checks of the year: two prefectures before the assessment, places drawn, records, problems, a second look."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhize.apps.assessment.models import Round
from zhize.apps.cli.demo.stage import Stage, actor, at, paper
from zhize.apps.inspection import services
from zhize.apps.inspection.models import CheckedPlace, CheckItem, InspectedUnit, Inspection
from zhize.apps.inspection.selectors.draws import Register, listed_for
from zhize.apps.inspection.selectors.inspections import items_of, units_of
from zhize.apps.inspection.selectors.places import place_by_pk
from zhize.apps.inspection.services import NewDraw, NewItem, Said
from zhize.apps.orgs.models import Unit, User
from zhize.core.sampling.draw import Place
from zhize.kit.things import ThingRef

OFFICE, HEAD, MEMBER, UNIT = "gs-office", "gs-zjj-head", "gs-zjj", "lz-office"
ITEMS = [
    NewItem("领导小组会议", "每半年至少召开一次，有签到和纪要", "一（二）"),
    NewItem("年度计划", "本级年度计划已印发，任务分解到单位", "二（二）"),
    NewItem("抽查批次", "核对台账与上报数是否一致", "三（一）", CheckItem.How.NUMBER),
    NewItem("重点企业质量档案", "随机查看两家，档案齐全", "三（一）"),
    NewItem("值得推广的做法", "写明做法和效果", "", CheckItem.How.WORDS),
]
PLANNED, FIXED, DRAWN, SEEN, SENT, LOOKED = (date(2012, 12, day) for day in (3, 5, 6, 7, 10, 18))


def play(stage: Stage) -> None:
    """From 3 to 18 December 2012; the second place and the second prefecture are still being recorded."""
    inspection = _planned(stage)
    lanzhou, tianshui = units_of(inspection)
    first, second = _drawn(inspection, lanzhou)[:2]
    _recorded(first)
    _said(second, 0, Said("meets", words="两次会议，签到和纪要齐全。"))
    services.place_add(
        checked=_with(tianshui, inspection), name="天水市领导小组办公室", note="查阅会议记录和台账", actor=actor(MEMBER, SEEN),
        now=at(SEEN, 16),
    )  # fmt: skip
    _findings(inspection, lanzhou)


def _planned(stage: Stage) -> Inspection:
    round_ = Round.objects.system("demonstration").filter(year=stage.year).order_by("pk").first()
    who, now = actor(OFFICE, PLANNED), at(PLANNED)
    codes = ("620100", "620500")
    governments = Unit.objects.system("demonstration").filter(
        region__code__in=codes, kind=Unit.Kind.GOVERNMENT
    )
    inspection = services.inspection_plan(
        jurisdiction=stage.jurisdiction, year=stage.year, unit_ids=list(governments.values_list("pk", flat=True)),
        data={
            "title": "2012年度质量工作考核实地核查", "kind": "round" if round_ else "special",
            "basis": round_.title if round_ else "领导小组2012年度计划", "period_start": date(2012, 1, 1), "period_end": date(2012, 11, 30),
            "starts_on": date(2012, 12, 5), "ends_on": date(2012, 12, 14), "prepare": "会议记录、年度计划、抽查台账和企业质量档案。",
            "contact": "领导小组办公室（演示）",
        },
        ref=ThingRef("assessment.round", round_.pk) if round_ else None, is_demo=True, actor=who, now=now,
    )  # fmt: skip
    services.items_set(inspection=inspection, items=ITEMS, version=None, actor=who, now=now)
    group = services.group_set(
        inspection=inspection,
        name="第一核查组",
        unit_ids=[row.unit_id for row in units_of(inspection)],
        actor=who,
        now=now,
    )
    for username, part in ((HEAD, "head"), (MEMBER, "member")):
        user = User.objects.get(username=username)
        services.person_add(group=group, part=part, user=user, workplace="省质监局", actor=who, now=now)
    services.person_add(
        group=group,
        part="observer",
        name="观察员甲（演示）",
        workplace="省质量协会（演示）",
        actor=who,
        now=now,
    )
    return services.inspection_announce(
        inspection=inspection, by_name="省质量办主任（演示）", by_title="办公室主任", on=PLANNED, opinion="同意。",
        scan=paper("核查方案审批件", "同意。"), actor=actor(OFFICE, PLANNED), now=at(PLANNED, 15),
    )  # fmt: skip


def _with(checked: InspectedUnit, inspection: Inspection) -> InspectedUnit:
    checked.inspection = inspection
    return checked


def _drawn(inspection: Inspection, checked: InspectedUnit) -> list[CheckedPlace]:
    who = actor(HEAD, FIXED)
    names = listed_for(who, checked, Register.COUNTIES, FIXED)
    new = NewDraw(
        "抽取县区",
        "兰州市所辖县区",
        [Place(one) for one in names],
        {"": 2},
        "2012年12月6日公布的彩票开奖号码（演示）",
        spare=1,
    )
    row = services.draw_fix(checked=_with(checked, inspection), new=new, actor=who, now=at(FIXED, 16))
    services.draw_run(
        row=row, seed="30517", seed_source="演示数据：不是真实的开奖号码", seed_on=DRAWN, witnesses="兰州市领导小组办公室、观察员甲（演示）",
        actor=actor(HEAD, DRAWN), now=at(DRAWN, 9),
    )  # fmt: skip
    return list(CheckedPlace.objects.system("demonstration").filter(draw=row).order_by("pk"))


def _said(place: CheckedPlace, number: int, said: Said) -> None:
    who = actor(MEMBER, SEEN)
    row = place_by_pk(who, place.pk)
    assert row is not None  # nosec B101 - the member goes there
    item = items_of(row.checked.inspection)[number]
    services.entry_save(place=row, item=item, said=said, version=0, actor=who, now=at(SEEN, 10))


def _recorded(place: CheckedPlace) -> None:
    """One place from the first item to both signatures."""
    minutes = paper("会议纪要抽查情况", "下半年会议没有纪要。")
    for number, said in enumerate(
        (
            Said("fails", words="下半年会议没有纪要，签到表缺两个单位。", pictures=[minutes]), Said("meets", words="已印发。"),
            Said(number=Decimal(46)), Said("fails", words="抽查两家，其中一家没有检验记录。"), Said(words="每季度公布抽查结果。"),
        )
    ):  # fmt: skip
        _said(place, number, said)
    head, unit = actor(HEAD, SEEN), actor(UNIT, SEEN)
    services.place_finish(
        place=place,
        visited_on=SEEN,
        present="市领导小组办公室工作人员（演示）",
        summary="总体落实较好。",
        actor=head,
        now=at(SEEN, 17),
    )
    row = place_by_pk(head, place.pk)
    assert row is not None  # nosec B101 - the head goes there
    services.place_sign(place=row, side="group", digest=row.digest, actor=head, now=at(SEEN, 17))
    services.place_sign(
        place=row, side="unit", digest=row.digest, opinion="无异议。", actor=unit, now=at(SEEN, 18)
    )


def _findings(inspection: Inspection, checked: InspectedUnit) -> None:
    """Both problems of the first place go out; one is found put right."""
    unit = _with(checked, inspection)
    rows = services.findings_draw_up(checked=unit, actor=actor(MEMBER, SENT), now=at(SENT, 9))
    services.findings_send(
        checked=unit, due_on=date(2012, 12, 31), actor=actor(OFFICE, SENT), now=at(SENT, 10)
    )
    services.finding_look(
        finding=rows[0],
        fixed=True,
        words="纪要和签到表已补齐。",
        on=LOOKED,
        actor=actor(MEMBER, LOOKED),
        now=at(LOOKED),
    )
