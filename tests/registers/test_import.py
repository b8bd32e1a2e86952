"""Another system's export: other heads below a title, dates and words in its own way, enterprises nobody knows yet."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.registers.conftest import code, sampling
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.registers.models import Record, Subject
from zhize.apps.registers.services import records_save
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.fields import Outcome, specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_map, import_stage, import_upload
from zhize.kit.imports.words import import_words, words_of
from zhize.kit.models import ImportRow, ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
HEAD = [
    "序号",
    "报告书编号",
    "受检单位名称",
    "信用代码",
    "样品名称",
    "抽样时间",
    "综合判定",
    "所在市州",
    "备注",
]
TITLE = "2012年第1季度产品质量监督抽查结果汇总表"


def export(*rows: list[Any], head: list[str] = HEAD) -> bytes:
    """A table as another system prints it: a merged title, a line about the office, then the heads."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Sheet1")
    page.merge_range(0, 0, 0, len(head) - 1, TITLE)
    page.merge_range(1, 0, 1, len(head) - 1, "填报单位：演示检验机构        制表日期：2012-04-05")
    for at, row in enumerate([head, *rows], 2):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def line(n: int, **change: Any) -> list[Any]:
    cells = {
        "at": n, "no": f"YS-{n:05d}", "name": f"演示企业{n}有限公司", "code": code(n), "product": "化肥",
        "on": "2012.2.1", "result": "符合", "region": "兰州", "note": "",
    }  # fmt: skip
    return list((cells | change).values())


def upload(raw: bytes, actor: Actor, now: datetime, kind: str = "registers.sampling") -> ImportRun:
    run = import_upload(
        spec=specs()[kind], upload=io.BytesIO(raw), name="导出.xlsx", size=len(raw), actor=actor, now=now
    )
    return fresh(run)


def fresh(run: ImportRun) -> ImportRun:
    return ImportRun.objects.system("test").get(pk=run.pk)


def publish(run: ImportRun, actor: Actor, now: datetime, *, only_good: bool = False) -> Outcome:
    return import_publish(run=run, spec=specs()[run.thing_kind], only_good=only_good, actor=actor, now=now)


def problems(run: ImportRun) -> list[str]:
    return [p["text"] for r in ImportRow.objects.filter(run=run).order_by("line") for p in r.problems]


def test_another_systems_export_is_read_by_its_own_heads_words_and_dates(
    world: World, liaison: Actor, now: datetime
) -> None:
    serial = (date(2012, 2, 4) - date(1899, 12, 30)).days
    raw = export(
        line(1), line(2, on="2012年2月2日", result="不符合"), line(3, on="20120203", result="合格"), line(4, on=serial),
        line(5, on="2012-02-05 14:30:00"),
    )  # fmt: skip
    run = upload(raw, liaison, now)
    assert (run.state, run.header_line, problems(run)) == ("ready", 3, [])
    assert run.notes == [
        "将新增 5 家企业：演示企业1有限公司、演示企业2有限公司、演示企业3有限公司、演示企业4有限公司、演示企业5有限公司"
    ]
    assert publish(run, liaison, now) == Outcome(5, 0, 0)
    rows = list(Record.objects.system("test").order_by("key"))
    assert [r.occurred_on.day for r in rows] == [1, 2, 3, 4, 5]
    assert [r.outcome for r in rows] == ["pass", "fail", "pass", "pass", "pass"]
    assert {r.region for r in rows} == {world.region["lz"]} and {r.import_id for r in rows} == {run.pk}
    assert {s.region for s in Subject.objects.system("test")} == {world.region["lz"]}


def test_one_transaction_one_entry_and_a_repeat_adds_nothing(liaison: Actor, now: datetime) -> None:
    raw = export(*[line(n) for n in range(1, 31)])
    publish(upload(raw, liaison, now), liaison, now)
    entry = Entry.objects.system("test").get(type="registers.record.imported")
    assert entry.after == {"type": "sampling", "added": 30, "changed": 0, "subjects": 30}
    assert len(entry.rows_digest) == 64
    again = upload(raw, liaison, now)
    assert (again.counts["same"], again.counts["add"], again.notes) == (30, 0, [])
    with pytest.raises(StateConflict, match="没有要导入的行"):
        publish(again, liaison, now)


def test_a_corrected_export_changes_only_what_differs(liaison: Actor, now: datetime) -> None:
    publish(upload(export(line(1), line(2)), liaison, now), liaison, now)
    run = upload(export(line(1), line(2, result="不合格")), liaison, now)
    assert (run.counts["same"], run.counts["change"]) == (1, 1)
    assert publish(run, liaison, now) == Outcome(0, 1, 0)
    row = Record.objects.system("test").get(key="YS-00002")
    assert (row.outcome, row.version, row.values["result"]) == ("fail", 2, "fail")


def test_a_word_nobody_knows_is_asked_once_and_remembered(liaison: Actor, now: datetime) -> None:
    raw = export(line(1, result="达标"), line(2, result="达标"), line(3))
    run, spec = upload(raw, liaison, now), specs()["registers.sampling"]
    assert (run.counts["error"], run.unknown) == (2, {"result": {"达标": 2}})
    import_words(run=run, spec=spec, words={"result": {"达标": "pass"}}, actor=liaison, now=now)
    run = fresh(run)
    assert (run.counts["error"], run.counts["add"], run.unknown) == (0, 3, {})
    assert words_of(spec, liaison) == {"result": {"达标": "pass"}}
    assert upload(export(line(4, result="达标")), liaison, now).counts["error"] == 0


def test_a_column_matched_by_hand_is_remembered_for_the_same_heads(liaison: Actor, now: datetime) -> None:
    head = ["编码", *HEAD[2:]]
    raw = export(line(1)[1:], head=head)
    run, spec = upload(raw, liaison, now), specs()["registers.sampling"]
    assert run.state == "mapping", "without the column of the key nothing can be recognised"
    import_map(run=run, spec=spec, mapping=run.mapping | {"report_no": 0}, actor=liaison, now=now)
    assert fresh(run).counts["add"] == 1
    assert upload(export(line(2)[1:], head=head), liaison, now).state == "ready"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "916299990000000011"}, "校验位"),
        ({"code": "123"}, "18 位"),
        ({"on": "二月初"}, "不是日期"),
        ({"name": "", "code": ""}, "没有填写"),
        ({"result": "=1+1"}, "公式"),
        ({"region": "北京"}, "没有找到“北京”"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    liaison: Actor, now: datetime, change: dict[str, Any], words: str
) -> None:
    run = upload(export(line(1), line(2, **change)), liaison, now)
    assert run.counts["error"] == 1
    (said,) = problems(run)
    assert "表“Sheet1”第 5 行" in said and words in said


def test_a_code_of_another_company_is_objected_to_before_anything_is_written(
    liaison: Actor, now: datetime
) -> None:
    publish(upload(export(line(1)), liaison, now), liaison, now)
    run = upload(export(line(2, code=code(1))), liaison, now)
    assert "这个代码登记的名称是“演示企业1有限公司”" in problems(run)[0]


def test_what_another_unit_registered_is_not_overwritten(
    world: World, liaison: Actor, now: datetime, register: Callable[..., Record]
) -> None:
    held = register("sampling", 1, sampled_on=date(2012, 2, 1))
    Record.objects.system("test").filter(pk=held.pk).update(keeper=world.unit["gsj"])
    run = upload(export(line(1, product="水泥")), liaison, now)
    assert "这一条已由省工商局登记" in problems(run)[0]


def test_who_changed_in_between_is_not_overwritten(world: World, liaison: Actor, now: datetime) -> None:
    publish(upload(export(line(1)), liaison, now), liaison, now)
    run = upload(export(line(1, result="不合格")), liaison, now)
    row = Record.objects.system("test").get()
    Record.objects.system("test").update(values=row.values | {"product": "水泥"})
    with pytest.raises(StateConflict, match="被他人改动"):
        publish(run, liaison, now)
    import_stage(run=run, spec=specs()["registers.sampling"], actor=liaison, now=now)
    assert publish(fresh(run), liaison, now) == Outcome(0, 1, 0)


def test_statements_grow_with_chunks_not_with_rows(world: World, liaison: Actor, now: datetime) -> None:
    def asked(first: int, rows: int) -> list[str]:
        given = [sampling(n) for n in range(first, first + rows)]
        with CaptureQueriesContext(connection) as seen:
            records_save(type_code="sampling", rows=given, actor=liaison, now=now, digest="0" * 64)
        return [q["sql"] for q in seen.captured_queries]

    few, many = asked(1, 5), asked(100, 100)
    assert len(many) <= len(few) + 6, "an INSERT holds as many rows as the database takes parameters"
    assert len(many) <= 20, many
