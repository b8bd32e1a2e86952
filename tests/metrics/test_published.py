"""Published figures: reproduced to the printed digit, year-on-year chains close, and every one has its source."""

from __future__ import annotations

import csv
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
FILE = Path(settings.REFERENCE_DIR, "gansu", "published.yaml")


def load(world: World, actor: Actor, now: datetime, path: Path = FILE) -> list[Observation]:
    services.published_load(jurisdiction=world.jurisdiction["gs"], path=path, actor=actor, now=now)
    return list(Observation.objects.system("test").select_related("card").order_by("period_start", "pk"))


def test_published_figures_are_kept_with_their_source_and_agree_with_their_counts(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    rows = load(world, office, now)
    assert len(rows) == 14 and all(row.source_words and row.origin == "published" for row in rows)
    rates = [row for row in rows if row.denominator is not None]
    assert [round_once(row.value or 0, 1) for row in rates] == [Decimal("81.9"), Decimal("69.2")]
    assert all("与计数相符" in row.note for row in rates)
    assert len(load(world, office, now)) == 14


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


def test_the_chain_of_the_national_index_closes_year_on_year() -> None:
    with (shared().parent / "reference-cases/qci/qci_published.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["kind"] == "national" and r["flag"] != "target"]
    by_year = {int(r["year"]): r for r in rows}
    chained = [year for year in by_year if by_year[year]["delta_vs_prev"] and year - 1 in by_year]
    assert chained == [2006, 2007, 2008, 2009, 2010]
    for year in chained:
        before, now = Decimal(by_year[year - 1]["value"]), by_year[year]
        assert before + Decimal(now["delta_vs_prev"]) == Decimal(now["value"]), year
