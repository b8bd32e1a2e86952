"""考核组: assessors see and score what is theirs and nothing else; the office says whose what is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import DECEMBER, NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Entry, ScoringGroup
from zhize.apps.assessment.selectors.strictness import strictness_of
from zhize.apps.audit.models import Entry as LogEntry
from zhize.apps.orgs.hats import SESSION_KEY
from zhize.apps.orgs.models import Notice, Post
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

SignIn = Callable[..., Client]


@pytest.fixture
def assessors(world: World) -> list[str]:
    """Two people of 省工商局 and 省质监局, for December assessors in the office."""
    for key in ("other", "clerk"):
        world.post[key] = Post.objects.create(
            user=world.user[key], unit=world.unit["office"], jurisdiction=world.jurisdiction["gs"], role="assessor", title="考核员",
            starts_on=date(2012, 11, 1), ends_on=date(2013, 1, 31),
        )  # fmt: skip
    return ["other", "clerk"]


def assessor(world: World, key: str) -> Actor:
    hat = next(one for one in hats_of(world.user[key], date(2012, 12, 10)) if one.role == "assessor")
    return actor_of(world.user[key], hat, request_id="test")


def group(
    play: Play, name: str, who: str, *keys: str, codes: tuple[str, ...] = ("work", "duties"), **more: Any
) -> ScoringGroup:
    return services.scoring_group_set(
        round_=play.round, name=name, people=[play.world.user[who].pk], objects=[play.row(key).pk for key in keys], codes=codes,
        actor=more.pop("actor", play.world.actor("office")), now=NOVEMBER, **more,
    )  # fmt: skip


@pytest.fixture
def grouped(play: Play, assessors: list[str]) -> Play:
    """第一组 scores 兰州, 第二组 天水, both by two criteria; the third is a unit's."""
    group(play, "第一组", "other", "lz")
    group(play, "第二组", "clerk", "ts")
    play.move("open", "check")
    return play


def mark(play: Play, actor: Actor, key: str, code: str, facts: dict[str, Any]) -> Entry:
    return services.entry_check(
        entry=play.entry(key, code), facts=facts, reason="", version=None, actor=actor, now=DECEMBER
    )


def test_an_assessor_scores_the_own_objects_and_criteria_and_no_others(grouped: Play, world: World) -> None:
    one = assessor(world, "other")
    mark(grouped, one, "lz", "work", {"actual": 4, "target": 4})
    for key, code, facts in (
        ("ts", "work", {"actual": 4, "target": 4}),
        ("lz", "campaign", {"value": "38"}),
    ):
        with pytest.raises(NotAllowed, match="不能给这个对象的这一项评分"):
            mark(grouped, one, key, code, facts)


def test_an_assessor_in_no_group_sees_no_round_before_it_is_published(
    play: Play, world: World, assessors: list[str]
) -> None:
    play.move("open", "check")
    one = assessor(world, "other")
    assert selectors.round_by_pk(one, play.pk) is None
    group(play, "第一组", "other", "lz")
    assert selectors.round_by_pk(one, play.pk) is not None
    assert [row.name for row in selectors.objects_seen(one, play.round)] == ["兰州市"]
    liaison = world.actor("other")
    assert selectors.round_by_pk(liaison, play.pk) is None, "only under the hat of an assessor"


def test_pages_show_an_assessor_what_is_theirs(grouped: Play, as_: SignIn, world: World) -> None:
    client = as_("other")
    session = client.session
    session[SESSION_KEY] = world.post["other"].pk
    session.save()
    round_page = client.get(reverse("assessment:round", args=[grouped.pk])).content.decode()
    assert "任务完成" in round_page and "专项整治" not in round_page and "天水市" not in round_page
    page = client.get(reverse("assessment:criterion", args=[grouped.pk]) + "?code=work").content.decode()
    assert "兰州市" in page and "天水市" not in page
    assert (
        client.get(reverse("assessment:criterion", args=[grouped.pk]) + "?code=campaign").status_code == 404
    )
    assert client.get(reverse("assessment:object", args=[grouped.row("ts").pk])).status_code == 404
    entry = reverse("assessment:entry", args=[grouped.entry("lz", "work").pk])
    assert client.get(entry).status_code == 200


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"people": "liaison"}, "今天不是本辖区的考核员"),
        ({"codes": ("campaign",)}, "“专项整治”由办法写明的单位评分"),
        ({"codes": ("nothing",)}, "考核表没有这一项"),
        ({"codes": ()}, "没有选择评分项目"),
        ({"keys": ()}, "没有选择考核对象"),
        ({"keys": ("lz", "ts")}, "兰州市的这些项目已由第一组评分"),
        ({"name": "第一组"}, "同名"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    play: Play, assessors: list[str], change: dict[str, Any], match: str
) -> None:
    group(play, "第一组", "other", "lz")
    with pytest.raises(BadInput, match=match):
        group(
            play,
            change.get("name", "第二组"),
            change.get("people", "clerk"),
            *change.get("keys", ("ts",)),
            codes=change.get("codes", ("work",)),
        )


def test_who_serves_an_object_is_in_no_group_that_scores_it(
    play: Play, world: World, assessors: list[str]
) -> None:
    Post.objects.create(
        user=world.user["other"], unit=world.unit["lz_office"], jurisdiction=world.jurisdiction["lz"], role="clerk", title="经办人",
        starts_on=date(2011, 1, 1), ends_on=date(2012, 2, 1),
    )  # fmt: skip
    with pytest.raises(BadInput, match="在兰州市任职，不能给它评分"):
        group(play, "第一组", "other", "lz")
    group(play, "第一组", "other", "ts")


def test_people_are_told_once_and_the_log_keeps_who_was_in_it(
    play: Play, world: World, assessors: list[str]
) -> None:
    made = group(play, "第一组", "other", "lz")
    group(play, "第一核查组", "other", "lz", "ts", group=made, version=made.version)
    assert Notice.objects.system("test").filter(user=world.user["other"]).count() == 1
    entry = LogEntry.objects.system("test").filter(type="assessment.group.set").order_by("-pk").first()
    assert entry is not None
    assert entry.before["objects"] == ["兰州市"] and entry.after["objects"] == ["兰州市", "天水市"]


def test_only_the_office_makes_groups_and_only_until_the_result_is_drafted(
    grouped: Play, world: World
) -> None:
    for who in ("head", "leader", "auditor", "sibling"):
        with pytest.raises(NotAllowed):
            group(grouped, "第三组", "other", "lz", actor=world.actor(who))
    grouped.fill()
    grouped.compute()
    grouped.move("conclude", now=DECEMBER)
    made = ScoringGroup.objects.system("test").select_related("round").first()
    assert made is not None
    with pytest.raises(StateConflict, match="调整考核组"):
        services.scoring_group_drop(group=made, actor=world.actor("office"), now=DECEMBER)


def test_strictness_compares_the_groups(grouped: Play, world: World) -> None:
    for key, who, done in (("lz", "other", 4), ("ts", "clerk", 2)):
        mark(grouped, assessor(world, who), key, "work", {"actual": done, "target": 4})
        mark(grouped, assessor(world, who), key, "duties", {"due": 2, "on_time": 2})
    grouped.compute()
    found = {one.scorer: one for one in strictness_of(grouped.round, date(2012, 12, 10)).scorers}
    assert set(found) == {"第一组", "第二组"}
    assert found["第一组"].difference is not None and found["第一组"].difference > 0


def test_the_pages_of_groups_save_change_and_drop(play: Play, as_: SignIn, assessors: list[str]) -> None:
    client, world = as_("office"), play.world
    address = reverse("assessment:group_create", args=[play.pk])
    data = {
        "name": "第一组",
        "people": [world.user["other"].pk],
        "objects": [play.row("lz").pk],
        "codes": ["work"],
    }
    assert "专项整治" not in client.get(address).content.decode()
    assert client.post(address, {**data, "codes": []}).status_code == 400
    listed = client.post(address, data, follow=True).content.decode()
    assert "第一组" in listed and "由办公室评分的对象：天水市" in listed
    made = ScoringGroup.objects.system("test").get()
    change = reverse("assessment:group", args=[made.pk])
    again = client.post(change, {**data, "codes": ["work", "duties"], "version": made.version}, follow=True)
    assert "2 按期落实" in again.content.decode()
    stale = client.post(change, {**data, "version": made.version})
    assert stale.status_code == 409
    client.post(reverse("assessment:group_drop", args=[made.pk]))
    assert not ScoringGroup.objects.system("test").exists()
