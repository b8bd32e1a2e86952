"""January to March: the province's plan. Called for, written by 21 departments (one returned and corrected, some late),
consolidated, approved on paper, issued with a number, signed for by most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zhize.apps.cli.demo import comments
from zhize.apps.cli.demo import plan_steps as steps
from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of, read_yaml, unit
from zhize.apps.documents.models import Addressee, OfficialDocument
from zhize.apps.documents.services import official_receive
from zhize.apps.requests.models import Call
from zhize.apps.work import services
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plans import items_of

RETURNED = "gs-gxw"
TWICE = ("落实扶持名优企业的产业政策", "发布扶持名优企业政策措施")
LEADER = "领导小组组长（演示）"
OVERVIEW = (
    "以提高产品、工程、服务、环境质量为目标，把年度任务落实到单位、落实到时限。\n"
    "各牵头单位按季报告进展，配合单位各负其责；办公室按季调度、年底考核。（演示数据）"
)
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def play(stage: Stage) -> None:
    """The whole way of the provincial plan of 2012."""
    desk = steps.Desk(stage, "gs-office", "gs-office-director")
    rows: Rows = read_yaml(stage.folder / "plan_items.yaml")["members"]
    call = steps.call_out(
        desk,
        "征集2012年度质量振兴工作计划",
        [unit(key) for key in rows],
        date(2012, 1, 6),
        date(2012, 1, 31),
        "2.2#1",
    )
    for number, key in enumerate(rows):
        _member(desk, call, key, rows[key], _day(number))
    plan = _consolidated(desk)
    comments.play(desk, plan)
    steps.approved(desk, plan, LEADER, date(2012, 2, 16))
    document = steps.issued(desk, plan, LEADER, date(2012, 2, 23))
    _signed_for(document)


def _day(number: int) -> date:
    """When the nth unit hands in: on working days before and after the Spring Festival, the last ones late."""
    january = [(1, day) for day in (11, 12, 13, 16, 17, 18, 19, 30, 31)]
    february = [(2, day) for day in (1, 2, 3)]
    days = [day for day in january for _twice in range(2)] + february
    return date(2012, *days[min(number, len(days) - 1)])


def _member(desk: steps.Desk, call: Call, key: str, rows: Sequence[Mapping[str, Any]], day: date) -> None:
    lead = unit(key)
    username = liaison_of([lead.pk], day)
    assert username is not None, f"nobody writes for {key}"
    plan = steps.written(steps.request_of(call, lead.pk), username, lead, rows, day - timedelta(days=1))
    steps.handed_in(plan, username, day)
    if key == RETURNED:
        day = _mended(desk, plan, username, day + timedelta(days=1))
    steps.accepted(desk, plan, day + timedelta(days=2))


def _mended(desk: steps.Desk, plan: Plan, username: str, day: date) -> date:
    """One item comes back with a comment; corrected two days later and handed in again."""
    item = items_of(plan)[-1]
    services.plan_return(
        plan=plan, comments={item.pk: "请写明目标能怎样检查，并与省发展改革委衔接，避免各发各的政策。"}, comment="", version=None,
        actor=actor(desk.staff, day), now=at(day, 15),
    )  # fmt: skip
    again = day + timedelta(days=2)
    services.plan_item_update(
        thing=item, data={"goal": "与省发展改革委共同形成扶持名优企业的政策措施清单，年底兑现率100%。"}, version=None,
        actor=actor(username, again), now=at(again),
    )  # fmt: skip
    steps.handed_in(plan, username, again)
    return again


def _consolidated(desk: steps.Desk) -> Plan:
    """Everything taken in, what two units wrote of one matter merged and rewritten, put in order of the parts."""
    day = date(2012, 2, 9)
    office = actor(desk.staff, day)
    plan = services.plan_consolidate(year=desk.stage.year, actor=office, now=at(day))
    services.plan_items_take(plan=plan, source_ids=None, actor=office, now=at(day))
    same = [item.pk for item in items_of(plan) if item.title in TWICE]
    merged = services.plan_items_merge(plan=plan, ids=same, actor=office, now=at(day, 14))
    services.plan_item_update(
        thing=merged,
        data={
            "goal": "出台扶持名优企业的政策措施清单，年底兑现率100%。",
            "measure": "省发展改革委牵头清理现有政策、形成清单，省工信委配合并负责工业企业兑现，年底共同检查。",
        },
        version=None, actor=office, now=at(day, 14),
    )  # fmt: skip
    services.plan_update(thing=plan, data={"overview": OVERVIEW}, version=None, actor=office, now=at(day, 15))
    steps.in_parts(desk, plan, day)
    return plan


def _signed_for(document: OfficialDocument) -> None:
    """Most addressees sign within a week; every ninth has not yet."""
    rows = Addressee.objects.system("demonstration").filter(document=document).order_by("order", "pk")
    for number, row in enumerate(rows):
        day = date(2012, 2, 27) + timedelta(days=number % 6)
        if number % 9 != 8 and (username := liaison_of([row.unit_id], day)):
            official_receive(document=document, actor=actor(username, day), now=at(day, 11))
