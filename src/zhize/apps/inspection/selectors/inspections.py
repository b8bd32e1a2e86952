"""Reads of on-site checks: lists, one with its groups, units and checklist, what serves a thing above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from zhize.apps.inspection.models import (
    CheckItem,
    GroupPerson,
    InspectedUnit,
    Inspection,
    InspectionGroup,
)
from zhize.apps.orgs.models import Post, User
from zhize.apps.orgs.selectors.hats import current
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

KIND = "inspection.inspection"
SEEN = "belongs to an on-site check the actor sees"


def inspections_listed(actor: Actor) -> ScopedQuerySet[Inspection]:
    """What the actor may see, with how many units, groups and items."""
    rows = Inspection.objects.visible_to(actor).select_related("jurisdiction", "year")
    counted: ScopedQuerySet[Inspection] = rows.annotate(  # type: ignore[assignment]
        n_units=_count(InspectedUnit), n_groups=_count(InspectionGroup), n_items=_count(CheckItem)
    )
    return counted


def _count(model: type[InspectedUnit | InspectionGroup | CheckItem]) -> Coalesce:
    rows = model.objects.system(SEEN).filter(inspection=OuterRef("pk")).order_by().values("inspection")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def inspection_by_pk(actor: Actor, pk: int) -> Inspection | None:
    rows = Inspection.objects.visible_to(actor).select_related("jurisdiction", "year")
    return rows.by_pk(pk)


def group_by_pk(actor: Actor, pk: int) -> InspectionGroup | None:
    rows = InspectionGroup.objects.visible_to(actor)
    return rows.select_related("inspection__jurisdiction", "inspection__year").by_pk(pk)


def person_by_pk(actor: Actor, pk: int) -> GroupPerson | None:
    rows = GroupPerson.objects.visible_to(actor)
    return rows.select_related("group__inspection__jurisdiction", "group__inspection__year").by_pk(pk)


def people_of(group: InspectionGroup) -> list[GroupPerson]:
    return list(GroupPerson.objects.system(SEEN).filter(group=group).select_related("user").order_by("pk"))


def user_of(chosen: Candidate | None) -> User | None:
    """The account of somebody chosen."""
    return User.objects.filter(pk=chosen.user_id).first() if chosen else None


def groups_of(inspection: Inspection) -> list[InspectionGroup]:
    """In order, each with its people and its units read. Three statements."""
    people: Any = Prefetch("people", GroupPerson.objects.system(SEEN).select_related("user").order_by("pk"))
    units: Any = Prefetch("unit_rows", InspectedUnit.objects.system(SEEN).select_related("unit__region"))
    rows = InspectionGroup.objects.system(SEEN).filter(inspection=inspection)
    return list(rows.prefetch_related(people, units))


def units_of(inspection: Inspection) -> list[InspectedUnit]:
    """Who is checked, in order, with the group. One statement."""
    rows = InspectedUnit.objects.system(SEEN).filter(inspection=inspection)
    return list(rows.select_related("unit__region", "group"))


def items_of(inspection: Inspection) -> list[CheckItem]:
    return list(CheckItem.objects.system(SEEN).filter(inspection=inspection))


def of_thing(actor: Actor, ref: ThingRef) -> list[Inspection]:
    """The on-site checks that serve a thing of an app above (a round of assessment), newest first. One statement."""
    rows = inspections_listed(actor).filter(ref_kind=ref.kind, ref_id=ref.id)
    return list(rows.order_by("-starts_on", "-pk")[:50])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with an account who may go: the post by which he or she is chosen."""

    post_id: int
    user_id: int
    name: str
    workplace: str

    @property
    def words(self) -> str:
        return f"{self.name}（{self.workplace}）"


def candidates(actor: Actor, today: date) -> list[Candidate]:
    """People of the jurisdiction with a post today, each once, in official order. One statement."""
    rows = (
        Post.objects.visible_to(actor)
        .filter(current(today), user__is_active=True)
        .select_related("user", "unit")
        .order_by("unit__order", "unit__code", "user__name", "pk")
    )
    found: dict[int, Candidate] = {}
    for post in rows:
        found.setdefault(post.user_id, Candidate(post.pk, post.user_id, post.user.name, post.unit.name))
    return list(found.values())


def goes_there(actor: Actor, groups: Sequence[InspectionGroup]) -> InspectionGroup | None:
    """The group the acting person goes and works with, among groups read with their people."""

    def works(one: GroupPerson) -> bool:
        return one.user_id == actor.user_id and one.part != GroupPerson.Part.OBSERVER

    return next((g for g in groups if actor.user_id and any(map(works, g.people.all()))), None)


def inspection_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """For to-dos, messages and the log."""
    rows = Inspection.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(ThingRef(KIND, row.pk), row.title, reverse("inspection:inspection", args=[row.pk]))
        for row in rows
    }


def find_inspections(actor: Actor, words: str, limit: int) -> list[Found]:
    """By title or basis, newest first."""
    rows = Inspection.objects.visible_to(actor).filter(title__icontains=words)
    return [
        Found(row.title, row.get_state_display(), reverse("inspection:inspection", args=[row.pk]))
        for row in rows.order_by("-starts_on", "-pk")[:limit]
    ]
