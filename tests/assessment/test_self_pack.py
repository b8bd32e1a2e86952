"""The self-evaluation as a workbook: out, filled in off line, each wrong cell named, looked at, then taken in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import services
from zhize.apps.documents.models import Evidence

As = Callable[..., Client]
DAY = "2012-11-21"
FIRST = 6  # the line of the first criterion, as Excel counts


@pytest.fixture
def client(play: Play, as_: As) -> Client:
    """兰州市's office, while the self-evaluation is open."""
    play.move("open")
    return as_("sibling", DAY)


def book_of(client: Client, play: Play, key: str = "lz") -> openpyxl.Workbook:
    answer = client.get(reverse("assessment:self_out", args=[play.row(key).pk]))
    assert "自评表" in unescape(answer["Content-Disposition"]) or "filename*" in answer["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def given_back(client: Client, play: Play, book: openpyxl.Workbook) -> HttpResponse:
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("自评.xlsx", out.getvalue())
    answer: HttpResponse = client.post(
        reverse("assessment:self_back", args=[play.row("lz").pk]), {"file": file}
    )  # type: ignore[assignment]
    return answer


def write(client: Client, play: Play, looked: HttpResponse) -> HttpResponse:
    kept = re.search(r'name="kept" value="([^"]+)"', looked.content.decode())
    assert kept
    address = reverse("assessment:self_back", args=[play.row("lz").pk])
    answer: HttpResponse = client.post(address, {"kept": unescape(kept[1])})  # type: ignore[assignment]
    return answer


def test_what_is_filled_in_off_line_is_looked_at_and_then_written_and_evidence_stays(
    play: Play, client: Client, world: World
) -> None:
    upload = SimpleUploadedFile("整治台账.txt", "台账".encode())
    services.self_save(
        assessed=play.row("lz"), rows=[services.SelfRow("work", Decimal(20), "先填的", uploads=[upload])], summary="总体情况",
        version=None, actor=world.actor("sibling"), now=NOVEMBER,
    )  # fmt: skip
    book = book_of(client, play)
    page = book["明细表"]
    table = [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST - 1)]
    assert table[0][:4] == ["考核项目", "分值", "自评得分", "自评说明"]
    assert [row[0] for row in table[1:]] == ["1 任务完成", "3 专项整治"], "what the house counts is not asked"
    assert table[1][2:4] == ["20", "先填的"] and table[1][-1] == "整治台账"
    page.cell(FIRST, 3).value, page.cell(FIRST + 1, 3).value = "38.5", 30
    page.cell(FIRST + 1, 4).value = "按方案完成"
    looked = given_back(client, play, book)
    shown = looked.content.decode()
    assert looked.status_code == 200 and "38.5" in shown and "按方案完成" in shown
    assert play.entry("lz", "work").self_points == Decimal("20.00"), "nothing is written by looking"
    assert write(client, play, looked).status_code == 302
    work, campaign = play.entry("lz", "work"), play.entry("lz", "campaign")
    assert (work.self_points, work.self_statement) == (Decimal("38.50"), "先填的")
    assert (campaign.self_points, campaign.self_statement) == (Decimal("30.00"), "按方案完成")
    row = play.row("lz")
    assert (row.self_total, row.self_summary, row.self_state) == (Decimal("68.50"), "总体情况", "saved")
    assert Evidence.objects.system("test").filter(assessment_entries=work).count() == 1
    assert "相同，没有要写入的" in given_back(client, play, book).content.decode()


def test_every_wrong_cell_is_named_and_nothing_is_written(play: Play, client: Client) -> None:
    book = book_of(client, play)
    page = book["明细表"]
    page.cell(FIRST, 3).value, page.cell(FIRST, 4).value = 41, "好" * 1001
    page.cell(FIRST + 1, 3).value = "很好"
    answer = given_back(client, play, book)
    shown = answer.content.decode()
    assert answer.status_code == 400 and "有 3 处不能写入" in shown
    places = [f"明细表C{FIRST}格", f"明细表D{FIRST}格", f"明细表C{FIRST + 1}格"]
    assert all(place in shown for place in places)
    assert [shown.index(place) for place in places] == sorted(shown.index(place) for place in places)
    assert "自评得分 41 超出范围" in shown and "请填 0 至 40" in shown
    assert play.entry("lz", "work").self_points is None


def test_a_moved_row_another_objects_table_and_a_strange_file_are_refused(
    play: Play, client: Client, as_: As
) -> None:
    book = book_of(client, play)
    book["明细表"].delete_rows(FIRST)
    assert "行列被增删或移动" in given_back(client, play, book).content.decode()
    others = book_of(as_("sibling2", DAY), play, "ts")
    assert "另一个对象的" in given_back(client, play, others).content.decode()
    assert "不是由自评页面导出的表" in given_back(client, play, openpyxl.Workbook()).content.decode()


def test_what_a_colleague_saved_in_between_is_not_overwritten(
    play: Play, client: Client, world: World
) -> None:
    book = book_of(client, play)
    book["明细表"].cell(FIRST, 3).value = 30
    looked = given_back(client, play, book)
    services.self_save(
        assessed=play.row("lz"), rows=[services.SelfRow("work", Decimal(25), "同事填的")], summary="", version=None,
        actor=world.actor("sibling"), now=NOVEMBER,
    )  # fmt: skip
    assert write(client, play, looked).status_code == 409
    assert play.entry("lz", "work").self_statement == "同事填的"
    assert (
        client.post(reverse("assessment:self_back", args=[play.row("lz").pk]), {"kept": "x"}).status_code
        == 400
    )
