"""预警: rules on a card, told once a version to those who answer for the figure, answered in a word."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.metrics.conftest import BATCHES, RATE, SETTLED, Browse, Enter, text_of
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Alert, Card, Observation
from zhize.apps.metrics.services import NewFigure
from zhize.apps.orgs.models import Notice
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import Actor, system_actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
RULES = [{"kind": "threshold", "value": 90}, {"kind": "year_ago", "points": 3}]


@pytest.fixture
def warned(cards: dict[str, Card]) -> Card:
    Card.objects.system("test").filter(code=RATE).update(alerts=RULES)
    return Card.objects.system("test").get(code=RATE)


def alerts_now() -> list[Alert]:
    return list(Alert.objects.system("test").order_by("pk"))


def test_a_figure_beyond_the_line_and_worse_than_a_year_ago_is_told_to_its_unit_and_the_office(
    world: World, warned: Card, enter: Enter
) -> None:
    enter(RATE, "2011年第四季度", "lz", "95")
    assert alerts_now() == []
    enter(RATE, "2010年第四季度", "ts", "96")
    enter(RATE, "2011年第四季度", "ts", "88.4", given_by_id=world.unit["ts_gov"].pk)
    first, second = alerts_now()
    assert (first.kind, first.words) == ("threshold", "88.4% 低于预警线 90%")
    assert second.words == "88.4% 比上年同期 96.0% 下降 7.6 个百分点，超过 3 个百分点"
    told = {name for _pk, name in first.told}
    assert told == {world.unit["ts_gov"].name, world.unit["office"].name}
    texts = dict(Notice.objects.system("test").values_list("user__username", "text"))
    assert {"office", "director", "sibling2"} <= set(texts)
    assert "天水市，2011年第四季度）88.4% 低于预警线 90%" in texts["office"]


def test_the_same_version_alerts_once_and_a_corrected_one_anew(
    world: World, warned: Card, enter: Enter, director: Actor, now: datetime
) -> None:
    row = enter(RATE, "2011年第四季度", "lz", "80")
    enter(RATE, "2011年第四季度", "lz", "80")
    services.observations_lock(
        jurisdiction=world.jurisdiction["gs"], start=row.period_start, end=row.period_end, actor=director, now=now
    )  # fmt: skip
    assert len(alerts_now()) == 1
    correct(row, "85", director, now)
    assert [one.observation_version for one in alerts_now()] == [1, 2]
    assert Alert.objects.visible_to(world.actor("office")).filter(Alert.current_q()).count() == 1
    correct(row, "97", director, now)
    assert not Alert.objects.visible_to(world.actor("office")).filter(Alert.current_q()).exists()


def correct(row: Observation, value: str, actor: Actor, now: datetime) -> None:
    services.observation_correct(
        observation=row, value=Decimal(value), numerator=None, denominator=None, reason="核对", document="演示",
        version=None, actor=actor, now=now,
    )  # fmt: skip


def test_locking_says_what_a_rule_written_since_would_have_said(
    world: World, cards: dict[str, Card], enter: Enter, director: Actor, now: datetime
) -> None:
    row = enter(RATE, "2011年第四季度", "lz", "80")
    Card.objects.system("test").filter(code=RATE).update(alerts=RULES)
    services.observations_lock(
        jurisdiction=world.jurisdiction["gs"], start=row.period_start, end=row.period_end, actor=director, now=now
    )  # fmt: skip
    assert len(alerts_now()) == 1


def test_a_figure_long_past_is_recorded_and_nobody_is_disturbed(
    world: World, warned: Card, enter: Enter
) -> None:
    enter(RATE, "2005年第四季度", "lz", "80")
    assert [one.told for one in alerts_now()] == [[]] and not Notice.objects.system("test").exists()


def test_an_alert_is_answered_once_in_words_by_who_was_told(
    world: World, warned: Card, enter: Enter, now: datetime
) -> None:
    enter(RATE, "2011年第四季度", "ts", "80", given_by_id=world.unit["ts_office"].pk)
    (alert,) = alerts_now()

    def answer(who: str, words: str = "已查明，系汇总口径调整") -> Alert:
        return services.alert_answer(alert=alert, answer=words, version=None, actor=world.actor(who), now=now)

    for who in ("liaison", "leader", "sibling"):
        with pytest.raises(NotAllowed):
            answer(who)
    with pytest.raises(BadInput, match="没有写回应"):
        answer("office", "  ")
    done = answer("sibling2")
    assert done.is_answered and "办公室工作人员" in done.answered_by
    with pytest.raises(StateConflict, match="已经回应过"):
        answer("office")


def test_an_alert_of_a_figure_corrected_since_needs_no_answer(
    world: World, warned: Card, enter: Enter, director: Actor, now: datetime
) -> None:
    row = enter(RATE, "2011年第四季度", "lz", "80")
    (alert,) = alerts_now()
    correct(row, "97", director, now)
    with pytest.raises(StateConflict, match="已经更正"):
        services.alert_answer(alert=alert, answer="好", version=None, actor=director, now=now)


def test_the_rules_are_written_on_the_card_and_a_senseless_one_is_refused(
    cards: dict[str, Card], now: datetime
) -> None:
    office = system_actor("测试")

    def revise(alerts: list[Any]) -> Card:
        return services.card_revise(
            card=cards[SETTLED], data={"alerts": alerts}, duties=None, reason="设预警线", version=None,
            actor=office, now=now,
        )  # fmt: skip

    with pytest.raises(BadInput) as caught:
        revise([{"kind": "threshold", "minimum": 3}])
    assert "的预警规则" in str(caught.value.problems[0]) and "缺少预警线" in str(caught.value.problems[0])
    assert revise(RULES).alerts == RULES


def test_many_figures_cost_as_many_statements_as_one(world: World, warned: Card, now: datetime) -> None:
    def statements(period: str, places: tuple[str, ...]) -> int:
        span = period_of(period)
        figures = [
            NewFigure(warned.pk, span.start, span.end, span.label, Decimal(50), "imported", region_id=world.region[one].pk)
            for one in places
        ]  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            services.observations_save(
                jurisdiction=world.jurisdiction["gs"], figures=figures, reason="", actor=system_actor("测试"), now=now
            )  # fmt: skip
        return len(seen)

    statements("2011年第一季度", ("lz",))
    assert statements("2011年第二季度", ("lz",)) == statements("2011年第三季度", ("lz", "ts", "cg"))


@pytest.mark.usefixtures("on_the_day")
def test_alerts_stand_on_list_card_series_figure_and_their_own_page(
    world: World, warned: Card, enter: Enter, browse: Browse
) -> None:
    row = enter(RATE, "2011年第四季度", "ts", "80")
    enter(BATCHES, "2011年第四季度", "ts", "800")
    (alert,) = alerts_now()
    client, said = browse("office"), "80.0% 低于预警线 90%"
    for address in (
        reverse("metrics:alerts"), reverse("metrics:card", args=[warned.pk]),
        reverse("metrics:figure", args=[row.pk]), reverse("metrics:alert", args=[alert.pk]),
    ):  # fmt: skip
        assert said in text_of(client.get(address)), address
    assert "预警" in text_of(client.get(reverse("metrics:series", args=[warned.pk]) + "?of=620500"))
    card = text_of(client.get(reverse("metrics:card", args=[warned.pk])))
    assert "低于 90% 预警" in card and "比上年同期下降超过 3 个百分点预警" in card
    assert said not in text_of(client.get(reverse("metrics:alerts") + "?card=" + BATCHES))
    assert client.get(reverse("metrics:alerts") + "?export=csv&all=1").status_code == 200
    done = client.post(
        reverse("metrics:alert", args=[alert.pk]), {"answer": "已布置复查", "version": alert.version}
    )
    assert done.status_code == 302
    assert "已布置复查" in text_of(client.get(reverse("metrics:alerts")))
    assert said not in text_of(client.get(reverse("metrics:card", args=[warned.pk])))
