"""Workbooks that come back: known by their mark, read, refused in words, taken whole or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.requests.conftest import FULL, Make, fill, of, send
from tests.requests.packing import DONE, Spoil, dropped, files, filled, upload, zipped
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.requests.mapping.pack_opening import MARKED, SHEET
from zhize.apps.requests.models import Call, PackFile, PackRun
from zhize.apps.requests.services import packs_drop, packs_open, packs_take
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

Verdict = PackFile.Verdict


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def take(run: PackRun, world: World, now: datetime, replace: set[int] = frozenset()) -> PackRun:  # type: ignore[assignment]
    return packs_take(run=run, replace=set(replace), version=None, actor=world.actor("office"), now=now)


def test_two_packs_and_a_zip_are_taken_as_the_answers_of_their_units(
    call: Call, world: World, now: datetime
) -> None:
    other = zipped({"甲/随便.xlsx": filled(call, world, "gsj", {**DONE, "抽查批次（批） *": "７"})})
    run = dropped(call, world, now, upload(filled(call, world, "zjj")), other)
    assert [(f.name, f.verdict) for f in files(run)] == [
        ("报送.xlsx", "ready"),
        ("随便.xlsx", "ready"),
    ]
    assert of(call, world, "zjj").state == "waiting"
    take(run, world, now)
    done = of(call, world, "zjj")
    assert done.state == "submitted" and done.handed_in is not None
    assert done.handed_in["answers"] == {"done": "开展了监督抽查。", "batches": 120, "held_on": "2012-02-20"}
    assert "代录" in done.submitted_by and of(call, world, "gsj").handed_in["answers"]["batches"] == 7
    entry = Entry.objects.system("test").filter(type="requests.unit_request.pack_taken").first()
    assert entry is not None and entry.after["handed_in"]


def _rename(book: openpyxl.Workbook) -> None:
    book[SHEET].title = "Sheet1"


def _move_column(book: openpyxl.Workbook) -> None:
    book[SHEET].insert_cols(2)


def _insert_row(book: openpyxl.Workbook) -> None:
    book[SHEET].insert_rows(7)


def _formula(book: openpyxl.Workbook) -> None:
    book[SHEET]["B7"].value = "=SUM(A1:A9)"


def _other_unit(book: openpyxl.Workbook) -> None:
    book[SHEET]["B3"].value = "别的单位"


def _mark_changed(book: openpyxl.Workbook) -> None:
    sheet = book[MARKED]
    sheet["A1"].value = sheet["A1"].value[:-3] + "abc"


def _mark_gone(book: openpyxl.Workbook) -> None:
    del book[MARKED]


def _words_for_a_number(book: openpyxl.Workbook) -> None:
    book[SHEET]["B7"].value = "一百二十批左右"


def _below(book: openpyxl.Workbook) -> None:
    book[SHEET]["B30"].value = "另有一事"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_rename, "没有名为“填报表”的工作表"),
        (_move_column, "填报表B5格：应为“填写内容”"),
        (_insert_row, "填报表A7格：应为“抽查批次（批） *”，现为“”"),
        (_formula, "填报表B7格“抽查批次（批）”：是公式，不是数值"),
        (_other_unit, "这份表是另一个单位的"),
        (_mark_changed, "报送包的标识无效"),
        (_mark_gone, "不是本系统的报送包"),
        (_words_for_a_number, "填报表B7格“抽查批次（批）”：“一百二十批左右”不是整数"),
        (_below, "最后一项之下还有内容"),
    ],
)  # fmt: skip
def test_a_spoiled_pack_is_refused_naming_place_and_remedy_and_takes_nothing(
    call: Call, world: World, now: datetime, spoil: Spoil, words: str
) -> None:
    run = dropped(call, world, now, upload(filled(call, world, "zjj", spoil=spoil)))
    one = files(run).get()
    assert one.verdict == Verdict.REFUSED and words in "".join(one.problems), one.problems
    take(run, world, now)
    assert of(call, world, "zjj").state == "waiting" and files(run).get().verdict == Verdict.REFUSED


def test_files_that_are_no_packs_are_refused_each_by_itself(call: Call, world: World, now: datetime) -> None:
    run = dropped(
        call,
        world,
        now,
        upload(b"not a workbook"),
        upload(b"plain", "说明.txt"),
        upload(filled(call, world, "zjj")),
    )
    assert [f.verdict for f in files(run)] == ["refused", "refused", "ready"]
    with pytest.raises(BadInput, match="没有文件"):
        packs_open(call=call, uploads=[], received_on=now.date(), actor=world.actor("office"), now=now)
    spoiled = zipped({"好.xlsx": filled(call, world, "zjj"), "坏.xlsx": b"PK\x03\x04 broken"})
    assert {f.name: f.verdict for f in files(dropped(call, world, now, spoiled))} == {
        "好.xlsx": "ready",
        "坏.xlsx": "refused",
    }
    with pytest.raises(BadInput, match="压缩"):
        dropped(call, world, now, upload(b"PK\x03\x04 broken", "收回.zip"))


def test_the_pack_of_another_call_says_which(issued: Make, call: Call, world: World, now: datetime) -> None:
    earlier = issued(title="去年的总结")
    run = dropped(call, world, now, upload(filled(earlier, world, "zjj")))
    assert "这是“去年的总结”（2012年度）的报送包" in files(run).get().problems[0]


def test_two_files_of_one_unit_and_one_already_handed_in_are_refused(
    call: Call, world: World, now: datetime
) -> None:
    fill(call, world, now, "gsj", "other")
    content = {unit: filled(call, world, unit) for unit in ("zjj", "gsj")}
    send(call, world, now, "gsj", "other")
    run = dropped(
        call,
        world,
        now,
        upload(content["zjj"], "一.xlsx"),
        upload(content["zjj"], "二.xlsx"),
        upload(content["gsj"]),
    )
    first, second, third = files(run)
    assert (
        first.verdict == Verdict.READY
        and "这一批里有两份" in second.problems[0]
        and "一.xlsx" in second.problems[0]
    )
    assert third.verdict == Verdict.REFUSED and "已报送" in third.problems[0]


def test_what_is_missing_is_said_and_nothing_of_the_pack_is_kept(
    call: Call, world: World, now: datetime
) -> None:
    run = dropped(call, world, now, upload(filled(call, world, "zjj", {"会议日期": "2012-02-20"})))
    take(run, world, now)
    one = files(run).get()
    assert one.verdict == Verdict.REFUSED and any("工作情况" in words for words in one.problems)
    row = of(call, world, "zjj")
    assert (row.state, row.answers) == ("waiting", {})


@pytest.mark.parametrize("replace", [True, False])
def test_a_unit_that_meanwhile_filled_in_on_line_is_a_conflict_a_person_decides(
    call: Call, world: World, now: datetime, replace: bool
) -> None:
    content = filled(call, world, "zjj")
    fill(call, world, now, answers={**FULL, "batches": "90"})
    run = dropped(call, world, now, upload(content))
    one = files(run).get()
    assert one.verdict == Verdict.CONFLICT and one.changed == ["抽查批次（批）"]
    take(run, world, now, {one.pk} if replace else frozenset())  # type: ignore[arg-type]
    row = of(call, world, "zjj")
    assert row.state == ("submitted" if replace else "drafting")
    assert row.answers["batches"] == (120 if replace else 90)
    assert files(run).get().verdict == (Verdict.TAKEN if replace else Verdict.LEFT)


def test_the_day_the_office_received_it_decides_lateness(call: Call, world: World, now: datetime) -> None:
    later = now + timedelta(days=30)
    run = dropped(call, world, later, upload(filled(call, world, "zjj")), received_on=call.due_on)
    take(run, world, later)
    assert of(call, world, "zjj").submitted_at.date() == call.due_on
    with pytest.raises(BadInput, match="收到日期"):
        dropped(
            call, world, now, upload(filled(call, world, "gsj")), received_on=(now + timedelta(days=1)).date()
        )


def test_only_the_asking_office_takes_and_a_drop_is_taken_or_dropped_once(
    call: Call, world: World, now: datetime
) -> None:
    for who in ("liaison", "other", "leader", "sibling"):
        with pytest.raises(NotAllowed):
            packs_open(
                call=call, uploads=[upload(b"x")], received_on=now.date(), actor=world.actor(who), now=now
            )
    run = dropped(call, world, now, upload(filled(call, world, "zjj")))
    packs_drop(run=run, version=None, actor=world.actor("office"), now=now)
    with pytest.raises(StateConflict, match="已放弃"):
        take(run, world, now)
    assert of(call, world, "zjj").state == "waiting"


def test_reading_a_pack_costs_the_same_however_many_came(issued: Make, world: World, now: datetime) -> None:
    call = issued()

    def statements(*units: str) -> int:
        uploads = [upload(filled(call, world, unit), f"{unit}.xlsx") for unit in units]
        with CaptureQueriesContext(connection) as seen:
            dropped(call, world, now, *uploads)
        return len(seen)

    statements("zjj")
    one, four = statements("zjj"), statements("zjj", "gsj", "lz_gov", "ts_gov")
    assert four - one <= 3 * 2


def test_five_hundred_packs_are_read_in_one_drop(call: Call, world: World, now: datetime) -> None:
    content = filled(call, world, "zjj")
    run = dropped(call, world, now, zipped({f"{number}.xlsx": content for number in range(500)}))
    assert files(run).count() == 500 and files(run).filter(verdict=Verdict.READY).count() == 1
    with pytest.raises(BadInput, match="一次最多收 500 份"):
        dropped(call, world, now, zipped({f"{n}.xlsx": b"x" for n in range(501)}))
