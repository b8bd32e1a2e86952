"""Figures as a workbook: handed out for a call, judged cell by cell when it comes back, taken whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.metrics.conftest import BATCHES, PASSED, Browse, Enter
from tests.requests.packing import dropped, files, upload
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.forms.packs import PACK
from zhize.apps.metrics.models import Card, CellKey, Collection, Entry, Observation
from zhize.apps.metrics.services import Written
from zhize.apps.requests import services as asking
from zhize.apps.requests.mapping.pack_book import pack_bytes
from zhize.apps.requests.mapping.pack_opening import MARKED, SHEET
from zhize.apps.requests.models import PackFile, PackRun, UnitRequest
from zhize.apps.requests.services import packs_take
from zhize.kit.actor import Actor
from zhize.kit.pack_sheet import TABLE

pytestmark = pytest.mark.django_db
Verdict = PackFile.Verdict
Spoil = Callable[[openpyxl.Workbook], None]
Sent = dict[str, UnitRequest]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sent(collection: Collection, office: Actor, now: datetime, world: World) -> Sent:
    asking.call_issue(call=collection.call, version=None, actor=office, now=now)
    return {key: again(collection, world, key) for key in ("lz", "ts")}


def again(collection: Collection, world: World, key: str) -> UnitRequest:
    rows = UnitRequest.objects.system("test").select_related("call__year", "unit", "jurisdiction")
    return rows.get(call=collection.call_id, unit=world.unit[f"{key}_gov"])


def book_of(request: UnitRequest, actor: Actor, cells: dict[str, Any], spoil: Spoil | None = None) -> bytes:
    """The unit's workbook, these cells of its table filled in, then spoiled."""
    book = openpyxl.load_workbook(io.BytesIO(pack_bytes(request, {}, actor, PACK.table(request, False))))
    for place, value in cells.items():
        book[TABLE][place].value = value
    if spoil:
        spoil(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take(run: PackRun, office: Actor, now: datetime) -> PackFile:
    packs_take(run=run, replace=set(), version=None, actor=office, now=now)
    done: PackFile = files(run).get()
    return done


def test_a_workbook_names_cards_and_period_and_shows_what_was_there_before(
    sent: Sent, office: Actor, enter: Enter
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "100")
    book = openpyxl.load_workbook(io.BytesIO(book_of(sent["lz"], office, {})))
    assert book.sheetnames[:2] == [TABLE, SHEET] and book[MARKED].sheet_state == "veryHidden"
    sheet = book[TABLE]
    heads = [cell.value for cell in sheet[5]]
    assert heads == ["指标", "计量单位", "2012年第二季度", "说明", "上期", "上年同期", "口径"]
    assert sheet["A6"].value == "产品质量监督抽查批次" and sheet["B3"].value == sent["lz"].unit.name
    assert (sheet["C6"].value, sheet["E6"].value, sheet["F6"].value) == (None, "100", "—")
    assert sheet["A6"].protection.locked and not sheet["C6"].protection.locked


def test_what_a_prefecture_wrote_is_handed_in_for_it_and_becomes_figures_when_accepted(
    sent: Sent,
    collection: Collection,
    cards: dict[str, Card],
    world: World,
    office: Actor,
    now: datetime,
) -> None:
    content = book_of(sent["lz"], office, {"C6": "1，２００批", "C7": 1130, "D7": "复检后更正"})
    run = dropped(collection.call, world, now, upload(content))
    assert files(run).get().verdict == Verdict.READY and not Entry.objects.system("test").exists()
    assert take(run, office, now).verdict == Verdict.TAKEN
    row = again(collection, world, "lz")
    assert row.state == "submitted" and "代录" in row.submitted_by
    kept = {one.card_id: one for one in Entry.objects.system("test").filter(request=row)}
    assert kept[cards[BATCHES].pk].handed_value == 1200
    assert kept[cards[PASSED].pk].handed_reason == "复检后更正"
    asking.request_accept(request=row, version=None, actor=office, now=now)
    one = Observation.objects.system("test").get(card=cards[BATCHES], region=world.region["lz"])
    assert one.value == 1200 and one.source_words == collection.call.title


def _named(sheet: str, title: str) -> Spoil:
    def spoil(book: openpyxl.Workbook) -> None:
        book[sheet].title = title

    return spoil


def _set(sheet: str, place: str, value: Any) -> Spoil:
    def spoil(book: openpyxl.Workbook) -> None:
        book[sheet][place].value = value

    return spoil


def _column(book: openpyxl.Workbook) -> None:
    book[TABLE].insert_cols(3)


def _row(book: openpyxl.Workbook) -> None:
    book[TABLE].delete_rows(6)


def _layout_gone(book: openpyxl.Workbook) -> None:
    book[MARKED]["A2"].value = None


GOOD = {"C6": 120, "C7": 110}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_named(TABLE, "Sheet1"), "没有名为“明细表”的工作表"),
        (_named(SHEET, "Sheet2"), "没有名为“填报表”的工作表"),
        (_column, "明细表C5格：应为“2012年第二季度”，现为“”"),
        (_row, "明细表A6格：应为“"),
        (_set(TABLE, "C7", "=C6-10"), "明细表C7格“2012年第二季度”：是公式，不是数值"),
        (_set(TABLE, "B3", "别的单位"), "这份表是另一个单位的"),
        (_set(TABLE, "A9", "另有一事"), "最后一行之下还有内容"),
        (_set(TABLE, "C6", "一百二十批左右"), "明细表C6格“2012年第二季度”：“一百二十批左右”不是数字"),
        (_set(TABLE, "C6", "12.5"), "明细表C6格“2012年第二季度”：应是整数"),
        (_set(TABLE, "C6", None), "明细表C6格“2012年第二季度”：没有填。请填数"),
        (_set(TABLE, "C7", "无此数据"), "明细表C7格“2012年第二季度”：无此数据。请在说明栏写明为什么没有"),
        (_set(TABLE, "C7", 130), "明细表C7格“2012年第二季度”："),
        (_set(SHEET, "B7", "是"), "填了“零报告”，又有 2 行填了内容"),
        (_set(MARKED, "A1", "abc"), "报送包的标识无效"),
        (_set(MARKED, "A2", "abc"), "报送包的标识无效"),
        (_layout_gone, "没有“明细表”的标识"),
    ],
)  # fmt: skip
def test_a_spoiled_or_wrong_workbook_is_refused_naming_its_cell_and_takes_nothing(
    sent: Sent, collection: Collection, world: World, office: Actor, now: datetime, spoil: Spoil, words: str
) -> None:
    run = dropped(collection.call, world, now, upload(book_of(sent["lz"], office, GOOD, spoil)))
    one = files(run).get()
    assert one.verdict == Verdict.REFUSED and words in "".join(one.problems), one.problems
    take(run, office, now)
    assert again(collection, world, "lz").state == "waiting" and not Entry.objects.system("test").exists()


def test_the_marks_of_two_units_cannot_be_mixed(
    sent: Sent, collection: Collection, world: World, office: Actor, now: datetime
) -> None:
    other = openpyxl.load_workbook(io.BytesIO(book_of(sent["ts"], office, {})))[MARKED]
    mixed = book_of(sent["lz"], office, GOOD, _set(MARKED, "A1", other["A1"].value))
    one = files(dropped(collection.call, world, now, upload(mixed))).get()
    assert one.verdict == Verdict.REFUSED and "标识无效" in one.problems[0]


def test_a_nil_report_by_workbook_is_zero_where_things_are_counted(
    sent: Sent,
    collection: Collection,
    cards: dict[str, Card],
    world: World,
    office: Actor,
    now: datetime,
) -> None:
    nil = book_of(sent["lz"], office, {}, _set(SHEET, "B7", "是"))
    assert take(dropped(collection.call, world, now, upload(nil)), office, now).verdict == Verdict.TAKEN
    row = again(collection, world, "lz")
    assert row.nil_report
    asking.request_accept(request=row, version=None, actor=office, now=now)
    one = Observation.objects.system("test").get(card=cards[BATCHES], region=world.region["lz"])
    assert (one.value, one.note) == (0, "零报告")


def test_a_unit_that_meanwhile_typed_another_figure_on_line_is_a_conflict(
    sent: Sent,
    collection: Collection,
    cards: dict[str, Card],
    world: World,
    office: Actor,
    now: datetime,
) -> None:
    content = book_of(sent["lz"], office, GOOD)
    span = collection.spans[0][0]

    services.entries_save(
        request=sent["lz"], cells={CellKey(cards[BATCHES].pk, span.start, span.end): Written(Decimal(90))},
        version=None, actor=world.actor("sibling"), now=now,
    )  # fmt: skip
    one = files(dropped(collection.call, world, now, upload(content))).get()
    assert one.verdict == Verdict.CONFLICT
    assert one.changed == [f"“{cards[BATCHES].name}”（2012年第二季度）"]


def test_reading_workbooks_costs_the_same_statements_each(
    sent: Sent, collection: Collection, world: World, office: Actor, now: datetime
) -> None:
    def statements(*keys: str) -> int:
        uploads = [upload(book_of(sent[key], office, GOOD), f"{key}.xlsx") for key in keys]
        with CaptureQueriesContext(connection) as seen:
            dropped(collection.call, world, now, *uploads)
        return len(seen)

    statements("lz")
    assert statements("lz", "ts") - statements("lz") <= 30


def test_a_unit_takes_its_draft_out_and_uploads_it_filled_to_look_at_before_it_hands_in(
    sent: Sent, collection: Collection, world: World, browse: Browse, on_the_day: None
) -> None:
    client, pk = browse("sibling"), sent["lz"].pk
    page = unescape(client.get(f"/requests/answers/{pk}/").content.decode())
    assert "导出填报表" in page
    path = next(part for part in page.split('"') if part.endswith("pack/") or "/pack" in part)
    content = b"".join(client.get(path))  # type: ignore[call-overload]
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[TABLE]["C6"].value = 77
    out = io.BytesIO()
    book.save(out)
    done = client.post(path, {"pack": upload(out.getvalue())})
    assert done.status_code == 302, unescape(done.content.decode())[:3000]
    assert Entry.objects.system("test").get().value == 77
    assert again(collection, world, "lz").state == "drafting"
    assert "77" in client.get(f"/metrics/figures/requests/{pk}/").content.decode()
    office = unescape(browse("office").get(f"/requests/{collection.call_id}/").content.decode())
    assert "报送包" in office
