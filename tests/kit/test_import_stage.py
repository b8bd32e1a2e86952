"""The dry run: what would be added, changed, left; every error by sheet, row and column, with its remedy."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter
from tests.kit.importing import HEAD, fresh, problems, row, upload, workbook

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Unit
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed
from zhize.kit.imports.services import import_drop
from zhize.kit.models import ImportRow, ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_new_rows_changed_rows_and_equal_rows_are_told_apart(office: Actor, now: datetime) -> None:
    zjj = Unit.objects.system("test").get(code="test-zjj")
    same = ["test-gsj", "省工商局", "甘肃省", "政府部门", 3, "2011-01-01", "是"]
    changed = ["test-zjj", "省质量技术监督局", "甘肃省", "政府部门", zjj.order, "2011-01-01", "是"]
    run = upload(workbook(row(1), changed, same), office, now)
    assert (run.state, run.counts) == ("ready", {"add": 1, "change": 1, "same": 1, "error": 0})
    change = ImportRow.objects.get(run=run, effect="change")
    assert change.before["name"] == "省质监局"
    assert change.values["name"] == "省质量技术监督局"
    assert Unit.objects.system("test").filter(code="u1").count() == 0, "a dry run writes nothing"
    assert Entry.objects.system("test").filter(type="kit.import.uploaded").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": ""}, "第 2 行“代码”列：没有填写。请填写代码。"),
        ({"name": "长" * 81}, "第 2 行“单位名称”列：有 81 个字，超过 80 个。请缩短。"),
        ({"region": "火星"}, "第 2 行“地区”列：没有找到“火星”"),
        ({"kind": "企业"}, "不在可选范围内。请填写以下之一：人民政府"),
        ({"order": "第一"}, "“第一”不是整数"),
        ({"order": 1.5}, "“1.5”不是整数"),
        ({"order": 10000}, "10000 大于 9999"),
        ({"valid_from": "去年"}, "不是日期。请按 2012-03-05 的样式填写。"),
        ({"valid_from": "2011-02-30"}, "不是存在的日期"),
        ({"confirmed": "也许"}, "不是“是”或“否”"),
        ({"name": "=HYPERLINK(1)"}, "以公式开头"),
        ({"name": "@SUM(A1)"}, "以公式开头"),
    ],
)
def test_an_error_names_sheet_row_column_and_remedy(
    office: Actor, now: datetime, change: dict[str, Any], words: str
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("名册")
    page.write_row(0, 0, HEAD)
    page.write_row(1, 0, row(1, **change))
    book.close()
    run = upload(out.getvalue(), office, now)
    assert run.counts["error"] == 1
    found = problems(run)
    assert len(found) == 1
    assert found[0].startswith("表“名册”第 2 行")
    assert words in found[0]


def test_formula_cells_are_refused_by_place_and_others_stand(office: Actor, now: datetime) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("名册")
    page.write_row(0, 0, HEAD)
    page.write_row(1, 0, row(1))
    page.write_row(2, 0, row(2))
    page.write_formula(2, 4, "=1+1", value=2)
    book.close()
    run = upload(out.getvalue(), office, now)
    assert run.counts == {"add": 1, "change": 0, "same": 0, "error": 1}
    assert problems(run) == [
        "表“名册”第 3 行“建制顺序”列：这一格是公式。请复制该列，用“选择性粘贴 → 数值”贴回后再上传。"
    ]


def test_a_row_that_comes_twice_is_told_with_its_first(office: Actor, now: datetime) -> None:
    run = upload(workbook(row(1), row(2), row(1, name="另一名称")), office, now)
    assert problems(run) == ["表“名册”第 4 行：与第 2 行重复。请删去其中一行。"]


@pytest.mark.parametrize(
    "region", ["620100", "兰州市", "兰州市（620100）", "金城", " 兰州市 ", "兰州市(620100)"]
)
def test_a_reference_is_understood_by_key_label_both_or_alias(
    office: Actor, now: datetime, region: str
) -> None:
    run = upload(workbook(row(1, region=region)), office, now)
    assert problems(run) == []


def test_two_things_of_one_name_are_not_guessed(office: Actor, now: datetime, world: Any) -> None:
    twin = world.region["cg"]
    twin.name = "天水市"
    twin.save()
    run = upload(workbook(row(1, region="天水市")), office, now)
    assert "有 2 个“天水市”" in problems(run)[0]
    assert "代码" in problems(run)[0]


def test_a_partial_table_changes_what_it_holds_but_cannot_add(office: Actor, now: datetime) -> None:
    run = upload(workbook(["test-zjj", "新名称"], ["u9", "新单位"], head=["代码", "单位名称"]), office, now)
    assert run.counts == {"add": 0, "change": 1, "same": 0, "error": 1}
    assert "是新的一行，但表里没有“地区、类别”列" in problems(run)[0]


def test_an_empty_cell_means_the_columns_default_where_it_must_hold_something(
    office: Actor, now: datetime
) -> None:
    run = upload(workbook(row(1, order="", valid_from="", confirmed="")), office, now)
    values = ImportRow.objects.get(run=run).values
    assert (values["order"], values["valid_from"], values["confirmed"]) == (0, None, False)


def test_statements_do_not_grow_with_rows(
    office: Actor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    few = workbook(*[row(n) for n in range(5)])
    many = workbook(*[row(n) for n in range(450)])
    with django_assert_max_num_queries(60) as first:
        upload(few, office, now)
    with django_assert_max_num_queries(len(first.captured_queries) + 8):
        upload(many, office, now)


def test_only_who_may_edit_may_import(liaison: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="不能导入测试单位"):
        upload(workbook(row(1)), liaison, now)


def test_a_cancelled_staging_leaves_a_run_that_says_so(
    office: Actor, now: datetime, monkeypatch: Any
) -> None:
    from zhize.kit.jobs import Cancelled, Progress

    def stop(self: Progress, done: int, total: int) -> None:
        raise Cancelled

    monkeypatch.setattr(Progress, "step", stop)
    run = upload(workbook(row(1)), office, now)
    assert run.state == "failed"
    assert "没有完成" in run.problems[0]


def test_a_dropped_import_leaves_no_rows(office: Actor, now: datetime) -> None:
    run = upload(workbook(row(1)), office, now)
    import_drop(run=run, actor=office, now=now)
    assert fresh(run).state == ImportRun.State.DROPPED
    assert not ImportRow.objects.filter(run=run).exists()
