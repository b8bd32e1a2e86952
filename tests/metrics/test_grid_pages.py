"""The form for figures: filled in, pasted, judged cell by cell, returned and taken in."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.metrics.conftest import BATCHES, PASSED, Browse, Enter, text_of
from tests.world import World

from zhize.apps.metrics.forms.numbers import figure_from
from zhize.apps.metrics.models import Card, Entry, Observation
from zhize.apps.requests.models import UnitRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def names(cards: dict[str, Card]) -> tuple[str, str]:
    first, second = (f"c{cards[code].pk}-20120101-20120331" for code in (BATCHES, PASSED))
    return first, second


def test_a_prefecture_fills_in_the_grid_and_errors_stand_at_the_cell(
    browse: Browse, request_row: UnitRequest, cards: dict[str, Card], enter: Enter
) -> None:
    enter(BATCHES, "2011年第四季度", "lz", "118")
    client, url = browse("sibling"), reverse("metrics:entry", args=[request_row.pk])
    batches, passed = names(cards)
    assert "118" in text_of(client.get(url))
    wrong = client.post(
        url, {"action": "save", "version": request_row.version, batches: "一百二", passed: "110.5"}
    )
    assert wrong.status_code == 422
    body = wrong.content.decode()
    assert "“一百二”不是数字" in body and "应是整数" in body and 'value="一百二"' in body
    saved = client.post(
        url, {"action": "save", "version": request_row.version, batches: "1２0", passed: "121"}
    )
    assert saved.status_code == 302
    request_row.refresh_from_db()
    refused = client.post(
        url, {"action": "submit", "version": request_row.version, batches: "120", passed: "121"}
    )
    assert refused.status_code == 422 and "应不大于" in refused.content.decode()
    request_row.refresh_from_db()
    sent = client.post(
        url, {"action": "submit", "version": request_row.version, batches: "120", passed: "110"}
    )
    assert sent.status_code == 302
    request_row.refresh_from_db()
    assert request_row.state == "submitted"


def test_a_grid_takes_what_a_spreadsheet_prints_and_keeps_everything_typed_when_one_cell_is_wrong(
    browse: Browse, request_row: UnitRequest, cards: dict[str, Card]
) -> None:
    client, url = browse("sibling"), reverse("metrics:entry", args=[request_row.pk])
    batches, passed = names(cards)
    post = {"action": "save", "version": request_row.version, batches: " １,２３９ 批", passed: "约一千"}
    wrong = client.post(url, post | {f"{batches}-reason": "二季度集中抽查（演示）"})
    body = wrong.content.decode()
    assert wrong.status_code == 422 and "二季度集中抽查（演示）" in body and f'href="#{passed}"' in body
    assert not Entry.objects.system("test").filter(value__isnull=False).exists()
    assert client.post(url, post | {passed: "—"}).status_code == 302
    kept = {one.card.code: one.value for one in Entry.objects.system("test").select_related("card")}
    assert kept == {BATCHES: 1239}
    page = client.get(url).content.decode()
    assert "zhize/js/grid.js" in page and 'data-unit="批"' in page


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1,339", "", "1339"),
        ("１，３３９批", "批", "1339"),
        ("1 339", "批", "1339"),
        ("３．６％", "%", "3.6"),
        ("3.6", "%", "3.6"),
        ("2.5‰", "‰", "2.5"),
        ("-0.4", "", "-0.4"),
        ("—", "批", None),
        ("……", "批", None),
        ("", "批", None),
        ("0", "批", "0"),
    ],
)
def test_a_figure_is_read_as_people_and_spreadsheets_write_it(
    text: str, unit: str, value: str | None
) -> None:
    assert figure_from(text, whole=False, unit=unit) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "unit"), [("3.6%", "批"), ("3.6%", ""), ("12万元", "批"), ("1-2", "批"), ("#REF!", "批")]
)
def test_a_figure_in_another_unit_is_not_taken_for_one_in_this(text: str, unit: str) -> None:
    with pytest.raises(ValidationError, match="不是数字"):
        figure_from(text, whole=False, unit=unit)


def test_the_office_sees_the_grid_only_once_handed_in_returns_a_cell_and_takes_it_in(
    browse: Browse, request_row: UnitRequest, cards: dict[str, Card], world: World
) -> None:
    unit, office = browse("sibling"), browse("office")
    url, (batches, passed) = reverse("metrics:entry", args=[request_row.pk]), names(cards)

    def version() -> int:
        return UnitRequest.objects.system("test").get(pk=request_row.pk).version

    unit.post(url, {"action": "save", "version": version(), batches: "120", passed: "110"})
    assert "还没有报送" in text_of(office.get(url)) and "120" not in text_of(office.get(url))
    unit.post(url, {"action": "submit", "version": version(), batches: "120", passed: "110"})
    shown = office.get(url).content.decode()
    cell = re.findall(r'name="comment-(\d+)"', shown)[1]
    unsaid = office.post(url, {"action": "return", "version": version()})
    assert unsaid.status_code == 422 and "退回理由" in unsaid.content.decode()
    office.post(url, {"action": "return", "version": version(), f"comment-{cell}": "与台账不符"})
    assert "与台账不符" in text_of(unit.get(url))
    unit.post(url, {"action": "submit", "version": version(), batches: "120", passed: "112"})
    done = office.post(url, {"action": "accept", "version": version()})
    assert done.status_code == 302
    row = Observation.objects.system("test").get(card=cards[PASSED], region=world.region["lz"])
    page = office.get(reverse("metrics:figure", args=[row.pk])).content.decode()
    assert row.value == 112 and reverse("requests:request", args=[request_row.pk]) in page
