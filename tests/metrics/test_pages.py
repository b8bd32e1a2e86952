"""Pages: what a clerk, the office and a prefecture see and can do, with the number of statements each takes."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from tests.metrics.conftest import BATCHES, PASSED, RATE, Browse, Enter, text_of
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Collection, Observation, Target
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_the_card_says_what_the_figure_means_and_leads_to_its_series_and_chart(
    browse: Browse,
    enter: Enter,
    cards: dict[str, Card],
    world: World,
    year: WorkYear,
    office: Actor,
    now: datetime,
) -> None:
    for place, batches, passed in (("lz", "100", "81"), ("ts", "20", "19")):
        enter(BATCHES, "2012年第一季度", place, batches)
        enter(PASSED, "2012年第一季度", place, passed)
    services.metrics_collect(
        jurisdiction=world.jurisdiction["gs"], year=year, on=date(2012, 3, 31), actor=office, now=now
    )
    client, pk = browse("office"), cards[RATE].pk
    shown = text_of(client.get(reverse("metrics:card", args=[pk])))
    assert "83.3%" in shown and "不得混用" in shown and "ratio(product.spot_check.passed" in shown
    series = text_of(client.get(reverse("metrics:series", args=[pk]), {"of": "620100"}))
    assert "81.0%" in series and "81 / 100" in series
    assert "合格批次 ÷ 抽查批次" in series and "ratio(" not in series
    for address in (
        reverse("metrics:series_chart", args=[pk]) + "?of=620100",
        reverse("metrics:compare_chart", args=[pk]),
    ):
        chart = client.get(address)
        assert chart["Content-Type"] == "image/svg+xml" and b"style=" not in chart.content
        again = client.get(address, headers={"If-None-Match": chart["ETag"]})
        assert again.status_code == 304


def test_a_period_over_the_regions_stands_in_a_diagram_and_a_table(
    browse: Browse, enter: Enter, cards: dict[str, Card], world: World
) -> None:
    for place, value in (("lz", "100"), ("ts", "20"), ("gs", "120")):
        enter(BATCHES, "2012年第一季度", place, value)
    enter(BATCHES, "2011年第一季度", "lz", "80")
    url = reverse("metrics:spread", args=[cards[BATCHES].pk])
    body = browse("office").get(url).content.decode()
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    assert "增长 25.0%" in shown and "120 批" in shown and "2012年第一季度" in shown
    lanzhou = re.search(r'aria-label="兰州市? 100 批"><g[^>]*>\s*<rect class="tile tile--(\d)"', body)
    tianshui = re.search(r'aria-label="天水市? 20 批"><g[^>]*>\s*<rect class="tile tile--(\d)"', body)
    assert lanzhou and tianshui and (lanzhou[1], tianshui[1]) == ("4", "0")
    earlier = text_of(browse("office").get(url, {"period": "2011-01-01_2011-03-31"}))
    assert "80 批" in earlier and "这一期没有数：天水市" in earlier
    assert "地区分布" in text_of(browse("office").get(reverse("metrics:card", args=[cards[BATCHES].pk])))


def test_a_share_is_set_beside_the_provinces(
    browse: Browse, enter: Enter, cards: dict[str, Card], world: World
) -> None:
    for place, value in (("lz", "81"), ("ts", "95.5"), ("gs", "83.3")):
        enter(RATE, "2012年第一季度", place, value)
    shown = text_of(browse("office").get(reverse("metrics:spread", args=[cards[RATE].pk])))
    assert "低 2.3 个百分点" in shown and "高 12.2 个百分点" in shown


def test_a_series_is_taken_away_as_csv(
    browse: Browse, enter: Enter, cards: dict[str, Card], world: World
) -> None:
    for place, value in (("lz", "100"), ("ts", "2099")):
        enter(BATCHES, "2012年第一季度", place, value)
    client = browse("office")
    page = client.get(reverse("metrics:series", args=[cards[BATCHES].pk]), {"of": "620100"}).content.decode()
    link = re.search(r'href="([^"]*export=csv[^"]*)"', page)
    assert link is not None
    answer = client.get(link[1].replace("&amp;", "&"))
    file = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "兰州市" in file and "100" in file and "2099" not in file and "天水" not in file


def test_an_office_writes_a_card_in_the_browser_and_is_told_where_the_formula_is_wrong(
    browse: Browse, cards: dict[str, Card], world: World
) -> None:
    client = browse("office")
    data = {
        "code": "own.failed", "name": "不合格批次", "dimension": "product", "definition": "抽查减合格。", "unit": "批",
        "decimals": "0", "direction": "lower", "frequency": "quarter", "source": "computed",
        "expression": f"{BATCHES} - {PASSED})", "over_time": "sum", "over_regions": "sum", "statistics": "outside",
        "valid_from": "2012-01-01", "citation": "演示", "minimum": "0", "duties": "3.1.1#10",
    }  # fmt: skip
    refused = client.post(reverse("metrics:card_create"), data)
    assert refused.status_code == 422 and "多了一个右括号" in refused.content.decode()
    done = client.post(reverse("metrics:card_create"), data | {"expression": f"{BATCHES} - {PASSED}"})
    card = Card.objects.system("test").get(code="own.failed")
    assert done.url == reverse("metrics:card", args=[card.pk])
    assert card.checks == [{"kind": "range", "minimum": "0"}]
    page = client.get(reverse("metrics:card_revise", args=[card.pk]))
    assert "3.1.1#10" in page.content.decode()


def test_the_office_drafts_a_call_for_figures_and_is_told_what_is_missing(
    browse: Browse, cards: dict[str, Card], year: WorkYear, world: World
) -> None:
    client, url = browse("office"), reverse("metrics:collect")
    data = {
        "title": "演示", "periods": "2012年第一季度，2012年春季", "subject": "region", "due_on": "2012-04-10",
        "units": [str(world.unit["lz_gov"].pk)], "cards": [str(cards[BATCHES].pk)],
    }  # fmt: skip
    refused = client.post(url, data)
    assert refused.status_code == 422 and "2012年春季" in refused.content.decode()
    done = client.post(url, data | {"periods": "2012年第一季度"})
    collection = Collection.objects.system("test").get()
    assert done.url == reverse("requests:call", args=[collection.call_id])
    edit = client.get(reverse("metrics:collection", args=[collection.pk])).content.decode()
    assert (
        "2012年第一季度" in edit
        and f'value="{cards[BATCHES].pk}" id="card-{cards[BATCHES].pk}" checked' in edit
    )


def test_a_correction_in_the_browser_needs_a_reason_and_shows_what_was_before(
    browse: Browse, enter: Enter
) -> None:
    row = enter(BATCHES, "2012年第一季度", "lz", "120")
    client, url = browse("office"), reverse("metrics:figure_correct", args=[row.pk])
    assert client.post(url, {"value": "118", "version": "1"}).status_code == 422
    client.post(url, {"value": "118", "version": "1", "reason": "两批重复"})
    shown = text_of(client.get(reverse("metrics:figure", args=[row.pk])))
    assert "120 批 → 118 批：两批重复" in shown


def test_targets_are_set_changed_and_judged_on_their_page(
    browse: Browse, cards: dict[str, Card], year: WorkYear, world: World, enter: Enter
) -> None:
    enter(RATE, "2012年第一季度", "lz", "81")
    client = browse("office")
    data = {
        "card": cards[RATE].pk, "region": world.region["gs"].pk, "value": "92", "document": "演示1号",
        "steps": "2012-03-01 九十", "base": "80",
    }  # fmt: skip
    refused = client.post(reverse("metrics:target_create"), data)
    assert refused.status_code == 422 and "看不懂" in refused.content.decode()
    client.post(reverse("metrics:target_create"), data | {"steps": "2012-03-01 90"})
    target = Target.objects.system("test").get()
    shown = text_of(client.get(reverse("metrics:attainment")))
    assert "≥ 92.0%" in shown and "落后进度 1" in shown and "只列总览所数" not in shown
    of_region = text_of(client.get(reverse("metrics:attainment"), {"region": world.region["lz"].pk}))
    assert "81.0%" in of_region and "8.3%" in of_region
    edit = {"value": "80", "document": "演示2号", "steps": "", "version": "1"}
    client.post(reverse("metrics:target", args=[target.pk]), edit)
    assert "已达到" in text_of(client.get(reverse("metrics:attainment")))
    for standing, number in (("good", 1), ("bad", 0)):
        asked = {"region": world.region["lz"].pk, "standing": standing}
        counted = text_of(client.get(reverse("metrics:attainment"), asked))
        assert f"只列总览所数的 {number} 个目标" in counted


def test_counting_and_locking_a_period_from_the_list(
    browse: Browse, enter: Enter, year: WorkYear, world: World
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "100")
    browse("office").post(reverse("metrics:work_out"), {"period": "2012年第一季度"})
    assert Observation.objects.system("test").filter(region=world.region["gs"]).exists()
    browse("director").post(reverse("metrics:lock"), {"period": "2012年第一季度"})
    assert Observation.objects.system("test").filter(state="locked").count() == 1
