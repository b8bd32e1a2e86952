"""What a result asks of its objects, as it was sent and looked at again; and what has not been sent yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhize.apps.assessment import mapping
from zhize.apps.assessment.models import Assessed, FollowUp, Round
from zhize.apps.work.models import Talk, TalkTask
from zhize.core.scoring.scheme import Demand
from zhize.kit.actor import Actor

SEEN = "of an object the actor sees"
JOINS = ("task", "request__call", "assessed__unit", "assessed__round__jurisdiction", "assessed__round__year")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A demand on an object that became nothing yet."""

    assessed: Assessed
    number: int
    demand: Demand


def follow_ups_of(objects: Iterable[Assessed]) -> list[FollowUp]:
    """In official order, with their tasks and requests. One statement."""
    rows = FollowUp.objects.system(SEEN).filter(assessed__in=[one.pk for one in objects])
    return list(
        rows.select_related("task", "request", "assessed").order_by(
            "assessed__order", "assessed_id", "number"
        )
    )


def follow_up_by_pk(actor: Actor, pk: int) -> FollowUp | None:
    return FollowUp.objects.visible_to(actor).select_related(*JOINS).by_pk(pk)


def demands_waiting(round_: Round, objects: Iterable[Assessed], there: Iterable[FollowUp]) -> list[Waiting]:
    """What the sealed result asks of each object and was not sent yet. No statement."""
    done = {(row.assessed_id, row.number) for row in there}
    demands = mapping.scheme_of(round_).demands
    return [
        Waiting(row, number, demand)
        for row in objects
        for number, demand in enumerate(demands, 1)
        if demand.words in row.demands and (row.pk, number) not in done
    ]


def talks_about(rows: Iterable[FollowUp]) -> dict[int, list[Talk]]:
    """Task → the talks held about it, newest first. One statement, none without tasks."""
    tasks = [row.task_id for row in rows if row.task_id]
    found: dict[int, list[Talk]] = {}
    if tasks:
        links = TalkTask.objects.filter(task_id__in=tasks).select_related("talk")
        for link in links.order_by("-talk__held_on", "-pk"):
            found.setdefault(link.task_id, []).append(link.talk)
    return found
