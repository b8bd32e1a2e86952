"""A line is drawn from period to period, never across periods without a figure."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.metrics.conftest import BATCHES, Browse, Enter

from zhize.apps.metrics.models import Card
from zhize.apps.metrics.views import series as views
from zhize.apps.years.models import WorkYear
from zhize.kit.charts import Series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_years_without_figures_are_a_gap_and_not_a_rise_of_one_quarter(
    browse: Browse, enter: Enter, cards: dict[str, Card], year: WorkYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    for period, value in (("2010年第四季度", "10"), ("2011年第四季度", "90"), ("2012年第一季度", "91")):
        enter(BATCHES, period, "lz", value)
    drawn: list[Series] = []

    def catch(_request: Any, chart: Series) -> HttpResponse:
        drawn.append(chart)
        return HttpResponse()

    monkeypatch.setattr(views, "chart_response", catch)
    browse("office").get(reverse("metrics:series_chart", args=[cards[BATCHES].pk]), {"of": "620100"})
    assert [point.value and int(point.value) for point in drawn[0].lines[0].points] == [10, None, 90, 91]
    assert drawn[0].labels[1] == "…"
    assert all(len(line.points) == len(drawn[0].labels) for line in drawn[0].lines)
