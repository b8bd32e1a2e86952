"""The calls' lines of the leader's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.world import World

from zhize.apps.requests.models import Call
from zhize.apps.requests.selectors.brief import requests_brief
from zhize.kit.contributions import Brief, BriefQuestion

Make = Callable[..., Call]
LATE = date(2012, 3, 23)


def asked(world: World, call: Call, *unit_ids: int) -> Brief:
    question = BriefQuestion(call.year_id, LATE - timedelta(days=7), LATE, unit_ids)
    return requests_brief(world.actor("leader"), question)


def test_who_has_not_answered_in_time_is_stuck(world: World, issued: Make) -> None:
    call = issued(units=("zjj", "gsj"))
    lines = asked(world, call).stuck
    assert [(line.words, line.unit_id, line.on, line.why) for line in lines] == [
        ("上半年工作总结", world.unit["zjj"].pk, call.due_on, "没有报送"),
        ("上半年工作总结", world.unit["gsj"].pk, call.due_on, "没有报送"),
    ]


def test_a_question_about_some_units_is_answered_for_them_alone(world: World, issued: Make) -> None:
    call = issued(units=("zjj", "gsj"))
    lines = asked(world, call, world.unit["gsj"].pk).stuck
    assert [line.unit_id for line in lines] == [world.unit["gsj"].pk]


def test_a_call_that_is_closed_keeps_nobody_waiting(world: World, issued: Make, now: datetime) -> None:
    call = issued(units=("zjj",))
    Call.objects.system("test").filter(pk=call.pk).update(state=Call.State.CLOSED)
    assert asked(world, call).stuck == ()
