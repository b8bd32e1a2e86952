"""Whose business a criterion is: what a person scores in a round, and who decided what an objection contests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from zhize.apps.assessment.mapping import scheme_of
from zhize.apps.assessment.models import Appeal, Assessed, Entry, Round, Scorer, ScoringGroup
from zhize.apps.assessment.policies import Charge
from zhize.apps.assessment.selectors.rounds import (
    objects_of,
    scorer_units,
    units_served,
    vetoes_of,
)
from zhize.apps.orgs.models import Post, User
from zhize.apps.orgs.models.people import Role
from zhize.apps.orgs.selectors.hats import current
from zhize.core.scoring.scheme import Node
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

WHOSE = "whose business a criterion is"


def charge_of(actor: Actor, round_: Round) -> Charge:
    """What the acting person scores: by the acting unit, and for an assessor by the groups the person is in.

    Two statements, two more for an assessor.
    """
    rows = Scorer.objects.system(WHOSE).filter(round=round_, unit_id=actor.unit_id or 0)
    codes = frozenset(code for row in rows for code in row.codes)
    given: dict[int, frozenset[str]] = defaultdict(frozenset)
    if actor.has("assessor"):
        for group in groups_of(round_).filter(people=actor.user_id):
            for one in group.scored.all():
                given[one.pk] |= frozenset(group.codes)
    return Charge(codes, dict(given), units_served(actor, round_))


def groups_of(round_: Round) -> ScopedQuerySet[ScoringGroup]:
    """The groups of a round with their people and objects: three statements."""
    return _whole(ScoringGroup.objects.system(WHOSE).filter(round=round_))


def group_by_pk(actor: Actor, pk: int) -> ScoringGroup | None:
    rows = ScoringGroup.objects.visible_to(actor)
    return _whole(rows).select_related("round__jurisdiction__region", "round__year").by_pk(pk)


def _whole(rows: ScopedQuerySet[ScoringGroup]) -> ScopedQuerySet[ScoringGroup]:
    objects = Assessed.objects.system(WHOSE).order_by("order", "pk")
    people = User.objects.order_by("name", "pk")
    return rows.prefetch_related(Prefetch("scored", queryset=objects), Prefetch("people", queryset=people))


def assessors_of(round_: Round, today: date) -> list[User]:
    """Who may be put into a group: people with the post of an assessor in the jurisdiction today. One statement."""
    posts = Post.objects.system("who may score here").filter(
        current(today), role=Role.ASSESSOR, jurisdiction=round_.jurisdiction_id, user=OuterRef("pk")
    )
    rows = User.objects.filter(Exists(posts), is_active=True)
    return list(rows.order_by("name", "pk"))


def leaves_for_groups(round_: Round) -> list[Node]:
    """The criteria of the round's scheme that it gives to no unit, in order. One statement."""
    taken = scorer_units(round_)
    return [leaf for leaf in scheme_of(round_).root.leaves() if leaf.code not in taken]


def ungrouped(round_: Round, groups: Iterable[ScoringGroup]) -> list[Assessed]:
    """Objects that no group scores: the office does. One statement."""
    grouped = {one.pk for group in groups for one in group.scored.all()}
    return [one for one in objects_of(round_) if one.pk not in grouped]


def judges_of(appeals: Iterable[Appeal]) -> dict[int, frozenset[int]]:
    """Objection → the users whose decision it contests: all who ever decided the criterion; of the whole result, all who
    decided any criterion of the object or recorded a veto in force. Two statements whatever the number."""
    rows = list(appeals)
    objects = {row.assessed_id: row.assessed for row in rows}
    vetoes = vetoes_of(objects.values())
    entries = list(
        Entry.objects.system(WHOSE)
        .filter(assessed__in=objects)
        .values_list("assessed_id", "code", "judged_by")
    )
    found: dict[int, frozenset[int]] = {}
    for row in rows:
        judged = {
            user
            for assessed, code, users in entries
            if assessed == row.assessed_id and row.code in ("", code)
            for user in users
        }
        standing = [one for one in vetoes.get(row.assessed_id, []) if not row.code and one.lifted_at is None]
        judged |= {one.recorded_user for one in standing if one.recorded_user}
        found[row.pk] = frozenset(judged)
    return found
