"""A share that comes from a sample stands beside its confidence interval; a share of all does not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.metrics.conftest import BATCHES, PASSED, RATE, Browse, Enter
from tests.metrics.test_pages import text_of
from tests.world import World

from zhize.apps.metrics import mapping, services
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.years.models import WorkYear
from zhize.core.sampling.pass_rate import Way
from zhize.kit.actor import Actor
from zhize.kit.charts import Compared, svg
from zhize.kit.errors import BadInput

pytestmark = pytest.mark.django_db
SHARE = Card(code="x", unit="%", decimals=1, sample=Way.WILSON.method)


def figure(passed: str | None, total: str | None) -> Observation:
    share = Decimal(passed) * 100 / Decimal(total) if passed and total and Decimal(total) else None
    return Observation(
        value=share,
        numerator=None if passed is None else Decimal(passed),
        denominator=None if total is None else Decimal(total),
    )


def test_the_methods_a_card_may_name_are_those_of_the_engine() -> None:
    assert {str(one): str(one.label) for one in Card.Sample} == {way.method: way.label for way in Way}


def test_the_published_sampling_of_2004_has_the_interval_of_its_page() -> None:
    found = mapping.interval_of(SHARE, figure("1097", "1339"))
    assert found is not None and (found.words, found.few) == ("79.8%—83.9%", False)


@pytest.mark.parametrize(
    ("passed", "total"),
    [(None, None), ("0", "0"), ("5", "4"), ("2.5", "4"), (None, "4")],
    ids=["no counts", "nothing drawn", "more passed than drawn", "half a batch", "passed unknown"],
)
def test_without_true_counts_there_is_no_interval(passed: str | None, total: str | None) -> None:
    assert mapping.interval_of(SHARE, figure(passed, total)) is None


def test_a_share_of_all_has_no_interval() -> None:
    assert mapping.interval_of(Card(code="x", unit="%", decimals=1), figure("9", "10")) is None


def test_a_small_sample_says_so() -> None:
    found = mapping.interval_of(SHARE, figure("10", "10"))
    assert found is not None and found.few and found.high == 100


@pytest.mark.usefixtures("on_the_day")
def test_card_series_figure_and_list_show_it(
    browse: Browse,
    enter: Enter,
    cards: dict[str, Card],
    world: World,
    year: WorkYear,
    office: Actor,
    now: datetime,
) -> None:
    for place, batches, passed in (("lz", "1339", "1097"), ("ts", "20", "19")):
        enter(BATCHES, "2012年第一季度", place, batches)
        enter(PASSED, "2012年第一季度", place, passed)
    services.metrics_collect(
        jurisdiction=world.jurisdiction["gs"], year=year, on=date(2012, 3, 31), actor=office, now=now
    )
    client, pk = browse("office"), cards[RATE].pk
    card = text_of(client.get(reverse("metrics:card", args=[pk])))
    assert "79.8%—83.9%" in card and "抽样推断" in card and "威尔逊区间" in card
    small = text_of(client.get(reverse("metrics:series", args=[pk]), {"of": "620500"}))
    assert "样本不足 30" in small and "不宜据此比较高低" in small
    row = Observation.objects.system("test").get(card_id=pk, region=world.region["lz"])
    assert "79.8%—83.9%" in text_of(client.get(reverse("metrics:figure", args=[row.pk])))
    listed = client.get(reverse("metrics:figures"), {"col": "card,interval", "q": RATE})
    assert "79.8%—83.9%" in text_of(listed)
    batches = text_of(client.get(reverse("metrics:card", args=[cards[BATCHES].pk])))
    assert "置信区间" not in batches


def test_a_card_that_is_no_share_takes_no_interval(
    cards: dict[str, Card], world: World, office: Actor, now: datetime
) -> None:
    data = {
        "code": "gs.own.count", "name": "自建", "dimension": "product", "definition": "示例", "unit": "批", "decimals": 0,
        "source": "collected", "sample": Way.WILSON.method, "valid_from": date(2012, 1, 1), "citation": "示例",
    }  # fmt: skip
    with pytest.raises(BadInput) as caught:
        services.card_create(
            jurisdiction=world.jurisdiction["gs"], data=data, duties=[], actor=office, now=now
        )
    assert [one.what for one in caught.value.problems] == ["置信区间只用于由分子、分母算出的百分比"]


def test_compared_things_are_drawn_with_their_ranges() -> None:
    bare = Compared("比较", "%", (("甲", Decimal(90)), ("乙", None)))
    ranged = Compared(
        "比较", "%", (("甲", Decimal(90)), ("乙", None)), ranges=((Decimal(85), Decimal(95)), None)
    )
    assert svg(bare) != svg(ranged)
