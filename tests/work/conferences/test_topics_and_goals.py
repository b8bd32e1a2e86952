"""议题 called for by the office, proposed by units, chosen or left out; a decision's goal becomes a card's target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from tests.work.conferences.conftest import Convene, Propose, answered, fresh, held
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.metrics.models import Card, Target
from zhize.apps.metrics.services import cards_load
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.services import request_withdraw
from zhize.apps.work import services
from zhize.apps.work.models import Conference, Topic
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput, StateConflict


def topics_of(conference: Conference) -> list[Topic]:
    rows = Topic.objects.system("test").filter(conference=conference).select_related("conference", "unit")
    return list(rows.order_by("pk"))


def test_each_line_of_an_answer_is_a_topic_and_a_second_answer_replaces_undecided_ones(
    world: World, convene: Convene, propose: Propose
) -> None:
    conference = convene()
    request = propose(conference, "建材市场整治\n\n建材市场整治\n服务承诺")
    assert [one.title for one in topics_of(conference)] == ["建材市场整治", "服务承诺"]
    first, office = topics_of(conference)[0], world.actor("office")
    services.topic_decide(topic=first, chosen=True, actor=office, now=on(6, 3))
    request_withdraw(request=request, version=None, actor=world.actor("liaison"), now=on(6, 3))
    answered(UnitRequest.objects.system("test").get(pk=request.pk), "检验能力建设", world)
    assert [one.title for one in topics_of(conference)] == ["建材市场整治", "检验能力建设"]


def test_a_chosen_topic_stands_on_the_agenda_and_one_left_out_says_why(
    world: World, convene: Convene, propose: Propose
) -> None:
    conference, office = convene(), world.actor("office")
    propose(conference, "建材市场整治\n服务承诺")
    chosen, left = topics_of(conference)
    services.topic_decide(topic=chosen, chosen=True, actor=office, now=on(6, 3))
    assert fresh(conference).agenda_items[-1] == "建材市场整治"
    with pytest.raises(BadInput, match="没有写明不列入的理由"):
        services.topic_decide(topic=left, chosen=False, actor=office, now=on(6, 3))
    services.topic_decide(topic=left, chosen=False, why="留待专题会议研究", actor=office, now=on(6, 3))
    assert fresh(conference).agenda_items[-1] == "建材市场整治"
    with pytest.raises(StateConflict):
        services.topic_decide(topic=chosen, chosen=False, why="改主意", actor=office, now=on(6, 3))


@pytest.fixture
def decided(world: World, convene: Convene) -> Any:
    cards_load(actor=system_actor("测试"), now=on(1, 5))
    conference = held(convene(), world, "zjj")
    return services.resolution_add(
        conference=conference,
        text="全年监督抽查合格率达到93%",
        lead_unit=None,
        actor=world.actor("office"),
        now=on(6, 21),
    )


def goal(decided: Any, world: World, year: WorkYear, value: str) -> Target:
    card = Card.objects.system("test").get(code="product.spot_check.pass_rate", jurisdiction=None)
    return services.resolution_goal(
        resolution=decided,
        card=card,
        year=year,
        value=Decimal(value),
        actor=world.actor("office"),
        now=on(6, 22),
    )


def test_a_goal_becomes_the_target_of_the_whole_jurisdiction(
    world: World, year: WorkYear, decided: Any
) -> None:
    target = goal(decided, world, year, "93")
    assert (target.value, target.region) == (Decimal(93), world.region["gs"])
    assert target.document == "2012年全省质量振兴联席会议决定第1项"
    with pytest.raises(StateConflict, match="已设为指标目标"):
        goal(decided, world, year, "94")


def test_a_target_that_was_there_is_changed_with_the_decision_as_its_ground(
    world: World, year: WorkYear, decided: Any
) -> None:
    first = goal(decided, world, year, "93")
    second = services.resolution_add(
        conference=decided.conference,
        text="再提高一个百分点",
        lead_unit=None,
        actor=world.actor("office"),
        now=on(6, 22),
    )
    again = goal(second, world, year, "94")
    assert again.pk == first.pk
    assert (again.value, again.document) == (Decimal(94), "2012年全省质量振兴联席会议决定第2项")


def test_the_page_shows_topics_the_last_decisions_and_the_way_to_call_for_topics(
    world: World, convene: Convene, propose: Propose, decided: Any, as_: Any
) -> None:
    conference = convene(held_on=date(2012, 6, 28), title="六月底的联席会议")
    propose(conference, "建材市场整治")
    page = as_("office").get(reverse("work:conference", args=[conference.pk])).content.decode()
    assert "上次会议决定的落实情况" in page
    assert "全年监督抽查合格率达到93%" in page
    assert "建材市场整治" in page
    assert f"template=topics&amp;source=work.conference%3A{conference.pk}" in page


def test_the_page_takes_the_goal_of_a_decision_and_leads_to_its_target(
    world: World, year: WorkYear, decided: Any, as_: Any
) -> None:
    address = reverse("work:conference_goal", args=[decided.conference_id])
    given = {
        "resolution": decided.pk,
        "card": "product.spot_check.pass_rate",
        "year": year.label,
        "value": "93",
    }
    assert as_("office").post(address, given | {"value": ""}).status_code == 400
    assert as_("office").post(address, given).status_code == 302
    target = Target.objects.system("test").get()
    page = as_("office").get(reverse("work:conference", args=[decided.conference_id])).content.decode()
    assert reverse("metrics:target", args=[target.pk]) in page
