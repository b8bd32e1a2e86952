"""Reads of subjects: list, one with former names, search."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from zhize.apps.orgs.models import Region
from zhize.apps.registers.models import Subject, SubjectName
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.scope import ScopedQuerySet


def subjects_listed(actor: Actor) -> ScopedQuerySet[Subject]:
    return Subject.objects.visible_to(actor).select_related("region")


def subject_by_pk(actor: Actor, pk: int) -> Subject | None:
    """One subject with its region and the region above."""
    return Subject.objects.visible_to(actor).select_related("region__parent").by_pk(pk)


def former_names(subject: Subject) -> list[SubjectName]:
    return list(SubjectName.objects.filter(subject=subject).order_by("-until", "name"))


def find_subjects(actor: Actor, words: str, limit: int) -> list[Found]:
    """Enterprises by name or code. One statement."""
    rows = Subject.objects.visible_to(actor).filter(Q(name__icontains=words) | Q(uscc__istartswith=words))
    return [
        Found(
            s.name,
            "，".join(filter(None, (s.region.name, s.uscc))),
            reverse("registers:subject", args=[s.pk]),
        )
        for s in rows.select_related("region").order_by("name", "pk")[:limit]
    ]


def regions_below(actor: Actor) -> ScopedQuerySet[Region]:
    """The own region and all below it, in official order: where an own record may lie."""
    here = actor.region_id or 0
    rows = Region.objects.visible_to(actor).filter(Q(pk=here) | Q(parent_id=here) | Q(parent__parent_id=here))
    return rows.order_by("order", "code")


SUFFIXES = ("市", "州", "县", "区")


def region_aliases(actor: Actor) -> dict[str, int]:
    """Other names tables use for regions: 临夏州, 兰州, 白银 (the city, which holds its district of that name).

    Of two on one level such a name is neither. One statement.
    """
    found: dict[str, list[Region]] = {}
    for region in regions_below(actor):
        bare = region.short.removesuffix(next((s for s in SUFFIXES if region.short.endswith(s)), ""))
        for name in {region.short, bare}:
            if len(name) > 1:
                found.setdefault(name, []).append(region)
    levels = list(Region.Level)
    meant = {}
    for name, regions in found.items():
        highest = min(levels.index(Region.Level(one.level)) for one in regions)
        top = [one for one in regions if levels.index(Region.Level(one.level)) == highest]
        if len(top) == 1:
            meant[name] = top[0].pk
    return meant


def in_region_q(region: Region) -> Q:
    """A record in a region or in any below it."""
    return Q(region_id=region.pk) | Q(region__parent_id=region.pk) | Q(region__parent__parent_id=region.pk)
