"""Reads of conferences."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from zhize.apps.work.models import (
    Conference,
    ConferenceCheck,
    ConferencePaper,
    ConferenceUnit,
    Resolution,
    Topic,
)
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

SEEN = "belongs to a conference the actor sees"


def conferences_listed(actor: Actor) -> ScopedQuerySet[Conference]:
    """What the actor may see, with how many units are called, have answered and came."""
    rows = Conference.objects.visible_to(actor).select_related("jurisdiction", "year")
    waiting = ConferenceUnit.Reply.WAITING
    counted: ScopedQuerySet[Conference] = rows.annotate(  # type: ignore[assignment]
        invited=Count("attendance", distinct=True),
        replied=Count("attendance", filter=~Q(attendance__reply=waiting), distinct=True),
        came=Count("attendance", filter=Q(attendance__attended=True), distinct=True),
    )
    return counted


def conference_by_pk(actor: Actor, pk: int) -> Conference | None:
    rows = Conference.objects.visible_to(actor).select_related("jurisdiction", "year")
    return rows.by_pk(pk)


def attendance_of(conference: Conference) -> list[ConferenceUnit]:
    """The units called, in official order."""
    rows = ConferenceUnit.objects.system(SEEN).filter(conference=conference)
    return list(rows.select_related("unit", "conference").order_by("order", "pk"))


def attendance_by_pk(actor: Actor, pk: int) -> ConferenceUnit | None:
    rows = ConferenceUnit.objects.visible_to(actor).select_related("unit", "conference__jurisdiction")
    return rows.by_pk(pk)


def checks_of(conference: Conference) -> list[ConferenceCheck]:
    return list(ConferenceCheck.objects.system(SEEN).filter(conference=conference).order_by("order", "pk"))


def check_by_pk(actor: Actor, pk: int) -> ConferenceCheck | None:
    return ConferenceCheck.objects.visible_to(actor).select_related("conference").by_pk(pk)


def papers_of(conference: Conference) -> list[ConferencePaper]:
    rows = ConferencePaper.objects.system(SEEN).filter(conference=conference)
    return list(rows.select_related("unit", "file").order_by("pk"))


def paper_by_pk(actor: Actor, pk: int) -> ConferencePaper | None:
    return ConferencePaper.objects.visible_to(actor).select_related("file").by_pk(pk)


def resolutions_of(conference: Conference) -> list[Resolution]:
    rows = Resolution.objects.system(SEEN).filter(conference=conference)
    return list(
        rows.select_related("lead_unit", "task", "target__card", "target__year").order_by("number", "pk")
    )


def resolution_by_pk(actor: Actor, pk: int) -> Resolution | None:
    rows = Resolution.objects.visible_to(actor).select_related("conference__jurisdiction")
    return rows.by_pk(pk)


def topics_of(conference: Conference) -> list[Topic]:
    """What was proposed, by the units in official order."""
    rows = Topic.objects.system(SEEN).filter(conference=conference)
    return list(rows.select_related("unit").order_by("unit__order", "unit__code", "pk"))


def topic_by_pk(actor: Actor, pk: int) -> Topic | None:
    return Topic.objects.visible_to(actor).select_related("conference__jurisdiction").by_pk(pk)


def newest_of(papers: list[ConferencePaper]) -> list[tuple[ConferencePaper, list[ConferencePaper]]]:
    """Each paper's newest version with the earlier ones, newest first. No statement."""
    found: dict[tuple[int, str], list[ConferencePaper]] = {}
    for paper in papers:
        found.setdefault((paper.unit_id, paper.title), []).append(paper)
    return [(rows[-1], rows[-2::-1]) for rows in found.values()]


def last_before(conference: Conference) -> Conference | None:
    """The conference of the same kind held before this one, for what became of its decisions."""
    rows = Conference.objects.system("the one before it, of the same jurisdiction").filter(
        jurisdiction_id=conference.jurisdiction_id, kind=conference.kind, held_on__lt=conference.held_on,
        state__in=(Conference.State.HELD, Conference.State.MINUTED),
    )  # fmt: skip
    return rows.order_by("-held_on").first()


def conference_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    rows = Conference.objects.visible_to(actor).filter(pk__in=ids)
    return {
        c.pk: ThingCard(ThingRef("work.conference", c.pk), c.title, reverse("work:conference", args=[c.pk]))
        for c in rows
    }


def find_conferences(actor: Actor, words: str, limit: int) -> list[Found]:
    """Conferences by title or agenda."""
    rows = Conference.objects.visible_to(actor).filter(Q(title__icontains=words) | Q(agenda__icontains=words))
    return [
        Found(c.title, f"{c.held_on} {c.get_state_display()}", reverse("work:conference", args=[c.pk]))
        for c in rows.order_by("-held_on")[:limit]
    ]
