"""Publishing: all or nothing, once, and only what the dry run showed."""

from __future__ import annotations

import io
import json
import os
import signal
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connections
from tests.kit.importing import HEAD, SPEC, fresh, hooks, problems, row, upload, workbook

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Unit
from zhize.kit.actor import Actor
from zhize.kit.bulk import bulk_upsert
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.fields import Outcome
from zhize.kit.imports.publish import StagedRows, import_publish
from zhize.kit.imports.services import import_stage
from zhize.kit.imports.template import template, wrong_rows
from zhize.kit.models import ImportRow, ImportRun
from zhize.kit.rowfile import rowfile_name

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture(autouse=True)
def _no_hooks() -> Iterator[None]:
    yield
    hooks.clear()


def publish(run: ImportRun, actor: Actor, now: datetime, *, only_good: bool = False) -> Outcome:
    return import_publish(run=run, spec=SPEC, only_good=only_good, actor=actor, now=now)


def units() -> int:
    return Unit.objects.system("test").count()


def test_what_the_dry_run_showed_is_written_with_one_audit_entry(office: Actor, now: datetime) -> None:
    changed = ["test-zjj", "省质量技术监督局", "甘肃省", "政府部门", 2, "2011-01-01", "是"]
    run = upload(workbook(row(1, region="兰州市"), changed), office, now)
    assert publish(run, office, now) == Outcome(1, 1, 0)
    made = Unit.objects.system("test").get(code="u1")
    assert (made.region.name, made.kind, made.order, str(made.valid_from)) == (
        "兰州市",
        "department",
        1,
        "2011-01-01",
    )
    zjj = Unit.objects.system("test").get(code="test-zjj")
    assert (zjj.name, zjj.version) == ("省质量技术监督局", 2)
    entry = Entry.objects.system("test").get(type="test.unit.imported")
    assert entry.channel == "import"
    stored = default_storage.open(rowfile_name(entry.rows_digest)).read().decode().splitlines()
    assert [json.loads(line)["effect"] for line in stored] == ["add", "change"]


def test_a_repeated_import_adds_nothing(office: Actor, now: datetime) -> None:
    raw = workbook(*[row(n) for n in range(30)])
    publish(upload(raw, office, now), office, now)
    before = units()
    again = upload(raw, office, now)
    assert again.counts == {"add": 0, "change": 0, "same": 30, "error": 0}
    with pytest.raises(StateConflict, match="没有要导入的行"):
        publish(again, office, now)
    assert units() == before


def test_the_same_run_is_published_once(office: Actor, now: datetime) -> None:
    run = upload(workbook(row(1)), office, now)
    publish(run, office, now)
    with pytest.raises(StateConflict, match="已导入"):
        publish(run, office, now)


def test_with_errors_nothing_is_published_unless_only_the_good_rows_are_asked_for(
    office: Actor, now: datetime
) -> None:
    run = upload(workbook(row(1), row(2, region="火星")), office, now)
    with pytest.raises(StateConflict, match="有 1 行有错误"):
        publish(run, office, now)
    assert not Unit.objects.system("test").filter(code="u1").exists()
    assert publish(run, office, now, only_good=True) == Outcome(1, 0, 0)


@pytest.mark.parametrize("by_another", ["changed", "added", "deleted"])
def test_what_another_changed_since_the_dry_run_is_not_overwritten(
    office: Actor, now: datetime, by_another: str
) -> None:
    publish(upload(workbook(row(1)), office, now), office, now)
    run = upload(workbook(row(1, name="我的名称"), row(2)), office, now)
    theirs = Unit.objects.system("test").filter(code="u1")
    if by_another == "changed":
        theirs.update(name="他人的名称")
    elif by_another == "added":
        Unit.objects.create(code="u2", name="他人新增", region=theirs.get().region)
    else:
        theirs.delete()
    with pytest.raises(StateConflict, match="被他人改动") as error:
        publish(run, office, now)
    assert "重新核对" in error.value.problem.remedy
    import_stage(run=fresh(run), spec=SPEC, actor=office, now=now)
    publish(fresh(run), office, now)
    assert Unit.objects.system("test").get(code="u1").name == "我的名称"


def test_a_failure_in_the_middle_leaves_everything_as_before(office: Actor, now: datetime) -> None:
    run = upload(workbook(*[row(n) for n in range(20)]), office, now)
    before = units()

    def die() -> None:
        assert units() == before + 20, "the rows were written by then"
        raise RuntimeError("killed")

    hooks["after"] = die
    with pytest.raises(RuntimeError):
        publish(run, office, now)
    assert units() == before
    assert fresh(run).state == "ready"
    assert not Entry.objects.system("test").filter(type="test.unit.imported").exists()


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_in_the_middle_leaves_before_and_the_import_can_go_on(
    office: Actor, now: datetime
) -> None:
    run = upload(workbook(*[row(n) for n in range(50)]), office, now)
    before = units()
    connections.close_all()
    child = os.fork()
    if child == 0:
        hooks["after"] = lambda: os.kill(os.getpid(), signal.SIGKILL)
        publish(run, office, now)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert units() == before
    assert fresh(run).state == "ready"
    assert publish(fresh(run), office, now).added == 50


def test_a_clash_with_a_row_out_of_sight_is_told_in_words(
    office: Actor, now: datetime, monkeypatch: Any
) -> None:
    from dataclasses import replace

    blind = replace(SPEC, rows=lambda actor: Unit.objects.visible_to(actor).exclude(code="test-zjj"))
    monkeypatch.setattr("tests.kit.importing.SPEC", blind)
    monkeypatch.setattr("zhize.kit.fields._things", {SPEC.kind: blind})
    run = upload(workbook(row(1, code="test-zjj")), office, now)
    with pytest.raises(BadInput, match="您看不到的已有记录"):
        import_publish(run=fresh(run), spec=blind, only_good=False, actor=office, now=now)


def test_only_who_may_edit_publishes(office: Actor, liaison: Actor, now: datetime) -> None:
    run = upload(workbook(row(1)), office, now)
    with pytest.raises(NotAllowed):
        publish(run, liaison, now)


def test_a_thousand_rows_are_saved_in_at_most_twenty_statements(
    office: Actor, now: datetime, django_assert_max_num_queries: Any
) -> None:
    run = upload(workbook(*[row(n) for n in range(1000)]), office, now)
    rows = list(StagedRows(run, SPEC, office))

    with django_assert_max_num_queries(20):
        assert bulk_upsert(SPEC, rows, actor=office) == Outcome(1000, 0, 0)
    with django_assert_max_num_queries(4):
        assert bulk_upsert(SPEC, rows, actor=office) == Outcome(0, 0, 1000)


def test_bulk_save_refuses_a_value_its_column_cannot_hold(office: Actor, now: datetime) -> None:
    run = upload(workbook(row(1)), office, now)
    data = list(StagedRows(run, SPEC, office))
    with pytest.raises(BadInput) as error:
        bulk_upsert(SPEC, [{**data[0], "name": "长" * 99}], actor=office)
    assert "单位名称" in error.value.problems[0].where


def test_bulk_save_asks_before_it_changes_a_row(office: Actor, now: datetime) -> None:
    run = upload(workbook(["test-zjj", "x", "甘肃省", "政府部门", 2, "", "是"]), office, now)
    with pytest.raises(BadInput, match="不能由您修改"):
        bulk_upsert(SPEC, StagedRows(run, SPEC, office), actor=office, may_change=lambda thing: False)


def test_staged_rows_read_like_a_sequence(office: Actor, now: datetime) -> None:
    rows = StagedRows(upload(workbook(row(1), row(2)), office, now), SPEC, office)
    assert len(rows) == 2
    assert rows[1]["code"] == "u2"
    assert [r["code"] for r in rows[:1]] == ["u1"]
    assert [r["region"].name for r in rows] == ["甘肃省", "甘肃省"]


def test_the_template_reads_back_as_its_own_header_and_its_example_is_no_row(
    office: Actor, now: datetime
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(SPEC, office)))
    assert book["选项"].sheet_state == "hidden"
    page = book.worksheets[0]
    assert [c.value for c in page[3]][:2] == ["代码 *", "单位名称 *"]
    assert page.freeze_panes == "B4"
    assert {str(v.type) for v in page.data_validations.dataValidation} >= {
        "list",
        "date",
        "whole",
        "textLength",
    }
    assert "options_2" in book.defined_names
    for at, value in enumerate(row(1), 1):
        page.cell(4, at, value)
    out = io.BytesIO()
    book.save(out)
    run = upload(out.getvalue(), office, now)
    assert problems(run) == []
    assert run.counts == {"add": 1, "change": 0, "same": 0, "error": 0}


def test_wrong_rows_come_back_with_their_words_and_can_be_corrected_in_place(
    office: Actor, now: datetime
) -> None:
    run = upload(workbook(row(1), row(2, region="火星"), row(3, order="三")), office, now)
    raw = wrong_rows(run, SPEC, ImportRow.objects.filter(run=run, effect="error").order_by("line"))
    book = openpyxl.load_workbook(io.BytesIO(raw))
    page = book.worksheets[0]
    assert page.max_row == 3
    assert page.cell(2, len(HEAD) + 1).value == 3
    assert "没有找到“火星”" in page.cell(2, len(HEAD) + 2).value
    page.cell(2, 3, "兰州市")
    page.cell(3, 5, 3)
    out = io.BytesIO()
    book.save(out)
    again = upload(out.getvalue(), office, now)
    assert again.counts == {"add": 2, "change": 0, "same": 0, "error": 0}
