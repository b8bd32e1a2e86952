"""A plan as a workbook: handed out for a call, judged cell by cell when it comes back, taken whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.requests.packing import dropped, files, upload
from tests.work.plans.conftest import Desk, items, on

from zhize.apps.requests import services as asking
from zhize.apps.requests.mapping.pack_book import pack_bytes
from zhize.apps.requests.models import PackFile, PackRun, UnitRequest
from zhize.apps.work import services
from zhize.apps.work.forms.plan_pack import NEW_ROWS, PACK
from zhize.apps.work.models import Plan
from zhize.kit.pack_sheet import TABLE

pytestmark = pytest.mark.django_db
Verdict = PackFile.Verdict
Spoil = Callable[[openpyxl.Workbook], None]
HEADS = [
    "序号",
    "工作事项 *",
    "板块 *",
    "目标 *",
    "措施 *",
    "完成时限 *",
    "牵头单位 *",
    "配合单位",
    "会同单位",
    "对应职责",
    "责任人",
]
LINE = {
    "B": "开展重点产品质量监督抽查",
    "C": "产品质量",
    "D": "批次合格率达到92%以上。",
    "E": "制定抽查计划，公布结果。",
    "F": "2012-11-30",
    "G": "省质监局",
}


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: on(1, 20).date())


def request_of(desk: Desk, unit: str = "zjj") -> UnitRequest:
    rows = UnitRequest.objects.system("test").select_related(
        "call__year", "call__jurisdiction", "unit", "jurisdiction"
    )
    return rows.get(call=desk.call, unit=desk.world.unit[unit])


def workbook(desk: Desk, lines: list[dict[str, Any]], *, unit: str = "zjj", own: bool = False, first: int = 6, spoil: Spoil | None = None) -> bytes:  # fmt: skip
    """The unit's workbook with these lines from row `first` on, then spoiled."""
    request = request_of(desk, unit)
    book = openpyxl.load_workbook(
        io.BytesIO(pack_bytes(request, {}, desk.actor("office"), PACK.table(request, own)))
    )
    for row, line in enumerate(lines, first):
        for column, value in line.items():
            book[TABLE][f"{column}{row}"].value = value
    if spoil:
        spoil(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def drop(desk: Desk, content: bytes) -> PackRun:
    return dropped(desk.call, desk.world, on(1, 20), upload(content))


def take(desk: Desk, run: PackRun, replace: tuple[int, ...] = ()) -> PackFile:
    asking.packs_take(run=run, replace=set(replace), version=None, actor=desk.actor("office"), now=on(1, 21))
    done: PackFile = files(run).get()
    return done


def plan_of(desk: Desk, unit: str = "zjj") -> Plan:
    return Plan.objects.system("test").get(request=request_of(desk, unit))


def test_the_office_hands_out_empty_rows_with_the_fields_of_an_item(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(desk, [])))[TABLE]
    assert [cell.value for cell in sheet[5]][: len(HEADS)] == HEADS
    assert sheet["B3"].value == "省质监局" and sheet["B6"].value is None
    assert not sheet["B6"].protection.locked and sheet.max_row >= 5 + NEW_ROWS


def test_what_comes_back_is_the_plan_handed_in_on_the_day_it_came(desk: Desk) -> None:
    second = {**LINE, "B": "推进实验室能力建设", "C": "质量基础", "H": "省工商局"}
    run = drop(desk, workbook(desk, [LINE, second]))
    assert files(run).get().verdict == Verdict.READY
    assert take(desk, run).verdict == Verdict.TAKEN
    plan = plan_of(desk)
    assert (plan.state, plan.submitted_at and plan.submitted_at.date()) == ("submitted", on(1, 20).date())
    made = items(plan)
    assert [(i.order, i.title, i.part) for i in made] == [
        (1, LINE["B"], "product"),
        (2, second["B"], "foundation"),
    ]
    assert made[1].support_names == "省工商局" and made[0].lead_unit.name == "省质监局"
    assert request_of(desk).state == "submitted"


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ({**LINE, "D": None}, "明细表D6格“目标”", "没有填写"),
        ({**LINE, "F": "2013-02-01"}, "明细表F6格“完成时限”", "不在2012年"),
        ({**LINE, "G": "省火星局"}, "明细表G6格“牵头单位”", "没有找到“省火星局”"),
        ({**LINE, "H": "省工商局、某厅"}, "明细表H6格“配合单位”", "不认识“某厅”"),
        ({**LINE, "C": "产品"}, "明细表C6格“板块”", "“产品”"),
        ({**LINE, "D": "=1+1"}, "明细表D6格“目标”", "公式"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(
    desk: Desk, line: dict[str, Any], place: str, words: str
) -> None:
    run = drop(desk, workbook(desk, [LINE, line][1:]))
    row = files(run).get()
    assert row.verdict == Verdict.REFUSED
    assert any(one.startswith(place) and words in one for one in row.problems), row.problems
    assert not Plan.objects.system("test").filter(request=request_of(desk)).exists()


def test_a_workbook_without_items_is_refused(desk: Desk) -> None:
    assert "计划里还没有事项" in "".join(files(drop(desk, workbook(desk, []))).get().problems)


def test_what_the_unit_wrote_on_line_meanwhile_is_a_conflict_for_a_person(desk: Desk) -> None:
    content = workbook(desk, [LINE])
    desk.item(desk.plan(), title="网上写的事项")
    run = drop(desk, content)
    row = files(run).get()
    assert (row.verdict, row.changed) == (Verdict.CONFLICT, ["事项“网上写的事项”"])
    assert take(desk, run).verdict == Verdict.LEFT
    assert [i.title for i in items(plan_of(desk))] == ["网上写的事项"]


def test_the_office_may_take_the_workbook_all_the_same(desk: Desk) -> None:
    content = workbook(desk, [LINE])
    desk.item(desk.plan(), title="网上写的事项")
    run = drop(desk, content)
    assert take(desk, run, (files(run).get().pk,)).verdict == Verdict.TAKEN
    assert [i.title for i in items(plan_of(desk))] == [LINE["B"]]


def test_the_units_own_workbook_changes_adds_and_leaves_out(desk: Desk) -> None:
    plan = desk.plan()
    for title in ("第一项", "第二项"):
        desk.item(plan, title=title)
    request = request_of(desk)

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[TABLE]
        assert [sheet["B6"].value, sheet["B7"].value] == ["第一项", "第二项"]
        for cell in sheet[7][1:11]:
            cell.value = None
        sheet["D6"].value = "合格率达到95%以上。"

    content = workbook(desk, [LINE], own=True, first=8, spoil=edit)
    asking.pack_fill(request=request, upload=upload(content), actor=desk.actor("liaison"), now=on(1, 20))
    made = items(plan_of(desk))
    assert [(i.title, i.goal) for i in made] == [("第一项", "合格率达到95%以上。"), (LINE["B"], LINE["D"])]
    assert plan_of(desk).state == "draft"


def test_an_item_changed_on_line_since_is_not_overwritten(desk: Desk) -> None:
    plan = desk.plan()
    item = desk.item(plan, title="第一项")
    content = workbook(desk, [], own=True)
    services.plan_item_update(
        thing=item, data={"goal": "网上改过"}, version=None, actor=desk.actor("liaison"), now=on(1, 15)
    )
    row = files(drop(desk, content)).get()
    assert row.verdict == Verdict.REFUSED and "导出之后系统中的这张表改过了" in row.problems[0]
    assert items(plan_of(desk))[0].goal == "网上改过"


def test_the_statements_do_not_grow_with_the_rows(desk: Desk) -> None:
    taken = []
    for unit, number in (("zjj", 2), ("gsj", 20)):
        lines = [{**LINE, "B": f"第{n}项"} for n in range(number)]
        run = drop(desk, workbook(desk, lines, unit=unit))
        with CaptureQueriesContext(connection) as seen:
            take(desk, run)
        taken.append(len(seen))
        assert len(items(plan_of(desk, unit))) == number
    assert taken[0] == taken[1]
