"""Half-year summaries (due 15 July): called for, pre-filled, returned and corrected, late after a reminder, never."""

from __future__ import annotations

from datetime import date, timedelta

from zhize.apps.cli.demo.calls import (
    OFFICE,
    accept,
    again,
    answers_of,
    call_by_template,
    draft_by_template,
    duty_ref,
    person,
)
from zhize.apps.cli.demo.stage import Stage, actor, at, paper
from zhize.apps.requests import services
from zhize.apps.requests.models import UnitRequest
from zhize.kit.errors import StateConflict

PROBLEMS = (
    "基层抽检力量不足，部分县区缺少检验设备。",
    "个别企业质量主体责任落实不到位，台账不全。",
    "跨部门信息共享不够及时，数据口径不一致。",
    "专项经费下达较晚，部分项目进度偏慢。",
)
NEXT = (
    "下半年组织两次专项抽查，对不合格产品生产企业逐一回访。",
    "完善质量信用档案，年底前覆盖规模以上企业。",
    "与相关成员单位建立月度数据交换，统一口径。",
    "加快项目实施，十月底前完成全部任务。",
)
LATE, RETURNED, NEVER = 16, 6, 20  # by place in the official order of the 21 departments


def play(stage: Stage) -> None:
    """Through the services a browser uses, on the days they would happen."""
    _half_year(stage)
    _next_call(stage)


def _half_year(stage: Stage) -> None:
    call = call_by_template(
        stage, "half_summary", date(2012, 6, 28), capacity="member", source=duty_ref(stage, "3.3#1")
    )
    rows = answers_of(call)
    for number, row in enumerate(rows):
        if number in (LATE, NEVER):
            continue
        day = date(2012, 7, 5) + timedelta(days=number % 8)
        _summary(row, number, day)
        if number == RETURNED:
            row = _returned(row, number, day)
            day = date(2012, 7, 14)
        accept(row, day + timedelta(days=2))
    services.requests_remind(call=call, actor=actor(OFFICE, date(2012, 7, 17)), now=at(date(2012, 7, 17)))
    _summary(rows[LATE], LATE, date(2012, 7, 20))
    accept(rows[LATE], date(2012, 7, 23))
    chased = at(date(2012, 7, 25))
    services.requests_remind(
        call=call, text="半年总结已逾期十天，请于本周内报送。", actor=actor(OFFICE, chased.date()), now=chased
    )


def _returned(row: UnitRequest, number: int, day: date) -> UnitRequest:
    """Sent back with comments on single fields, corrected three days later."""
    back = at(day + timedelta(days=1), hour=15)
    services.request_return(
        request=row,
        comment="请补充数据后重新报送。",
        field_comments={"done": "只写了做法，请写明成效和数据。", "next": "请列明完成时限。"},
        version=None,
        actor=actor(OFFICE, back.date()),
        now=back,
    )
    who, when = person(row), at(date(2012, 7, 14))
    answers = again(row).answers
    services.request_save(
        request=row,
        answers={**answers, "done": f"{answers['done']}\n开设质量课程12门，培训质量管理人员860人次。", "next": f"{NEXT[number % 4]}九月底前完成。"},
        version=None,
        actor=actor(who, when.date()),
        now=when,
    )  # fmt: skip
    return services.request_submit(request=row, version=None, actor=actor(who, when.date()), now=when)


def _summary(row: UnitRequest, number: int, day: date) -> None:
    """Pre-filled from the unit's own data, completed, approved inside, handed in."""
    who = actor(person(row), day)
    try:
        row = services.request_prefill(request=row, actor=who, now=at(day, hour=9))
    except StateConflict:
        row = again(row)
    written = {"problems": PROBLEMS[number % 4], "next": NEXT[number % 4]}
    done = row.answers.get("done") or "按照职责分工开展质量振兴各项工作。"
    services.request_save(
        request=row, answers={**row.answers, "done": done, **written}, version=None, actor=who, now=at(day)
    )
    if number % 3 == 0:
        scan = paper(f"{row.unit.name}上半年工作总结（盖章件）", done)
        services.request_files_add(request=row, uploads=[scan], dated_on=day, actor=who, now=at(day))
    services.request_stamp(request=row, by="分管负责人（演示）", on=day, actor=who, now=at(day, hour=14))
    services.request_submit(request=row, version=None, actor=who, now=at(day, hour=16))


def _next_call(stage: Stage) -> None:
    """A draft of the annual summary, so that the burden before sending can be looked at."""
    draft_by_template(
        stage, "year_summary", date(2012, 12, 19), capacity="member", source=duty_ref(stage, "3.3#1")
    )
