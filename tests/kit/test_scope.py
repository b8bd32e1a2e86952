"""No scoped row is read without saying for whom."""

from __future__ import annotations

import pytest
from tests.world import World

from zhize.apps.orgs.models import Post, Todo
from zhize.kit.actor import system_actor
from zhize.kit.scope import ScopeMissing


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
