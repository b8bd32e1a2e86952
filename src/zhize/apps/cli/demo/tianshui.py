"""天水: the second prefecture at home. Its register is taken over from the province, its plan carries provincial items, its
tasks go to departments and to the counties below it, its conference decides and is minuted (四（一）–（三）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zhize.apps.cli.demo import below, conference_below, plan_steps, tasks
from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of, read_yaml, unit
from zhize.apps.cli.demo.task_ways import Desk
from zhize.apps.work import services

PLACE, STAFF, DIRECTOR, OPENED = "620500", "ts-office", "ts-office-director", date(2012, 1, 16)
LEADER, GROUP = "副市长", "市领导小组组长（演示）"


def play(stage: Stage) -> None:
    """January to December, all by its own people."""
    data = read_yaml(stage.folder / "ts.yaml")
    home = below.taken_over(stage, "ts-quality", STAFF, OPENED, data["register"])
    desk = plan_steps.Desk(home, STAFF, DIRECTOR)
    _planned(desk, data["plan"])
    conference_below.play(desk, PLACE, LEADER, data["conference"])
    reports = read_yaml(stage.folder / "tasks.yaml")["reports"][1:]
    tasks.play_year(home.year, Desk(STAFF, DIRECTOR, "ts-leader"), data["tasks"], reports)


def _planned(desk: plan_steps.Desk, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    leads = {code: unit(f"{PLACE}-{code}") for code in rows}
    call = plan_steps.call_out(
        desk, "征集2012年度质量工作计划", list(leads.values()), date(2012, 4, 9), date(2012, 4, 18), "2.2#1"
    )
    for number, (code, lead) in enumerate(leads.items()):
        day = date(2012, 4, 16) + timedelta(days=number)
        username = liaison_of([lead.pk], day)
        assert username is not None, f"nobody writes for {code}"
        plan = plan_steps.written(plan_steps.request_of(call, lead.pk), username, lead, rows[code], day)
        plan_steps.handed_in(plan, username, day)
        plan_steps.accepted(desk, plan, day + timedelta(days=1))
    day = date(2012, 4, 20)
    office = actor(STAFF, day)
    whole = services.plan_consolidate(year=desk.stage.year, actor=office, now=at(day, 14))
    services.plan_items_take(plan=whole, source_ids=None, actor=office, now=at(day, 15))
    plan_steps.approved(desk, whole, GROUP, date(2012, 4, 23))
    plan_steps.issued(desk, whole, GROUP, date(2012, 5, 2))
