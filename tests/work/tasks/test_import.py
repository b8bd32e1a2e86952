"""Last year's 台账 comes in: the dry run says what it adds and changes, a repeat adds nothing, supports are real units."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from tests.kit.bad_files import xlsx_file
from tests.work.tasks.conftest import HandOut, at_most, fresh, on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Todo
from zhize.apps.work.models import Task, TaskChange, TaskUnit
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.fields import Outcome, specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRow, ImportRun

HEAD = ["年度", "编号", "工作任务", "责任单位", "协办单位", "完成时限", "办理情况", "进展情况"]
LEDGER: list[list[object]] = [
    HEAD,
    ["2012", "督1", "开展监督抽查", "省质监局", "省工商局", "2012年9月30日", "办理中", "已抽样 40 批次"],
    ["2012年度", "督2", "清查流通市场", "省工商局", "", "2012-06-30", "办结销号", "已清查"],
    ["2012", "督3", "培育名牌产品", "省质监局", "", "", "持续推进", ""],
]


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def staged(world: World, table: list[list[object]], by: str = "office") -> ImportRun:
    raw, spec = xlsx_file(table), specs()["work.task_ledger"]
    run = import_upload(
        spec=spec,
        upload=io.BytesIO(raw),
        name="台账.xlsx",
        size=len(raw),
        actor=world.actor(by),
        now=on(3, 5),
    )
    return ImportRun.objects.system("test").get(pk=run.pk)


def published(world: World, run: ImportRun) -> Outcome:
    return import_publish(
        run=run, spec=specs()["work.task_ledger"], only_good=False, actor=world.actor("office"), now=on(3, 5)
    )


def effects(run: ImportRun) -> list[str]:
    return list(ImportRow.objects.filter(run=run).order_by("line").values_list("effect", flat=True))


def wrong(run: ImportRun) -> list[str]:
    return [p["text"] for row in ImportRow.objects.filter(run=run) for p in row.problems]


def test_the_dry_run_writes_nothing_and_publishing_adds_what_it_said(world: World, year: WorkYear) -> None:
    run = staged(world, LEDGER)
    assert effects(run) == ["add", "add", "add"]
    assert not Task.objects.system("test").exists()
    assert published(world, run) == Outcome(3, 0, 0)
    rows = (
        Task.objects.system("test")
        .order_by("code")
        .values_list("code", "state", "due_on", "done_on", "percent")
    )
    assert list(rows) == [
        ("督1", "running", on(9, 30).date(), None, 0),
        ("督2", "closed", on(6, 30).date(), on(6, 30).date(), 100),
        ("督3", "continuing", None, None, 0),
    ]
    first = Task.objects.system("test").get(code="督1")
    links = TaskUnit.objects.system("test").filter(task=first).values_list("unit__name", "role")
    assert list(links) == [("省质监局", "lead"), ("省工商局", "support")]
    assert [t.kind for t in Todo.objects.system("test")] == ["task.do"], "closed and continuing await nobody"
    assert Entry.objects.system("test").get(type="work.task.imported").rows_digest


def test_a_repeat_adds_nothing_and_a_changed_row_changes_only_itself(world: World, year: WorkYear) -> None:
    published(world, staged(world, LEDGER))
    again = staged(world, LEDGER)
    assert effects(again) == ["same"] * 3
    with pytest.raises(StateConflict, match="一致"):
        published(world, again)
    moved = [list(row) for row in LEDGER]
    moved[1][4], moved[1][5] = "", "2012-10-31"
    run = staged(world, moved)
    assert effects(run) == ["change", "same", "same"]
    assert published(world, run) == Outcome(0, 1, 0)
    task = Task.objects.system("test").get(code="督1")
    assert (task.due_on, task.first_due_on, task.supports) == (on(10, 31).date(), on(9, 30).date(), "")
    assert TaskUnit.objects.system("test").filter(task=task).count() == 1
    change = TaskChange.objects.system("test").get()
    assert (change.kind, change.old_due_on, change.new_due_on) == ("due", on(9, 30).date(), on(10, 31).date())


def test_what_cannot_be_taken_is_told_with_its_row_before_anything_is_written(
    world: World, year: WorkYear
) -> None:
    table = [
        HEAD,
        ["2012", "督1", "任务", "省天文台", "", "", "", ""],
        ["2012", "督2", "任务", "省质监局", "省天文台", "6月30日", "", ""],
        ["2013", "督3", "任务", "省质监局", "", "", "快完了", ""],
        ["2012", "", "任务", "省质监局", "", "", "", ""],
    ]
    told = "\n".join(wrong(staged(world, table)))
    for words in (
        "没有找到“省天文台”",
        "“省天文台”不在可选范围内",
        "6月30日",
        "没有找到“2013”",
        "快完了",
        "没有填写",
    ):
        assert words in told, words


def test_a_file_does_not_take_a_step_that_people_must_take(
    world: World, year: WorkYear, hand_out: HandOut
) -> None:
    task = hand_out()
    table = [HEAD, ["2012", task.code, task.title, "省工商局", "", "2012-06-30", "待承办确认", ""]]
    with pytest.raises(BadInput, match="已有任务的“牵头单位”不能由导入改变"):
        published(world, staged(world, table))
    assert fresh(task).lead_unit == world.unit["zjj"]


def test_only_the_office_brings_a_ledger(world: World, year: WorkYear) -> None:
    with pytest.raises(NotAllowed):
        staged(world, LEDGER, by="liaison")


def test_a_thousand_rows_cost_a_number_of_statements_that_grows_with_chunks_only(
    world: World, year: WorkYear
) -> None:
    rows = [["2012", f"督{n}", f"任务{n}", "省质监局", "", "2012-09-30", "", ""] for n in range(1000)]
    run = staged(world, [HEAD, *rows])
    with at_most(120):
        assert published(world, run) == Outcome(1000, 0, 0)
