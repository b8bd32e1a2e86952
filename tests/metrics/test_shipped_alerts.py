"""预警 of the shipped cards: lines with their source, on a region's page, told to who reported what a rate is made of."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.metrics.conftest import BATCHES, PASSED, RATE, SETTLED, Browse, Enter, text_of
from tests.world import World

from zhize.apps.metrics import mapping, services
from zhize.apps.metrics.forms.cards import CardForm, card_initial
from zhize.apps.metrics.models import Alert, Card, CellKey
from zhize.apps.metrics.services import Written
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor

pytestmark = pytest.mark.django_db


def alerts_now() -> list[Alert]:
    return list(Alert.objects.system("test").order_by("pk"))


def test_shipped_lines_come_from_a_document_or_say_that_they_are_examples(cards: dict[str, Card]) -> None:
    with_lines = [card for card in cards.values() if card.alerts]
    assert len(with_lines) >= 20
    for card in with_lines:
        for rule in mapping.alert_rules_of(card):
            assert bool(rule.source) != rule.example, card.code
            assert rule.example or rule.since, card.code
    words = mapping.alert_words(cards[RATE])
    assert words[0] == "低于 88% 预警（示例，由办公室核定）"
    assert words[1].startswith("2015年1月1日起，低于 95% 预警（甘肃省质量发展纲要")


def test_revising_a_card_keeps_the_example_where_the_line_stays_and_drops_it_where_it_moves(
    cards: dict[str, Card],
) -> None:
    def revised(**changes: str) -> list[dict[str, Any]]:
        data = {name: "" if value is None else value for name, value in card_initial(cards[RATE]).items()}
        form = CardForm(data | {"reason": "核定"} | changes, revising=True)
        assert form.is_valid(), form.errors
        found: list[dict[str, Any]] = form.wording(cards[RATE])["alerts"]
        return found

    def plain(lines: list[dict[str, Any]]) -> list[dict[str, str]]:
        return sorted(
            ({k: str(v) for k, v in one.items()} for one in lines), key=lambda one: sorted(one.items())
        )

    assert plain(revised()) == plain(cards[RATE].alerts)
    (line, *_rest) = revised(alert_low="90", alert_source="质振办〔2012〕3号")
    assert line == {"kind": "threshold", "value": "90", "source": "质振办〔2012〕3号"}
    assert "example" not in revised(alert_low="90")[0]
    assert [one for one in revised(alert_later="2016-01-01 96 会议纪要") if one.get("from")] == [
        {"kind": "threshold", "value": "96", "from": "2016-01-01", "source": "会议纪要"}
    ]
    wrong = CardForm(card_initial(cards[RATE]) | {"reason": "核定", "alert_later": "明年 96"}, revising=True)
    assert not wrong.is_valid() and "第 1 行看不懂" in str(wrong.errors["alert_later"])


@pytest.mark.usefixtures("on_the_day")
def test_a_regions_page_shows_its_alerts_and_its_newest_figures_with_as_many_statements_for_more(
    world: World, cards: dict[str, Card], enter: Enter, browse: Browse
) -> None:
    enter(RATE, "2010年第四季度", "ts", "96")
    enter(RATE, "2011年第四季度", "ts", "87")
    client, page = browse("office"), reverse("orgs:region", args=[world.region["ts"].pk])
    text = text_of(client.get(page))
    assert "87.0% 低于示例预警线 88%" in text and "降低 9.0 个百分点" in text
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for code in (BATCHES, SETTLED, "product.food.pass_rate"):
        for year in ("2009", "2010", "2011"):
            enter(code, f"{year}年第三季度", "ts", "30")
    with CaptureQueriesContext(connection) as many:
        assert "食品监督抽检合格率" in text_of(client.get(page))
    assert len(many) == len(one)
    assert "87.0%" not in text_of(browse("office").get(reverse("orgs:region", args=[world.region["lz"].pk])))


@pytest.mark.usefixtures("on_the_day")
def test_a_prefecture_sees_on_its_own_page_what_it_gave_to_the_province(
    world: World, cards: dict[str, Card], enter: Enter, browse: Browse
) -> None:
    page = reverse("orgs:region", args=[world.region["lz"].pk])
    enter(BATCHES, "2011年第四季度", "lz", "321", given_by_id=world.unit["lz_gov"].pk)
    enter(PASSED, "2011年第四季度", "lz", "300")
    text = text_of(browse("sibling").get(page))
    assert "321 批" in text and "300 批" not in text
    assert text.index("321 批") < text.index("下级地区")


def test_who_reported_all_a_rate_is_made_of_is_told_of_it_and_may_answer(
    world: World, cards: dict[str, Card], request_row: UnitRequest, office: Actor, now: datetime
) -> None:
    sibling, span = world.actor("sibling"), period_of("2012年第一季度")
    cells = {
        CellKey(cards[code].pk, span.start, span.end): Written(Decimal(value))
        for code, value in ((BATCHES, 100), (PASSED, 80))
    }
    save = services.entries_save
    save(request=request_row, cells=cells, version=None, actor=sibling, now=now)
    asking.request_submit(request=request_row, version=None, actor=sibling, now=now)
    asking.request_accept(request=request_row, version=None, actor=office, now=now)
    rates = [one for one in alerts_now() if one.observation.region_id == world.region["lz"].pk]
    assert [one.words for one in rates] == ["80.0% 低于示例预警线 88%"]
    assert world.unit["lz_gov"].name in {name for _pk, name in rates[0].told}
    assert Alert.objects.visible_to(sibling).filter(pk=rates[0].pk).exists()
    done = services.alert_answer(alert=rates[0], answer="已布置复查", version=None, actor=sibling, now=now)
    assert done.is_answered


def test_an_alert_nobody_was_told_of_can_be_answered(world: World, enter: Enter, now: datetime) -> None:
    enter(RATE, "2005年第四季度", "lz", "80")
    (alert,) = alerts_now()
    office = world.actor("office")
    done = services.alert_answer(alert=alert, answer="历史数据", version=None, actor=office, now=now)
    assert done.is_answered
