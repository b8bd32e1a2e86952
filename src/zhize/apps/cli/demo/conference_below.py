"""A conference of a place below, from the file of the place: called, answered, held, decided, minuted (四（三）)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from zhize.apps.cli.demo import conferences
from zhize.apps.cli.demo.conference_steps import all_ticked, answered
from zhize.apps.cli.demo.plan_steps import Desk
from zhize.apps.cli.demo.stage import actor, at, unit
from zhize.apps.work import services


def play(desk: Desk, place: str, leader: str, data: Mapping[str, Any]) -> None:
    """`data` has units, held, card, problems and decisions; unit keys are those of the place without its code."""
    units = [unit(f"{place}-{code}").pk for code in data["units"]]
    held: date = data["held"]
    home = desk.stage
    conference = conferences.registered(
        home.jurisdiction, home.year, units, held - timedelta(days=28), desk.staff, held_on=held, chair=leader, **data["card"]
    )  # fmt: skip
    day = held - timedelta(days=15)
    services.conference_call(conference=conference, actor=actor(desk.staff, day), now=at(day))
    answered(conference, held - timedelta(days=8), staff=desk.staff)
    day = held - timedelta(days=9)
    services.problems_note(
        conference=conference, data=data["problems"], version=None, actor=actor(desk.staff, day), now=at(day)
    )
    all_ticked(conference, desk.staff, but="item.minutes")
    services.conference_hold(
        conference=conference, attended_ids=units, actor=actor(desk.staff, held), now=at(held, 17)
    )
    rows = [
        (
            row["text"],
            f"{place}-{row['lead']}",
            tuple(f"{place}-{one}" for one in row.get("supports", ())),
            row["due"],
        )
        for row in data["decisions"]
    ]
    conferences.decided(conference, desk.staff, held + timedelta(days=1), rows)
    conferences.minuted(conference, (desk.staff, desk.director), leader, held + timedelta(days=4))
