"""Published figures: reproduced to the printed digit, year-on-year chains close, and every one has its source."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from tests.core.reading import shared
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Card, Observation
from zhize.core.kernel.errors import BadRule
from zhize.core.kernel.rounding import round_once, share
from zhize.core.metrics.combine import Part, Rule, combine
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed

pytestmark = pytest.mark.django_db
SAME = {
    "产品质量监督抽查合格率": "产品质量监督抽查批次合格率",
    "II级以上空气重点城市": "空气质量二级以上天数比例",
    "工业废水达标": "工业废水达标排放率",
    "生活垃圾无害化": "生活垃圾无害化处理率",
    "主要农产品例行监测": "主要农产品例行监测合格率",
    "高速公路抽检": "高速公路工程质量抽检合格率",
    "干线公路": "干线公路工程质量抽检合格率",
}
"""What the collected targets call a card of ours."""
FILE = Path(settings.REFERENCE_DIR, "gansu", "published.yaml")


def load(world: World, actor: Actor, now: datetime, path: Path = FILE) -> list[Observation]:
    services.published_load(jurisdiction=world.jurisdiction["gs"], path=path, actor=actor, now=now)
    return list(Observation.objects.system("test").select_related("card").order_by("period_start", "pk"))


def test_published_figures_are_kept_with_their_source_and_agree_with_their_counts(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    rows = load(world, office, now)
    assert len(rows) == 18 and all(row.source_words and row.origin == "published" for row in rows)
    rates = [row for row in rows if row.denominator is not None]
    assert [round_once(row.value or 0, 1) for row in rates] == [Decimal(n) for n in ("81.9", "69.2", "3.4")]
    assert ["与计数相符" in row.note for row in rates] == [True, True, False]
    assert len(load(world, office, now)) == 18


def test_a_published_rate_that_contradicts_its_own_counts_is_kept_by_its_counts_and_says_so(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    (row,) = (one for one in load(world, office, now) if one.card.code == "product.food.risk_rate")
    assert (row.numerator, row.denominator) == (689, 20352)
    assert row.note == "正文印为 3.6%，按计数应为 3.4%"


def test_the_index_is_the_mean_of_its_halves_rounded_once(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    found = {(row.card.code, row.period_label): row.value for row in load(world, office, now)}
    halves = [found["qci.level", "2007年"], found["qci.capacity", "2007年"]]
    mean = combine(Rule.WEIGHTED, [Part(str(n), v, weight=Decimal(1)) for n, v in enumerate(halves)]).value
    assert mean is not None and round_once(mean, 2) == found["qci.national", "2007年"] == Decimal("80.99")


def test_a_line_without_source_or_of_an_unknown_card_is_refused(
    world: World, cards: dict[str, Card], office: Actor, now: datetime, tmp_path: Path
) -> None:
    for line, says in (
        ("{card: x, period: 2012年, value: '1', source: 演示}", "没有代码为“x”"),
        ("{card: qci.national, period: 2012年, value: '1'}", "source"),
    ):
        path = tmp_path / "published.yaml"
        path.write_text(f"figures:\n  - {line}\n", "utf-8")
        with pytest.raises(BadRule, match=says):
            load(world, office, now, path)
    with pytest.raises(NotAllowed):
        load(world, world.actor("liaison"), now)


def test_every_published_rate_of_the_reference_cases_comes_out_to_the_printed_digit() -> None:
    with (shared().parent / "reference-cases/passrate/published_counts.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["passed"] and r["total"] and r["published_rate_pct"]]
    assert len(rows) >= 9
    for row in rows:
        exact = share(row["passed"], row["total"])
        assert exact is not None and round_once(exact * 100, 1) == Decimal(row["published_rate_pct"]), row[
            "id"
        ]


def test_the_chains_of_the_published_index_close_year_on_year() -> None:
    with (shared().parent / "reference-cases/qci/qci_published.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["value"] and r["flag"] != "target"]
    found = {(r["kind"], r["name"], int(r["year"])): r for r in rows}
    chained = [key for key, row in found.items() if row["delta_vs_prev"] and (*key[:2], key[2] - 1) in found]
    assert [key[2] for key in chained if key[0] == "national"] == [2006, 2007, 2008, 2009, 2010]
    assert len(chained) == 19 and {"level2", "industry", "province"} < {key[0] for key in chained}
    for kind, name, year in chained:
        row, before = found[kind, name, year], Decimal(found[kind, name, year - 1]["value"])
        assert before + Decimal(row["delta_vs_prev"]) == Decimal(row["value"]), (kind, name, year)


def test_every_provincial_target_of_the_reference_cases_is_a_line_on_a_card_from_its_year_on(
    cards: dict[str, Card],
) -> None:
    targets = json.loads((shared().parent / "reference-cases/rules/targets_gansu.json").read_text("utf-8"))
    lines = {
        (line["from"][:4], Decimal(line["value"]), card.name)
        for card in cards.values()
        for line in card.alerts
        if line.get("source")
    }
    for year in ("2015", "2020", "2025"):
        for name, printed in targets[year].items():
            value = Decimal(printed.strip(">=%"))
            assert any(
                (at, wanted) == (year, value) and SAME.get(name, name) in card for at, wanted, card in lines
            ), (year, name)
