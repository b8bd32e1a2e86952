"""A county of two people (四（一））: 榆中县 takes its register over from 兰州 and works through the year by itself, thinly.

The one who sits in the office is its director and answers for the county government upstairs; the other is the liaison
of the bureau of quality. What other departments say comes on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from zhize.apps.assessment.services import account_draft
from zhize.apps.cli.demo import (
    assessment_local,
    below,
    conference_below,
    county_checks,
    county_figures,
    plan_steps,
    tasks,
    work_rules,
)
from zhize.apps.cli.demo.calls import template_call
from zhize.apps.cli.demo.chasing import issued as sent_out
from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml, unit
from zhize.apps.cli.demo.task_ways import Desk
from zhize.apps.registers.services import record_create
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work import services
from zhize.apps.work.models import Matter

OFFICE, LIAISON = "yz-office", "yz-zjj"
PLACE, OPENED = "620123", date(2012, 1, 11)
LEADER, SIGNER = "副县长", "县质量办主任（演示）"


def play(stage: Stage) -> None:
    """January to December, all by its own two people; 兰州 sees only what is handed up to it."""
    data = read_yaml(stage.folder / "yz.yaml")
    home = below.taken_over(stage, f"{PLACE}-quality", OFFICE, OPENED, data["register"])
    work_rules.of_place(home, "yz")
    desk = plan_steps.Desk(home, OFFICE, OFFICE)
    _planned(desk, data["plan"])
    conference_below.play(desk, PLACE, LEADER, data["conference"])
    people = Desk(OFFICE, OFFICE, OFFICE)
    tasks.play_year(home.year, people, data["tasks"], read_yaml(stage.folder / "tasks.yaml")["reports"])
    _summed_up(home, data["summary"])
    _sampled(data["sampling"])
    _asked_for_help(home, data["matter"])
    county_figures.play(home, unit(f"{PLACE}-zjj"), OFFICE, LIAISON)
    _told(home, people)
    assessment_local.of_place(home, "county")
    county_checks.play(home, data["check"])


def _planned(desk: plan_steps.Desk, rows: list[Mapping[str, Any]]) -> None:
    bureau, day = unit(f"{PLACE}-zjj"), date(2012, 3, 14)
    call = plan_steps.call_out(
        desk, "征集2012年度质量工作计划", [bureau], date(2012, 3, 7), date(2012, 3, 16), "1.1#1"
    )
    plan = plan_steps.written(plan_steps.request_of(call, bureau.pk), LIAISON, bureau, rows, day)
    plan_steps.handed_in(plan, LIAISON, day)
    day += timedelta(days=1)
    plan_steps.accepted(desk, plan, day)
    office = actor(OFFICE, day)
    whole = services.plan_consolidate(year=desk.stage.year, actor=office, now=at(day, 14))
    services.plan_items_take(plan=whole, source_ids=None, actor=office, now=at(day, 15))
    plan_steps.approved(desk, whole, f"{LEADER}（演示）", date(2012, 3, 19))
    plan_steps.issued(desk, whole, f"{LEADER}（演示）", date(2012, 3, 27))


def _summed_up(home: Stage, answers: Mapping[str, str]) -> None:
    """The half-year's summary of the one department with a person, asked by template, accepted."""
    call = template_call(home, "half_summary", date(2012, 6, 28), OFFICE, unit_ids=[unit(f"{PLACE}-zjj").pk])
    row = UnitRequest.objects.system("demonstration").select_related("unit", "call__year").get(call=call)
    day = date(2012, 7, 6)
    who = actor(LIAISON, day)
    requests.request_save(request=row, answers=dict(answers), version=None, actor=who, now=at(day))
    requests.request_stamp(request=row, by="副局长（演示）", on=day, actor=who, now=at(day, 14))
    requests.request_submit(request=row, version=None, actor=who, now=at(day, 16))
    day += timedelta(days=3)
    requests.request_accept(request=row, version=None, actor=actor(OFFICE, day), now=at(day))


def _sampled(rows: list[Mapping[str, Any]]) -> None:
    for row in rows:
        day = row["sampled_on"] + timedelta(days=12)
        record_create(
            type_code="sampling", data={**row, "level": "county", "institution": "演示检验院"}, actor=actor(LIAISON, day), now=at(day),
        )  # fmt: skip


def _asked_for_help(home: Stage, data: Mapping[str, Any]) -> None:
    """A hard problem, raised by the bureau and answered by the office."""
    day = date(2012, 9, 10)
    matter: Matter = services.matter_raise(
        jurisdiction=home.jurisdiction, unit=unit(f"{PLACE}-zjj"), data=data["raised"], actor=actor(LIAISON, day), now=at(day)
    )  # fmt: skip
    day += timedelta(days=4)
    services.matter_take(matter=matter, actor=actor(OFFICE, day), now=at(day))
    matter = Matter.objects.system("demonstration").select_related("jurisdiction", "unit").get(pk=matter.pk)
    services.matter_answer(matter=matter, answer=data["answer"], actor=actor(OFFICE, day), now=at(day, 15))


def _told(home: Stage, people: Desk) -> None:
    """The half-year's circular, and in December the account of what its departments owed and did, still a draft."""
    day = date(2012, 7, 10)
    _digest, document = services.digest_draft(
        year=home.year,
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 6, 30),
        actor=actor(OFFICE, day),
        now=at(day, 9),
    )
    sent_out(document, people, SIGNER, at(day, 9))
    day = date(2012, 12, 18)
    account_draft(year=home.year, actor=actor(OFFICE, day), now=at(day))
