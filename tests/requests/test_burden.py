"""减负情况: what calls asked of each unit within a part of a year, on the page, in the files, down to the answers."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.requests.conftest import Make, fill, send
from tests.world import World

from zhize.apps.requests import selectors, services
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import Every
from zhize.core.kernel.periods import WorkYear as CoreYear

TODAY = date(2012, 3, 25)


def part(year: WorkYear, every: Every = Every.YEAR, index: int = 1) -> selectors.YearPart:
    return selectors.YearPart(year, CoreYear(year.starts_on).split(every)[index - 1])


def test_each_unit_and_the_whole_are_counted(
    world: World, year: WorkYear, issued: Make, now: datetime
) -> None:
    call = issued()
    issued(title="另一次", units=("zjj",), form=[{"name": "a", "label": "甲"}], due_on=date(2012, 4, 20))
    fill(call, world, now)
    send(call, world, now + timedelta(days=4))
    shown = selectors.burden_statement(world.actor("office"), part(year), TODAY)
    by_unit = {one.unit.name: one.line for one in shown.lines}
    assert (shown.calls, shown.total.requests, shown.total.fields) == (2, 5, 13)
    assert [one.unit.code for one in shown.lines][:2] == ["test-zjj", "test-gsj"]
    zjj = by_unit[world.unit["zjj"].name]
    assert (zjj.requests, zjj.answered, zjj.late, zjj.fields, zjj.median_days) == (2, 1, 0, 4, Decimal(4))
    gsj = by_unit[world.unit["gsj"].name]
    assert (gsj.requests, gsj.answered, gsj.late, gsj.median_days) == (1, 0, 1, None)
    assert sum(one.line.requests for one in shown.lines) == shown.total.requests


def test_a_call_counts_where_it_was_sent_and_one_called_off_nowhere(
    world: World, year: WorkYear, issued: Make, now: datetime
) -> None:
    issued()
    off = issued(title="发错的")
    services.call_cancel(call=off, note="发错了", version=None, actor=world.actor("office"), now=now)
    office = world.actor("office")
    assert selectors.burden_statement(office, part(year, Every.QUARTER, 1), TODAY).calls == 1
    assert selectors.burden_statement(office, part(year, Every.QUARTER, 2), TODAY).lines == ()
    assert selectors.burden_statement(office, part(year, Every.HALF, 1), TODAY).calls == 1


def test_comments_count_as_what_they_hold(world: World, year: WorkYear, round_: object) -> None:
    shown = selectors.burden_statement(world.actor("office"), part(year), TODAY)
    assert (shown.calls, shown.total.requests, shown.total.fields, shown.total.share) == (1, 4, 0, None)


@pytest.mark.parametrize("who", ["liaison", "sysadmin"])
def test_only_those_who_oversee_calls_see_it(world: World, client: Client, year: WorkYear, who: str) -> None:
    client.force_login(world.user[who], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("requests:burden")).status_code == 403


def test_page_excel_word_and_pdf_say_the_same(
    world: World, client: Client, year: WorkYear, issued: Make, now: datetime
) -> None:
    call = issued()
    fill(call, world, now)
    send(call, world, now + timedelta(days=4))
    client.force_login(world.user["office"], backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("requests:burden")
    page = client.get(address, {"year": year.pk, "period": "2012-H1"}).content.decode()
    assert "2012年上半年" in page
    unit = reverse("requests:burden_unit", args=[year.pk, "2012-H1", "test-zjj"])
    assert unit in page
    rows = client.get(unit)
    assert rows.status_code == 200
    assert call.title in rows.content.decode()
    excel = client.get(address, {"year": year.pk, "export": "xlsx"})
    table = openpyxl.load_workbook(
        io.BytesIO(b"".join(excel.streaming_content) if excel.streaming else excel.content)
    ).active
    assert table is not None
    body = list(table.iter_rows(values_only=True))
    assert [row[0] for row in body[1:]] == [
        one.name for one in map(world.unit.get, ("zjj", "gsj", "lz_gov", "ts_gov")) if one
    ]
    assert body[1][1:5] == (1, 1, 0, 3)
    for kind, magic in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(address, {"year": year.pk, "export": kind})
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content.startswith(magic)


def test_another_office_finds_nothing_of_it(
    world: World, client: Client, year: WorkYear, issued: Make
) -> None:
    issued()
    client.force_login(world.user["sibling"], backend="django.contrib.auth.backends.ModelBackend")
    unit = reverse("requests:burden_unit", args=[year.pk, "2012-H1", "test-zjj"])
    assert client.get(unit).status_code == 404


def test_the_statements_do_not_grow_with_calls(
    world: World, year: WorkYear, issued: Make, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        issued(title=f"第{number}次", form=[{"name": "a", "label": f"项{number}"}], due_on=date(2012, 6, 1))
    office = world.actor("office")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        selectors.burden_statement(office, part(year), TODAY)
