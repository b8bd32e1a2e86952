"""People through their posts: contacts, holders, what a person holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zhize.apps.orgs.models import ApiToken, Delegation, Jurisdiction, Post, Unit, User
from zhize.apps.orgs.models.people import ADMIN_ROLES, GUARDED_ROLES
from zhize.apps.orgs.selectors.hats import current
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

CONTACT_ROLES = ("leader", "office_director", "office_staff", "unit_head", "liaison", "clerk")


def contacts(actor: Actor, today: date) -> ScopedQuerySet[Post]:
    """The telephone book of the actor's jurisdiction: posts held today by active people, in official order."""
    return (
        Post.objects.visible_to(actor)
        .filter(current(today), role__in=CONTACT_ROLES, user__is_active=True)
        .select_related("unit__region", "user", "jurisdiction")
        .order_by("unit__region__order", "unit__order", "unit__code", "role", "pk")
    )


def posts(actor: Actor) -> ScopedQuerySet[Post]:
    """All posts of the jurisdiction, past ones too, for administration.

    An administrator also sees the posts of a child jurisdiction's administrators (whom the parent sets up),
    never those of its working people: a child's working pages do not exist upstairs. The person's own fields
    (username, name, phone, email, is_active) stand on each row, as files and filters need them.
    """
    rows = Post.objects.visible_to(actor)
    if actor.has("system_admin", "security_admin"):
        rows = Post.objects.system("own jurisdiction, and administrators one level down").filter(
            Q(jurisdiction_id=actor.jurisdiction_id)
            | Q(jurisdiction__parent_id=actor.jurisdiction_id, role__in=GUARDED_ROLES)
        )
    told: Any = (
        rows.select_related("unit__region", "user", "jurisdiction")
        .annotate(
            username=F("user__username"),
            name=F("user__name"),
            phone=F("user__phone"),
            email=F("user__email"),
            is_active=F("user__is_active"),
        )
        .order_by("jurisdiction__region__order", "unit__region__order", "unit__order", "unit__code", "pk")
    )
    return cast("ScopedQuerySet[Post]", told)


def posts_of_unit(actor: Actor, unit_id: int, today: date) -> list[Post]:
    """Who holds a post of this unit today, as far as the actor may see."""
    return list(
        Post.objects.visible_to(actor)
        .filter(current(today), unit_id=unit_id, user__is_active=True)
        .select_related("user", "jurisdiction")
        .order_by("role", "pk")
    )


def held_by(user_ids: Iterable[int], today: date) -> dict[int, list[Post]]:
    """The posts these people hold today or later, in every jurisdiction: what policies and separations look at."""
    held: dict[int, list[Post]] = {}
    rows = (
        Post.objects.system("policies need all of a person's posts")
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), user_id__in=list(user_ids))
        .select_related("jurisdiction__region", "unit")
        .order_by("pk")
    )
    for post in rows:
        held.setdefault(post.user_id, []).append(post)
    return held


def has_admin(jurisdiction: Jurisdiction, role: str, today: date) -> bool:
    """Whether the jurisdiction has somebody of its own for this part of administration."""
    roles = {role} if role in ADMIN_ROLES else {"system_admin"}
    return (
        Post.objects.system("whether a jurisdiction administers itself")
        .filter(current(today), jurisdiction=jurisdiction, role__in=roles, user__is_active=True)
        .exists()
    )


def person(actor: Actor, user_id: int) -> User | None:
    """A person with a post the actor may see (as in `posts`), or None."""
    seen = Exists(posts(actor).filter(user_id=OuterRef("pk")).order_by())
    return User.objects.filter(seen, pk=user_id).first()


def delegations_of(user_id: int) -> list[Delegation]:
    """Delegations given by the person or held by the person, latest first."""
    return list(
        Delegation.objects.system("the person's own delegations")
        .filter(Q(post__user_id=user_id) | Q(deputy_id=user_id))
        .select_related("post__unit", "post__user", "post__jurisdiction", "deputy")
        .order_by("-starts_on", "-pk")
    )


def tokens_of(user_id: int) -> list[ApiToken]:
    """The person's own tokens, latest first."""
    return list(
        ApiToken.objects.system("the person's own tokens")
        .filter(post__user_id=user_id)
        .select_related("post__unit", "post__jurisdiction")
        .order_by("-pk")
    )


def colleagues(actor: Actor, today: date) -> QuerySet[User]:
    """Active people of the actor's jurisdiction: whom a hat may be lent or handed to."""
    rows = Post.objects.visible_to(actor).filter(current(today), user_id=OuterRef("pk"))
    return User.objects.filter(Exists(rows), is_active=True).order_by("name", "pk")


def waiting_for_password(actor: Actor) -> list[User]:
    """Accounts this person made in bulk that have no password yet and were never used."""
    if actor.user_id is None:
        return []
    return list(
        User.objects.filter(
            created_by_id=actor.user_id, password__startswith="!", last_login__isnull=True, is_active=True
        ).order_by("pk")
    )


def answers_for(actor: Actor, unit: Unit) -> bool:
    """Whether the acting unit is this one, or answers for it (a prefecture's office for its government). No query."""
    return actor.unit_id is not None and actor.unit_id in (unit.pk, unit.answers_through_id)


@dataclass(frozen=True, slots=True)
class Served:
    """The units a person serves or has served, with the day each post ended."""

    posts: tuple[tuple[int, date | None], ...]

    def there(self, unit: Unit, *, since: date) -> bool:
        """Whether the unit, or the one that answers for it, is served, or was on or after that day. No query."""
        return not self.since(since).isdisjoint((unit.pk, unit.answers_through_id))

    def since(self, day: date) -> frozenset[int]:
        """The units served on that day or later. No query."""
        return frozenset(pk for pk, ends in self.posts if ends is None or ends >= day)


def served_by(actor: Actor) -> Served:
    """One query, for however many units are asked about."""
    held = Post.objects.system("nobody decides for the own unit, whatever the hat")
    return Served(tuple(held.filter(user_id=actor.user_id or 0).values_list("unit_id", "ends_on")))


def serves_there_too(actor: Actor, unit: Unit, *, since: date) -> bool:
    """Whether the person serves the unit, or the one that answers for it, under any hat, or has since that day.

    One person may serve office and member; who answered for a unit does not judge it. One query, so ask it last.
    """
    return served_by(actor).there(unit, since=since)
