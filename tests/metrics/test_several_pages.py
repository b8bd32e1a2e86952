"""A form for several regions on its page and as a workbook, and its figures on the card."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.metrics.conftest import BATCHES, PASSED, Browse, Enter, text_of
from tests.metrics.several import fill
from tests.world import World

from zhize.apps.metrics.forms.packs import PACK
from zhize.apps.metrics.models import Card
from zhize.apps.orgs.models import Region
from zhize.apps.requests import services as asking
from zhize.apps.requests.mapping.pack_book import pack_bytes
from zhize.apps.requests.models import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.pack_sheet import TABLE

pytestmark = pytest.mark.django_db


def test_a_workbook_has_a_row_for_every_county_and_card(
    world: World, county_row: UnitRequest, counties: dict[str, Region], cards: dict[str, Card], now: datetime
) -> None:
    fill(county_row, cards, {counties["cg"]: (100, 90)}, world.actor("sibling"), now)
    table = PACK.table(county_row, True)
    book = openpyxl.load_workbook(io.BytesIO(pack_bytes(county_row, {}, world.actor("sibling"), table)))
    lines = [[cell.value for cell in line[:4]] for line in book[TABLE].iter_rows(min_row=6, max_row=11)]
    assert [line[:3] for line in lines[:3]] == [
        ["城关区", cards[BATCHES].name, "批"], ["城关区", cards[PASSED].name, "批"], ["七里河区", cards[BATCHES].name, "批"],
    ]  # fmt: skip
    assert len(table.rows) == 6 and [str(line[3]) for line in lines[:2]] == ["100", "90"]


@pytest.mark.usefixtures("on_the_day")
def test_the_page_is_a_table_of_counties_by_cards_with_as_many_statements_for_more(
    world: World,
    county_row: UnitRequest,
    counties: dict[str, Region],
    cards: dict[str, Card],
    browse: Browse,
    enter: Enter,
) -> None:
    enter(BATCHES, "2011年第四季度", "cg", "31")
    client, page = browse("sibling"), reverse("metrics:entry", args=[county_row.pk])
    text = text_of(client.get(page))
    assert "城关区" in text and "上期 31" in text and "旧县" not in text and "合计" in text
    name = f"c{cards[BATCHES].pk}-20120101-20120331-r"
    values = {f"{name}{one.pk}": str(10 * n) for n, one in enumerate(counties.values(), 1)}
    done = client.post(page, {"action": "save", "version": county_row.version, **values})
    assert done.status_code == 302
    body = client.get(page).content.decode()
    assert 'value="20"' in body and ">60<" in body.replace(" ", "").replace("\n", "")
    wrong = client.post(
        page, {"action": "save", "version": county_row.version + 1, f"{name}{counties['xg'].pk}": "三批"}
    )
    assert wrong.status_code == 422 and "西固区，2012年第一季度：" in text_of_any(wrong)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for n in range(5):
        Region.objects.create(code=f"6201{n + 50}", name=f"新{n}县", short=f"新{n}", level="county", parent=world.region["lz"], order=95 + n)  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert "新4县" in text_of(client.get(page))
    assert len(many) == len(few) <= 15


def text_of_any(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.usefixtures("on_the_day")
def test_counties_stand_apart_on_the_card_and_out_of_the_diagram(
    world: World,
    county_row: UnitRequest,
    counties: dict[str, Region],
    cards: dict[str, Card],
    browse: Browse,
    office: Actor,
    now: datetime,
) -> None:
    fill(county_row, cards, dict.fromkeys(counties.values(), (10, 9)), world.actor("sibling"), now)
    asking.request_submit(request=county_row, version=None, actor=world.actor("sibling"), now=now)
    asking.request_accept(request=county_row, version=None, actor=office, now=now)
    client = browse("office")
    text = text_of(client.get(reverse("metrics:card", args=[cards[BATCHES].pk])))
    assert "各县区 3" in text and text.index("各县区 3") < text.index("七里河区")
    assert "七里河区" not in text_of(client.get(reverse("metrics:spread", args=[cards[BATCHES].pk])))
