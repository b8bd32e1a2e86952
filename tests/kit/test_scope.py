"""No scoped row is read without saying for whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q
from tests.world import World

from zhize.apps.orgs.models import Post, Todo
from zhize.kit.actor import Actor, system_actor
from zhize.kit.scope import ScopedModel, ScopeMissing


@pytest.mark.parametrize(
    "read",
    [
        list,
        len,
        bool,
        lambda q: q.count(),
        lambda q: q.exists(),
        lambda q: q.first(),
        lambda q: q.update(title="x"),
        lambda q: q.delete(),
        lambda q: list(q.iterator()),
        lambda q: q.in_bulk(),
    ],
)
def test_reading_a_scoped_model_without_a_scope_raises(db: None, read: object) -> None:
    with pytest.raises(ScopeMissing):
        read(Todo.objects.all())  # type: ignore[operator]


def test_a_reverse_relation_raises_as_well(world: World) -> None:
    with pytest.raises(ScopeMissing):
        list(world.user["office"].posts.all())


def test_the_scope_survives_further_filters(world: World) -> None:
    posts = Post.objects.visible_to(world.actor("office")).filter(role="liaison").order_by("pk")
    assert {p.unit.name for p in posts} == {"省质监局", "省工商局"}


def test_a_person_without_a_hat_sees_nothing(world: World) -> None:
    assert Post.objects.visible_to(world.actor("nohat")).count() == 0


def test_the_province_does_not_see_the_posts_of_a_prefecture(world: World) -> None:
    seen = set(Post.objects.visible_to(world.actor("office")).values_list("jurisdiction__code", flat=True))
    assert seen == {"620000-quality"}


def test_the_system_sees_all_and_must_say_why(world: World) -> None:
    assert Post.objects.visible_to(system_actor("test")).count() == Post.objects.system("test").count() > 10
    with pytest.raises(ScopeMissing):
        Post.objects.system("")


SCOPED = [model for model in apps.get_models() if issubclass(model, ScopedModel)]


def _values(condition: Q) -> Iterator[tuple[str, Any]]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _values(child)
        elif isinstance(child, tuple):
            yield child


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_a_hat_without_unit_region_or_post_compares_with_nothing(model: type[ScopedModel]) -> None:
    """`unit_id=None` in a condition means IS NULL, and would show whatever has no unit (or answers through none)."""
    bare = Actor(user_id=7, name="无单位", jurisdiction_id=1, jurisdiction_code="620000-quality")
    assert not [name for name, value in _values(model.scope_q(bare)) if value is None]
