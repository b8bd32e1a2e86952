"""Reads of the directory: hats and actors, units, members. Every read takes an actor or says why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from zhize.apps.orgs.models import Delegation, Post
from zhize.kit.actor import Actor
from zhize.kit.models import RuleEdition


@dataclass(frozen=True, slots=True)
class Hat:
    """One of a person's hats, with everything a page shows of it: no further query."""

    post_id: int
    post_title: str
    role: str
    unit_id: int
    unit_name: str
    unit_code: str
    jurisdiction_id: int
    jurisdiction_code: str
    jurisdiction_name: str
    region_id: int
    region_code: str
    on_behalf_of: str = ""
    has_own_rules: bool = False


def current(today: date, prefix: str = "") -> Q:
    """Rows whose dates (starts_on, ends_on) include today."""
    return Q(**{f"{prefix}starts_on__lte": today}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": today})
    )


def hats_of(user: Any, today: date) -> list[Hat]:
    """All hats a person may wear today: own posts, then posts delegated to the person. One query."""
    if not user.is_authenticated:
        return []
    lent = Delegation.objects.system("posts lent to the signed-in person").filter(
        current(today), deputy=user, revoked_at__isnull=True
    )
    own_rules = RuleEdition.objects.filter(jurisdiction_code=OuterRef("jurisdiction__code"))
    posts = (
        Post.objects.system("the signed-in person's own hats")
        .filter(current(today) & (Q(user=user) | Q(pk__in=lent.values("post_id"))))
        .annotate(has_own_rules=Exists(own_rules))
        .order_by("-preferred", "jurisdiction__region__order", "unit__order", "pk")
        # Every request asks this: the columns a hat shows, not five whole rows.
        .values_list(
            "user_id",
            "user__name",
            "pk",
            "title",
            "role",
            "unit_id",
            "unit__name",
            "unit__code",
            "jurisdiction_id",
            "jurisdiction__code",
            "jurisdiction__name",
            "jurisdiction__region_id",
            "jurisdiction__region__code",
            "has_own_rules",
        )
    )
    rows: Iterable[tuple[Any, ...]] = posts
    return [_hat(user.pk, *row) for row in rows]


def _hat(person: int, holder: int, name: str, *shown: Any) -> Hat:
    *plain, own_rules = shown
    return Hat(*plain, on_behalf_of="" if holder == person else name, has_own_rules=own_rules)  # type: ignore[misc]


def actor_of(user: Any, hat: Hat | None, *, request_id: str = "", channel: str = "web") -> Actor:
    """The actor for a person and a hat; without a hat the person sees only what is the own account's."""
    if hat is None:
        return Actor(
            user_id=user.pk, name=user.name, username=user.username, request_id=request_id, channel=channel
        )
    return Actor(
        user_id=user.pk,
        name=user.name,
        username=user.username,
        post_id=hat.post_id,
        post_title=hat.post_title,
        roles=frozenset({hat.role}),
        unit_id=hat.unit_id,
        unit_name=hat.unit_name,
        unit_code=hat.unit_code,
        jurisdiction_id=hat.jurisdiction_id,
        jurisdiction_code=hat.jurisdiction_code,
        jurisdiction_name=hat.jurisdiction_name,
        region_id=hat.region_id,
        region_code=hat.region_code,
        on_behalf_of=hat.on_behalf_of,
        request_id=request_id,
        channel=channel,
    )
