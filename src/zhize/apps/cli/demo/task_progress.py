"""The fourth quarter's progress, task by task, of departments and prefectures: accepted and written onto the tasks, waiting,
one returned, two drafts; still running when the demonstration is held."""

from __future__ import annotations

from datetime import date, timedelta

from zhize.apps.cli.demo.calls import OFFICE, accept, again, answers_of, call_by_template, has_person, person
from zhize.apps.cli.demo.stage import Stage, actor, at, paper
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work import services
from zhize.apps.work.models import TaskReply
from zhize.apps.work.selectors.task_replies import Row, Sheet, sheet_of
from zhize.apps.work.services.task_replies import Written

DONE = (
    "年度方案确定的各环节已基本完成，正在整理台账和总结材料。",
    "对三季度发现的问题逐户复查，整改到位的已销号，其余限期年内完成。",
    "会同配合单位开展联合检查两次，情况已通报有关市州。",
    "完成第四批抽查的样品检验，结果待公布。",
)
HARD = (
    ("部分县区检验能力不足，样品送省检验周期较长。", "请省财政厅商省质监局落实县级检验机构设备经费。"),
    ("与相关部门的数据口径不一致，汇总困难。", ""),
)
NIL, RETURNED, DRAFTS, TAKEN, ANSWERS = 5, 4, (11, 12), 9, 14


def play(stage: Stage) -> None:
    """Through the services a browser uses, on the days they would happen."""
    call = call_by_template(
        stage, "task_progress", date(2012, 12, 3), capacity="all", due_on=date(2012, 12, 25)
    )
    people = [row for row in answers_of(call) if has_person(row)]
    for number, row in enumerate(people[:ANSWERS]):
        day = date(2012, 12, 8) + timedelta(days=number % 9)
        _written(row, number, day)
        if number in DRAFTS:
            continue
        asking.request_submit(request=row, version=None, actor=actor(person(row), day), now=at(day, hour=16))
        if number == RETURNED:
            _returned(row, date(2012, 12, 18))
        elif number < TAKEN:
            accept(again(row), date(2012, 12, 18))


def _written(row: UnitRequest, number: int, day: date) -> None:
    """The unit's liaison goes through its tasks."""
    who, now = actor(person(row), day), at(day)
    if number == NIL:
        asking.request_save(request=row, answers={}, nil_report=True, version=None, actor=who, now=now)
        return
    sheet = sheet_of(row, day, handed=False)
    rows = {one.task.pk: _said(one, number + place) for place, one in enumerate(sheet.rows)}
    services.task_replies_save(request=row, rows=rows, version=None, actor=who, now=now)
    if sheet.rows and number % 4 == 0:
        _material(row, sheet, number, day)


def _said(one: Row, turn: int) -> Written:
    """Every fourth has nothing new; of the others some are hard, and one in a while needs the office."""
    if turn % 4 == 3:
        return Written(nothing=True, value=one.said["value"], is_reached=one.said["is_reached"])
    problem, wanted = HARD[turn % 2] if turn % 3 == 1 else ("", "")
    percent = min(95, max(one.task.percent, 60) + 5 * (turn % 5)) if one.counts else None
    return Written(
        percent=percent, value=one.said["value"], is_reached=one.said["is_reached"], words=DONE[turn % len(DONE)],
        difficulties=problem, wanted=wanted if one.raised is None else "",
    )  # fmt: skip


def _material(row: UnitRequest, sheet: Sheet, number: int, day: date) -> None:
    task = sheet.rows[0].task
    services.task_reply_files(
        request=row, task_id=task.pk, uploads=[paper(f"{task.title[:30]}四季度情况", DONE[number % len(DONE)])],
        dated_on=day, actor=actor(person(row), day), now=at(day, hour=11),
    )  # fmt: skip


def _returned(row: UnitRequest, day: date) -> None:
    """One row sent back with what is to be mended."""
    replies = TaskReply.objects.system("demonstration").filter(request=row, handed__nothing=False)
    first = replies.order_by("pk").first()
    services.task_replies_return(
        request=row, comments={first.pk: "请写明完成的数量和合格率。"} if first else {}, version=None,
        comment="" if first else "请逐项写明进展。", actor=actor(OFFICE, day), now=at(day, hour=11),
    )  # fmt: skip
