"""A county of two people (四（一））: 榆中县 takes its register over from 兰州 and works through the year by itself, thinly.

The one who sits in the office is its director and answers for the county government upstairs; the other is the liaison
of the bureau of quality. What other departments say comes on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from zhize.apps.assessment.services import account_draft
from zhize.apps.cli.demo import assessment_local, conferences, county_figures, plan_steps, tasks, work_rules
from zhize.apps.cli.demo.calls import template_call
from zhize.apps.cli.demo.chasing import issued as sent_out
from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml, unit
from zhize.apps.cli.demo.task_ways import Desk
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.registers.services import record_create
from zhize.apps.regulations import services as register
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work import services
from zhize.apps.work.models import Matter
from zhize.apps.years import services as years

OFFICE, LIAISON = "yz-office", "yz-zjj"
PLACE, OPENED = "620123", date(2012, 1, 11)
LEADER, SIGNER = "副县长", "县质量办主任（演示）"


def play(stage: Stage) -> None:
    """January to December, all by its own two people; 兰州 sees only what is handed up to it."""
    data = read_yaml(stage.folder / "yz.yaml")
    home = _taken_over(stage, data["register"])
    work_rules.of_place(home, "yz")
    desk = plan_steps.Desk(home, OFFICE, OFFICE)
    _planned(desk, data["plan"])
    _conferred(home, data["conference"])
    people = Desk(OFFICE, OFFICE, OFFICE)
    tasks.play_year(home.year, people, data["tasks"], read_yaml(stage.folder / "tasks.yaml")["reports"])
    _summed_up(home, data["summary"])
    _sampled(data["sampling"])
    _asked_for_help(home, data["matter"])
    county_figures.play(home, unit(f"{PLACE}-zjj"), OFFICE, LIAISON)
    _told(home, people)
    assessment_local.of_place(home, "county")


def _taken_over(stage: Stage, changes: Mapping[str, Mapping[str, Any]]) -> Stage:
    """The city's duties of group, office and members as its own, then changed where the county is smaller."""
    home = Jurisdiction.objects.system("demonstration").get(code=f"{PLACE}-quality")
    office, now = actor(OFFICE, OPENED), at(OPENED)
    register.register_copy(jurisdiction=home, actor=office, now=now)
    rows = [{"code": code, **change} for code, change in changes.items()]
    register.register_save(rows=rows, actor=office, now=at(OPENED, 11), digest="")
    year = years.work_year_create(
        jurisdiction=home, starts_on=date(2012, 1, 1), actor=office, now=at(OPENED, 14), is_demo=True
    )
    year = years.work_year_move(year=year, action="open", version=None, actor=office, now=at(OPENED, 15))
    return Stage(stage.folder, home, year)


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


def _conferred(home: Stage, data: Mapping[str, Any]) -> None:
    units = [unit(f"{PLACE}-{code}").pk for code in data["units"]]
    held: date = data["held"]
    conference = conferences.registered(
        home.jurisdiction, home.year, units, held - timedelta(days=14), OFFICE, held_on=held, chair=LEADER, **data["card"]
    )  # fmt: skip
    day = held - timedelta(days=10)
    services.conference_call(conference=conference, actor=actor(OFFICE, day), now=at(day))
    conferences.answered(conference, held - timedelta(days=6))
    day = held - timedelta(days=2)
    services.problems_note(
        conference=conference, data=data["problems"], version=None, actor=actor(OFFICE, day), now=at(day)
    )
    services.conference_hold(
        conference=conference, attended_ids=units, actor=actor(OFFICE, held), now=at(held, 17)
    )
    rows = [(row["text"], f"{PLACE}-{row['lead']}", (), row["due"]) for row in data["decisions"]]
    conferences.decided(conference, OFFICE, held + timedelta(days=1), rows)
    conferences.minuted(conference, (OFFICE, OFFICE), LEADER, held + timedelta(days=3))
    conferences.all_ticked(conference, OFFICE, held + timedelta(days=5))


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
