"""责任清单 and 任务分工表 as files: rows, filter, lead and support, repeated head, cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.world import World

from zhize.apps.regulations.models import Duty, DutyHolder

Get = Callable[..., bytes]


@pytest.fixture
def get(world: World, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Get:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: now.date())
    client = Client()
    client.force_login(world.user["office"], backend="django.contrib.auth.backends.ModelBackend")

    def ask(status: int = 200, **query: str) -> bytes:
        response = client.get("/duties/paper/", query)
        assert response.status_code == status
        return b"".join(response) if response.streaming else response.content

    return ask


def _duty(world: World, code: str, text: str, *holders: tuple[str, str], nature: str = "once") -> Duty:
    duty = Duty.objects.create(
        jurisdiction=world.jurisdiction["gs"], code=code, title=text, text=text, nature=nature
    )
    for order, (unit, role) in enumerate(holders):
        DutyHolder.objects.create(
            duty=duty, unit=world.unit[unit], printed=world.unit[unit].name, role=role, order=order
        )
    return duty


def _rows(content: bytes) -> list[list[str]]:
    (grid,) = docx.Document(BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in grid.rows]


def test_the_register_has_a_row_a_duty_and_holder_and_keeps_a_duty_nobody_holds(
    world: World, get: Get
) -> None:
    _duty(world, "1#1", "开展执法检查", ("zjj", "joint"), ("gsj", "lead"))
    _duty(world, "2#1", "制定方案")
    head, *rows = _rows(get(paper="register", **{"as": "docx"}))
    assert head == ["序号", "责任主体", "职责", "条款", "周期与期限"]
    zjj, gsj = (world.unit[key].name for key in ("zjj", "gsj"))
    assert [row[:3] for row in rows] == [
        ["1", zjj, "开展执法检查"],
        ["2", f"{gsj}（牵头）", "开展执法检查"],
        ["3", "未明确", "制定方案"],
    ]
    book = openpyxl.load_workbook(BytesIO(get(paper="register", **{"as": "xlsx"})))
    sheet = [list(line) for line in book.active.iter_rows(values_only=True)]
    assert [line[1] for line in sheet] == ["责任主体", zjj, gsj, "未明确"]


def test_the_division_sets_lead_and_support_apart_and_makes_nobody_a_lead(world: World, get: Get) -> None:
    _duty(world, "1#1", "建立联席会议", ("zjj", "lead"), ("gsj", "support"), ("lz_gov", "co_act"))
    _duty(world, "2#1", "各负其责", ("zjj", "joint"), ("gsj", "joint"))
    names = {key: world.unit[key].name for key in ("zjj", "gsj", "lz_gov")}
    _head, first, second = _rows(get(paper="division", **{"as": "docx"}))
    assert first[2:4] == [names["zjj"], f"{names['gsj']}、{names['lz_gov']}（会同）"]
    assert second[2:4] == [f"{names['zjj']}、{names['gsj']}", ""]
    book = openpyxl.load_workbook(BytesIO(get(paper="division", **{"as": "xlsx"})))
    heads, *sheet = [list(line) for line in book.active.iter_rows(values_only=True)]
    assert heads[1:4] == ["工作任务", "牵头（责任）单位", "配合单位"]
    assert [[cell or "" for cell in line[2:4]] for line in sheet] == [first[2:4], second[2:4]]


def test_the_filter_of_the_list_holds_and_the_paper_says_it(world: World, get: Get) -> None:
    _duty(world, "1#1", "开展执法检查", ("zjj", "joint"), nature="standing")
    _duty(world, "2#1", "制定方案", ("zjj", "joint"), nature="once")
    content = get(paper="register", nature="standing", **{"as": "docx"})
    assert [row[2] for row in _rows(content)[1:]] == ["开展执法检查"]
    words = "".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
    assert "职责1项" in words and "筛选条件：性质：常态履职。" in words


def test_the_head_stands_on_every_page_and_there_is_no_red_head(world: World, get: Get) -> None:
    for number in range(60):
        _duty(world, f"{number}#1", f"第{number}项工作", ("zjj", "joint"))
    pages = [p.extract_text() for p in pypdf.PdfReader(BytesIO(get(paper="division", **{"as": "pdf"}))).pages]
    assert len(pages) > 1 and all("工作任务" in text and "—" in text for text in pages)
    assert pages[0].replace("\n", "").startswith(f"{world.jurisdiction['gs'].name}任务分工表")


def test_nothing_found_is_said_and_what_is_not_offered_is_refused(
    world: World, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "".join(p.text for p in docx.Document(BytesIO(get())).paragraphs)
    assert "没有符合条件的职责" in words
    assert "没有这种文表" in get(400, paper="division", **{"as": "ofd"}).decode()
    assert "筛选条件有误" in get(400, nature="none-such").decode()
    monkeypatch.setattr("zhize.apps.regulations.views.duty_papers.MOST", 1)
    _duty(world, "1#1", "甲")
    _duty(world, "2#1", "乙")
    assert "请先筛选" in get(400).decode()


def test_many_duties_cost_the_statements_of_few(world: World, get: Get) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            get(paper="division")
        return len(seen)

    _duty(world, "0#1", "甲", ("zjj", "joint"))
    statements()
    few = statements()
    for number in range(1, 20):
        _duty(world, f"{number}#1", "乙", ("zjj", "joint"), ("gsj", "joint"))
    assert statements() == few
