"""目标备案: goals are taken from the targets, confirmed by the object, fixed; changes are asked for and granted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import BODY, DECEMBER, NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import mapping, selectors, services
from zhize.apps.assessment.models import GoalFiling
from zhize.apps.assessment.selectors import Edition
from zhize.apps.metrics.models import Card, Target
from zhize.apps.orgs.models import Todo
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.writing import digest_of
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

As = Callable[..., Client]
RATE = {
    "code": "rate", "number": "4", "title": "抽查合格率", "points": "20", "source": {"kind": "figures", "codes": ["test.rate"]},
    "method": {"kind": "difference", "base": "18", "per": "1", "up_cap": "2"}, "scored": False,
}  # fmt: skip


@pytest.fixture
def edition() -> Edition:
    body: Any = {**BODY}
    rate = {key: value for key, value in RATE.items() if key != "scored"}
    body["blocks"] = [
        *BODY["blocks"],
        {"code": "aims", "title": "质量目标", "points": "20", "children": [rate]},
    ]
    scheme, plain = mapping.edition_body(body)
    return Edition("small", scheme.title, "", "测试", date(2012, 1, 1), scheme, plain, digest_of(scheme))


@pytest.fixture
def target(world: World, year: WorkYear) -> Target:
    card = Card.objects.create(
        code="test.rate", name="抽查批次合格率", dimension="product", definition="演示", unit="%", source="collected",
        valid_from=date(2011, 1, 1), citation="测试", jurisdiction=world.jurisdiction["gs"],
    )  # fmt: skip
    return Target.objects.create(
        jurisdiction=world.jurisdiction["gs"], year=year, card=card, region=world.unit["lz_gov"].region, value=Decimal(92), document="2012年工作计划"
    )  # fmt: skip


@pytest.fixture
def play(world: World, year: WorkYear, edition: Edition, office: Actor, target: Target) -> Play:
    made = services.round_create(
        year=year, title="2012年度市州质量工作考核", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5),
        goals_due_on=date(2012, 11, 26), actor=office, now=NOVEMBER,
    )  # fmt: skip
    play = Play(world, made)
    play.move("open")
    return play


def filing(play: Play, key: str) -> GoalFiling:
    return GoalFiling.objects.system("test").get(assessed=play.row(key))


def filed(play: Play, key: str, who: str, **asks: services.Ask) -> GoalFiling:
    return services.goals_file(
        assessed=play.row(key), asks=asks, version=None, actor=play.world.actor(who), now=NOVEMBER
    )


def test_what_the_plan_says_is_confirmed_and_stays_whatever_the_plan_says_later(
    play: Play, world: World, target: Target
) -> None:
    todos = Todo.objects.system("test").filter(kind="assessment.goals", done_at=None)
    assert todos.count() == 2 and {one.due_on for one in todos} == {date(2012, 11, 26)}
    with pytest.raises(BadInput, match="目标还没有备案"):
        services.self_submit(
            assessed=play.row("lz"), version=None, actor=world.actor("sibling"), now=NOVEMBER
        )
    made = filed(play, "lz", "sibling")
    assert (made.state, made.goals[0]["value"], made.goals[0]["source"]) == ("filed", "92", "2012年工作计划")
    assert todos.all().count() == 1
    with pytest.raises(StateConflict):
        filed(play, "lz", "sibling")
    Target.objects.system("test").update(value=Decimal(99))
    assert selectors.goal_words(filing(play, "lz")) == {"rate": "92%（2012年工作计划）"}
    got = selectors.Collected(
        {"actual": "93", "target": "99"}, [{"words": "目标：99%", "ref": "", "url": ""}]
    )
    from zhize.apps.assessment.selectors.goals import as_filed

    fixed = as_filed(play.round, {(play.row("lz").pk, "rate"): got})[play.row("lz").pk, "rate"]
    assert fixed.facts == {"actual": "93", "target": "92"}
    assert [one["words"] for one in fixed.sources] == ["备案目标：92%（2012年工作计划）"]


def test_a_change_is_asked_for_with_a_reason_and_the_target_follows_once_it_is_granted(
    play: Play, world: World, office: Actor
) -> None:
    with pytest.raises(BadInput, match="没有写明调整的理由"):
        filed(play, "lz", "sibling", rate=services.Ask(Decimal(91), " "))
    asking = filed(play, "lz", "sibling", rate=services.Ask(Decimal(91), "两家企业停产"))
    assert asking.state == "asking" and asking.asks[0]["why"] == "两家企业停产"
    assert selectors.goal_words(asking) == {}
    for who in ("sibling", "head"):
        with pytest.raises(NotAllowed):
            services.goals_grant(assessed=play.row("lz"), version=None, actor=world.actor(who), now=NOVEMBER)
    granted = services.goals_grant(assessed=play.row("lz"), version=None, actor=office, now=NOVEMBER)
    assert (granted.state, granted.goals[0]["value"]) == ("filed", "91")
    assert "原为92%" in granted.goals[0]["source"]
    assert Target.objects.system("test").get().value == 91


def test_who_has_no_target_must_ask_for_one_and_a_filing_sent_back_is_filed_again(
    play: Play, world: World, office: Actor
) -> None:
    with pytest.raises(BadInput, match="没有目标值"):
        filed(play, "ts", "sibling2")
    filed(play, "ts", "sibling2", rate=services.Ask(Decimal(88), "比照上年"))
    with pytest.raises(BadInput, match="退回原因"):
        services.goals_return(assessed=play.row("ts"), reason="", version=None, actor=office, now=NOVEMBER)
    back = services.goals_return(
        assessed=play.row("ts"), reason="低于上年", version=None, actor=office, now=NOVEMBER
    )
    assert back.state == "returned"
    filed(play, "ts", "sibling2", rate=services.Ask(Decimal(90), "比照上年"))
    services.goals_grant(assessed=play.row("ts"), version=None, actor=office, now=NOVEMBER)
    assert selectors.filings_open(play.round)[:2] == (1, 2)
    play.move("check")
    with pytest.raises(StateConflict):
        filed(play, "lz", "sibling")


def test_on_the_page_the_object_confirms_and_the_office_sees_who_has_not(
    play: Play, world: World, as_: As
) -> None:
    address = reverse("assessment:goals", args=[play.row("lz").pk])
    own = as_("sibling", "2012-11-21")
    page = own.get(address).content.decode()
    assert "92%" in page and "2012年工作计划" in page and "确认备案" in page
    ours = as_("office", "2012-11-21").get(address).content.decode()
    assert "/metrics/targets/" in ours, "the goal leads to the target it is taken from"
    bad = own.post(address, {"version": 1, "asked0": "91", "why0": ""})
    assert bad.status_code == 400 and "没有写明调整的理由" in bad.content.decode()
    assert own.post(address, {"version": 1, "act": "grant"}).status_code == 403
    assert own.post(address, {"version": 1}).status_code == 302
    office = as_("office", "2012-11-21").get(reverse("assessment:round", args=[play.pk])).content.decode()
    assert (
        "1/2" in office
        and reverse("assessment:goals", args=[play.row("ts").pk]) in office
        and address not in office
    )
    assert "备案目标：92%" in own.get(reverse("assessment:self", args=[play.row("lz").pk])).content.decode()
    assert as_("sibling2", "2012-11-21").get(address).status_code == 404
    assert DECEMBER > NOVEMBER


def test_the_calendar_of_the_notice_names_the_day_and_a_day_after_the_self_evaluation_is_refused(
    play: Play, year: WorkYear, edition: Edition, office: Actor
) -> None:
    from zhize.apps.assessment.mapping.opening import Opening, _calendar

    days = {"check_days": 1, "appeal_days": 1, "answer_days": 1}
    told = Opening(play.round, edition.scheme, [], {}, days, "甘肃省")
    assert _calendar(told)[0].startswith("目标备案：2012年11月26日前")
    with pytest.raises(BadInput, match="目标备案期限晚于自评期限"):
        services.round_create(
            year=year, title="又一次", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5),
            goals_due_on=date(2012, 12, 6), actor=office, now=NOVEMBER,
        )  # fmt: skip
