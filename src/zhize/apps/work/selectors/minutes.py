"""纪要征求有关单位意见: which units a conference's decisions concern, and which of them concern a unit."""

from __future__ import annotations

from collections.abc import Collection

from zhize.apps.orgs.models import Unit
from zhize.apps.requests.mapping.adoption_paper import Adoption
from zhize.apps.requests.models import Call
from zhize.apps.requests.selectors.comments import adoption_of, rounds_on
from zhize.apps.work.mapping.conference_paper import resolution_words
from zhize.apps.work.models import Conference, ConferenceUnit, Resolution
from zhize.kit.actor import Actor
from zhize.kit.several import parts
from zhize.kit.things import ThingRef

WHY = "decisions of a conference, for those they concern"


def concerned(conference: Conference) -> list[Unit]:
    """The lead and supporting units of its decisions, in the order of the decisions. Two statements."""
    led, named = _units(conference.pk)
    found = {unit.pk: unit for _row, units in _concerns(led, named) for unit in units}
    return list(found.values())


def minutes_parts(conference_id: int, unit_ids: Collection[int]) -> list[tuple[str, str]]:
    """What of the minutes concerns one of these units: the place as printed, and the words. Two statements."""
    led, named = _units(conference_id)
    return [
        (f"议定事项第{row.number}项", resolution_words(row))
        for row, units in _concerns(led, named)
        if any(unit.pk in unit_ids for unit in units)
    ]


def rounds_of_minutes(actor: Actor, conference: Conference) -> list[tuple[Call, Adoption | None]]:
    """The rounds on its minutes, newest first, the newest with its standing. Three statements at most."""
    rounds = rounds_on(actor, ThingRef("work.conference", conference.pk))
    return [
        (one, adoption_of(actor, one) if number == 0 and one.state != Call.State.DRAFT else None)
        for number, one in enumerate(rounds)
    ]


def _units(conference_id: int) -> tuple[list[Resolution], dict[str, Unit]]:
    rows = list(
        Resolution.objects.system(WHY)
        .filter(conference_id=conference_id)
        .select_related("lead_unit")
        .order_by("number", "pk")
    )
    called = ConferenceUnit.objects.system(WHY).filter(conference_id=conference_id).select_related("unit")
    return rows, {row.unit.name: row.unit for row in called}


def _concerns(rows: list[Resolution], named: dict[str, Unit]) -> list[tuple[Resolution, list[Unit]]]:
    return [
        (
            row,
            [
                *([row.lead_unit] if row.lead_unit else []),
                *(named[name] for name in parts(row.supports) if name in named),
            ],
        )
        for row in rows
    ]
