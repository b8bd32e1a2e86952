"""Tasks of 2012: what the plan and the group handed out, taken on, reported, chased, extended, closed; 兰州's own.

Each task goes one of a few ways, by its place in the ledger, so that every state has something to show. What happens is
first written into a diary and then played in the order of the calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from zhize.apps.cli.demo import chasing
from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml, unit
from zhize.apps.cli.demo.task_ways import Desk, Diary, Way
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.work import services
from zhize.apps.work.models import Task
from zhize.apps.years import services as years
from zhize.apps.years.models import WorkYear
from zhize.kit.things import ThingRef

# In the order in which tasks of the ledger take them; most are closed in time.
WAYS = (
    "in_time",
    "returned",
    "in_time",
    "late",
    "extended",
    "in_time",
    "reminded",
    "continuing",
    "in_time",
    "stuck",
)
DIRECTOR, STAFF, LEADER = "gs-office-director", "gs-office", "gs-leader"


def play(stage: Stage) -> None:
    """The province's tasks and 兰州's, up to the day before the demonstration is held."""
    data = read_yaml(stage.folder / "tasks.yaml")
    matters = data["assigned"]
    if not Task.objects.system("demonstration").filter(year=stage.year).exists():
        matters = [*_from_duties(stage), *matters]
    province = Desk(STAFF, DIRECTOR, LEADER)
    follow = partial(chasing.write, year=stage.year, desk=province, words=data["chasing"])
    play_year(stage.year, province, matters, data["reports"], follow)
    lanzhou = Jurisdiction.objects.system("demonstration").get(code="lz-quality")
    desk = Desk("lz-office", "lz-office-director", "lz-leader")
    play_year(_year_of(lanzhou, desk), desk, data["local"], data["reports"])


def _from_duties(stage: Stage) -> list[dict[str, Any]]:
    """Where no plan was issued: one matter for each unit of the register, from its first standing duty."""
    from zhize.apps.regulations.models import DutyHolder

    holders = DutyHolder.objects.filter(
        duty__jurisdiction=stage.jurisdiction,
        duty__nature="standing",
        unit__isnull=False,
        duty__is_common=False,
    ).select_related("duty", "unit")
    seen: dict[str, dict[str, Any]] = {}
    for number, one in enumerate(holders.order_by("unit__order", "duty__order")):
        if one.unit:
            day = date(2012, 5, 31) + timedelta(days=(number * 17) % 210)
            matter = {"task": one.duty.title, "lead": one.unit.code, "supports": [], "source": "hand", "basis": "",
                      "goal": one.duty.text[:200], "due": day, "given": date(2012, 4, 10)}  # fmt: skip
            seen.setdefault(one.unit.code, matter)
    return list(seen.values())


def _year_of(jurisdiction: Jurisdiction, desk: Desk) -> WorkYear:
    """The open year of a prefecture, made by its own director where nobody has made it yet."""
    rows = WorkYear.objects.system("demonstration").filter(
        jurisdiction=jurisdiction, starts_on=date(2012, 1, 1)
    )
    if year := rows.first():
        return year
    begin = at(date(2012, 1, 12))
    director = actor(desk.director, begin.date())
    year = years.work_year_create(
        jurisdiction=jurisdiction, starts_on=date(2012, 1, 1), actor=director, now=begin, is_demo=True
    )
    return years.work_year_move(year=year, action="open", version=None, actor=director, now=begin)


def play_year(
    year: WorkYear,
    desk: Desk,
    matters: list[dict[str, Any]],
    reports: list[dict[str, Any]],
    follow: Callable[[Diary], None] = lambda diary: None,
) -> None:
    """Of one place: hands out and plays each task's way, and what `follow` writes into the same diary."""
    for matter in matters:
        _hand_out(year, desk, matter)
    rows = Task.objects.system("demonstration").filter(year=year).select_related("lead_unit", "jurisdiction")
    diary = Diary()
    for number, task in enumerate(rows.order_by("created_at", "pk")):
        Way(task, desk, reports, diary, number).write(WAYS[number % len(WAYS)])
    follow(diary)
    diary.play()


def _hand_out(year: WorkYear, desk: Desk, matter: dict[str, Any]) -> None:
    lead, supports = unit(matter["lead"]), [unit(code).pk for code in matter["supports"]]
    above = (
        Task.objects.system("demonstration")
        .filter(units__code="620100-gov", year__jurisdiction__code="gs-quality")
        .first()
        if matter["source"] == "above"
        else None
    )
    services.task_create(
        task=services.NewTask(
            title=matter["task"], lead_unit_id=lead.pk, due_on=matter["due"], goal=matter["goal"],
            source=matter["source"], basis=matter["basis"], support_unit_ids=supports,
            ref=ThingRef("work.task", above.pk) if above else None,
        ),
        jurisdiction=year.jurisdiction, year=year, actor=actor(desk.staff, matter["given"]), now=at(matter["given"], 9),
    )  # fmt: skip
