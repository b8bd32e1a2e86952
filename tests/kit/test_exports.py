"""Exports hold every matching row, stream, and never start a formula."""

from __future__ import annotations

import csv
import io
import tracemalloc
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.kit import list_views
from zhize.kit.columns import columns_of
from zhize.kit.exports import csv_cell, csv_lines, xlsx_file
from zhize.kit.fields import FieldSpec, Kind

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", "＝1+1"]
COLUMNS = columns_of(
    (FieldSpec("text", "=名称"), FieldSpec("number", "数", Kind.DECIMAL), FieldSpec("day", "日期", Kind.DATE))
)


def thing(text: str, number: Any = None, day: Any = None) -> SimpleNamespace:
    return SimpleNamespace(text=text, number=number, day=day)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def download(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:300]
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_run_is_disarmed_in_csv(text: str) -> None:
    assert read_csv(b"".join(csv_lines(COLUMNS, [thing(text)])))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_run_is_a_string_in_excel(text: str) -> None:
    with xlsx_file(COLUMNS, [thing(text, Decimal("-3.5"), date(2012, 3, 5))], sheet="表") as file:
        content = file.read()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    row = book.get_sheet_by_index(0).to_python()[1]
    assert row[0].replace("\r", "").strip("\n") == text.replace("\r", "").strip("\n")
    assert row[1:] == [-3.5, date(2012, 3, 5)]
    import zipfile

    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="inlineStr"' in sheet


def test_a_heading_is_disarmed_too() -> None:
    assert read_csv(b"".join(csv_lines(COLUMNS, [])))[0][0] == "'=名称"


@pytest.mark.parametrize(
    ("value", "cell"), [(-3, "-3"), (Decimal("-3.50"), "-3.50"), ("-3", "'-3"), (None, "")]
)
def test_a_negative_number_stays_a_number_and_a_text_does_not(value: Any, cell: str) -> None:
    assert csv_cell(value) == cell


def test_csv_starts_with_the_mark_that_lets_excel_see_chinese() -> None:
    assert next(csv_lines(COLUMNS, [])).startswith(b"\xef\xbb\xbf")


def test_excel_and_csv_of_a_list_hold_the_rows_of_its_filters_in_its_order(client: Client) -> None:
    query = "region=620000&sort=-order&col=code,kind,order"
    rows = [
        ["名称", "代码", "类别", "建制顺序"],
        ["领导小组办公室", "test-office", "领导小组办公室", 4],
        ["省工商局", "test-gsj", "政府部门", 3],
        ["省质监局", "test-zjj", "政府部门", 2],
        ["省推进质量振兴工作领导小组", "test-group", "领导小组", 1],
    ]
    assert read_xlsx(download(client, f"/t/units/?{query}&export=xlsx")) == rows
    assert read_csv(download(client, f"/t/units/?{query}&export=csv")) == [
        [str(c) for c in row] for row in rows
    ]


def test_all_columns_can_be_had_with_dates_as_dates(client: Client) -> None:
    head, first, *_rest = read_xlsx(download(client, "/t/units/?export=xlsx&all=1&sort=order&region=620000"))
    assert head == ["名称", "代码", "地区", "类别", "建制顺序", "全称", "设立日期", "撤销日期", "字数"]
    assert first[2] == "甘肃省"
    assert first[6] == date(2011, 1, 1)
    assert first[8] == len(first[0])


def test_the_file_is_named_for_the_list_and_downloads(client: Client) -> None:
    response = client.get("/t/units/?export=csv")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%8D%95%E4%BD%8D-")
    b"".join(response.streaming_content)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["export=csv&kind=nonsense", "export=xlsx&region=1", "export=pdf"])
def test_a_file_is_refused_in_words_when_a_condition_makes_no_sense(client: Client, query: str) -> None:
    response = client.get(f"/t/units/?{query}")
    assert response.status_code == 400
    assert "筛选条件有误" in response.content.decode() or "不能导出为“pdf”" in response.content.decode()


def test_over_the_limit_excel_becomes_csv_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_views, "XLSX_ROWS", 5)
    response = client.get("/t/units/?export=xlsx")
    assert response["Content-Type"].startswith("text/csv")
    assert len(read_csv(b"".join(response.streaming_content))) == 10  # type: ignore[arg-type]
    assert "%E6%94%B9%E4%B8%BACSV" in response["Content-Disposition"]
    assert "已改为 CSV 文件" in client.get("/t/units/").content.decode()


def test_a_long_text_is_cut_with_a_mark_in_excel_and_whole_in_csv() -> None:
    with xlsx_file(COLUMNS, [thing("长" * 40_000)], sheet="[坏]名*") as file:
        cell = read_xlsx(file.read())[1][0]
    assert len(cell) == 32_767
    assert cell.endswith("…")
    assert len(read_csv(b"".join(csv_lines(COLUMNS, [thing("长" * 40_000)])))[1][0]) == 40_000


def more_units(world: World, first: int, end: int) -> None:
    region = world.region["lz"]
    Unit.objects.bulk_create(
        (
            Unit(code=f"big-{i:06}", region=region, name=f"演示单位{i}", order=i % 97)
            for i in range(first, end)
        ),
        batch_size=5_000,
    )


@pytest.mark.slow
def test_many_rows_stream_as_csv_in_the_memory_of_few(client: Client, world: World) -> None:
    def streamed() -> tuple[int, int, int]:
        """Lines, statements, and the most memory held at once."""
        with CaptureQueriesContext(connection) as seen:
            tracemalloc.start()
            response = client.get("/t/units/?export=csv")
            lines = sum(piece.count(b"\r\n") for piece in response.streaming_content)  # type: ignore[misc,union-attr]
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return lines, len(seen), peak

    streamed()  # what is loaded only once
    more_units(world, 0, 3_000)
    few = streamed()
    more_units(world, 3_000, 15_000)
    many = streamed()
    assert (few[0], many[0]) == (3_000 + 9 + 1, 15_000 + 9 + 1)
    assert many[1] == few[1] <= 6, "statements"
    assert many[2] < few[2] + 3_000_000, f"{few[2] / 1e6:.0f} MB, then {many[2] / 1e6:.0f} MB"
