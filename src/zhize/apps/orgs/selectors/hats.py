"""Reads of the directory: hats and actors, units, members. Every read takes an actor or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

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


# field of a hat: column of its post
COLUMNS = {
    "post_id": F("pk"),
    "post_title": F("title"),
    "unit_name": F("unit__name"),
    "unit_code": F("unit__code"),
    "jurisdiction_code": F("jurisdiction__code"),
    "jurisdiction_name": F("jurisdiction__name"),
    "region_id": F("jurisdiction__region_id"),
    "region_code": F("jurisdiction__region__code"),
}


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
        .values(
            "role",
            "unit_id",
            "jurisdiction_id",
            "has_own_rules",
            holder=F("user_id"),
            holder_name=F("user__name"),
            **COLUMNS,
        )
    )
    return [_hat(dict(row), user.pk) for row in posts]


def _hat(row: dict[str, Any], person: int) -> Hat:
    holder, name = row.pop("holder"), row.pop("holder_name")
    return Hat(**row, on_behalf_of="" if holder == person else name)


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
