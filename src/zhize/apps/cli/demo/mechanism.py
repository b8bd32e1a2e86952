"""四（四） 建立相应工作机制: in February every prefecture is asked for its founding document, members, office and rules; what the
province accepts discharges the duty. Most have answered, one was sent back and mended, two are still missing."""

from __future__ import annotations

from datetime import date, timedelta

from zhize.apps.cli.demo.calls import (
    OFFICE,
    accept,
    again,
    answers_of,
    call_by_template,
    duty_ref,
    has_person,
    person,
)
from zhize.apps.cli.demo.stage import Stage, actor, at, paper
from zhize.apps.requests import services
from zhize.apps.requests.models import UnitRequest

SENT = date(2012, 2, 14)
RETURNED, LATE = 3, 9  # by place in the official order of the prefectures
MEMBERS = "质监局\n工商局\n住房城乡建设局\n交通运输局\n农牧局\n环保局\n教育局\n卫生局\n安监局"


def play(stage: Stage) -> None:
    """The province's call by the template, answered through the prefectures' own offices."""
    call = call_by_template(
        stage,
        "mechanism",
        SENT,
        capacity="assessed",
        source=duty_ref(stage, "4.4#1"),
        due_on=date(2012, 3, 15),
    )
    for number, row in enumerate(one for one in answers_of(call) if has_person(one)):
        day = date(2012, 2, 20) + timedelta(days=number) if number != LATE else date(2012, 3, 20)
        _answer(row, day)
        if number == RETURNED:
            _returned(row, day + timedelta(days=1))
            day += timedelta(days=3)
        accept(row, day + timedelta(days=2))


def _answer(row: UnitRequest, day: date) -> None:
    place = row.unit.region.short
    who = actor(person(row), day)
    named = f"{row.unit.name}办公室关于成立推进质量振兴工作领导小组的通知（演示）"
    answers = {
        "document": named, "founded_on": "2011-10-18", "head": "分管副市长（演示）", "members": MEMBERS,
        "office": f"{place}质监局", "contact": "0931-0000100", "rules": "联席会议制度、联络员制度、督查通报制度",
    }  # fmt: skip
    services.request_save(request=row, answers=answers, version=None, actor=who, now=at(day, 9))
    papers = [
        paper(named, "成员名单附后。"),
        paper(f"{place}质量振兴领导小组工作规则（演示）", "会议、联络、督查三项制度。"),
    ]
    services.request_files_add(
        request=row, uploads=papers, dated_on=date(2011, 10, 18), actor=who, now=at(day)
    )
    services.request_stamp(request=row, by="办公室主任（演示）", on=day, actor=who, now=at(day, 14))
    services.request_submit(request=row, version=None, actor=who, now=at(day, 16))


def _returned(row: UnitRequest, day: date) -> None:
    """The rules were named without their dates."""
    services.request_return(
        request=row, comment="", field_comments={"rules": "请写明各项制度的印发日期。"}, version=None,
        actor=actor(OFFICE, day), now=at(day, 15),
    )  # fmt: skip
    day += timedelta(days=2)
    who = actor(person(row), day)
    mended = {**again(row).answers, "rules": "联席会议制度（2011年10月）、联络员制度（2011年11月）"}
    services.request_save(request=row, answers=mended, version=None, actor=who, now=at(day, 9))
    services.request_submit(request=row, version=None, actor=who, now=at(day, 16))
