"""纪要征求有关单位意见: which units a conference's decisions concern, and which of them concern a unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.orgs.models import Unit
from zhize.apps.requests.mapping import COMMENTS
from zhize.apps.requests.mapping.adoption_paper import Adoption
from zhize.apps.requests.models import Call, DraftComment, UnitRequest
from zhize.apps.requests.selectors import MISSING, adoption_of, rounds_on
from zhize.apps.work.mapping.conference_paper import resolution_words
from zhize.apps.work.models import Conference, ConferenceUnit, MinutesWording, Resolution
from zhize.core.papers.wordings import number_named
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


def minutes_standing(conference: Conference) -> OfficialDocument | None:
    """The document of its minutes, a voided one aside. One statement."""
    rows = OfficialDocument.objects.system("the minutes of a conference").filter(
        source_kind="work.conference", source_id=conference.pk, kind=OfficialDocument.Kind.MINUTES
    )
    return rows.exclude(state=OfficialDocument.State.VOIDED).order_by("-pk").first()


def wordings_of(actor: Actor, conference: Conference) -> list[MinutesWording]:
    """What was agreed with the units, in the order it was. One statement."""
    rows = MinutesWording.objects.visible_to(actor).filter(conference=conference)
    return list(rows.select_related("unit", "resolution__task").order_by("pk"))


def wording_by_pk(actor: Actor, pk: int) -> MinutesWording | None:
    rows = MinutesWording.objects.visible_to(actor).select_related("conference__jurisdiction", "unit")
    return rows.filter(pk=pk).first()


def printed_now(resolution: Resolution) -> str:
    """How its item reads: with the words carried into it last, or as it was decided. One statement."""
    rows = MinutesWording.objects.system(WHY).filter(
        resolution=resolution, state=MinutesWording.State.CARRIED
    )
    last = rows.order_by("-at", "-pk").first()
    return last.after if last else resolution_words(resolution)


def resolution_meant(conference: Conference, comment: DraftComment) -> Resolution | None:
    """The decision a comment is about: the one it numbers, or the only one that concerns its unit. Two statements."""
    led, named = _units(conference.pk)
    if number := number_named(comment.place):
        return next((row for row in led if row.number == number), None)
    own = [row for row, units in _concerns(led, named) if any(unit.pk == comment.unit_id for unit in units)]
    return own[0] if len(own) == 1 else None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What keeps minutes from being signed: who has not answered, comments without an answer, words not yet in the text."""

    silent: tuple[str, ...]
    comments: int
    wordings: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.silent or self.comments or self.wordings)


def unsettled(conference: Conference) -> Unsettled:
    """Of the rounds still running, and of the words agreed. Three statements."""
    running = {"call__source_kind": "work.conference", "call__source_id": conference.pk, "call__content": COMMENTS, "call__state": Call.State.ISSUED}  # fmt: skip
    asked = UnitRequest.objects.system(WHY).filter(**running, state__in=MISSING, not_awaited="")
    open_ones = DraftComment.objects.system(WHY).filter(
        **{f"request__{name}": value for name, value in running.items()},
        request__state__in=(UnitRequest.State.SUBMITTED, UnitRequest.State.ACCEPTED),
        verdict=DraftComment.Verdict.OPEN,
    )
    waiting = MinutesWording.objects.system(WHY).filter(
        conference=conference, state=MinutesWording.State.WAITING
    )
    return Unsettled(
        tuple(asked.order_by("unit__order", "pk").values_list("unit__name", flat=True)),
        open_ones.count(),
        tuple(waiting.order_by("pk").values_list("unit__name", flat=True)),
    )


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
