"""Reading a table: encodings, heads, limits, a hundred thousand rows."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from tests.kit.importing import HEAD, SPEC, fresh, row, upload, workbook

from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.imports import stager
from zhize.kit.imports.services import import_map
from zhize.kit.models import ImportRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_any_encoding_and_delimiter_reads_the_same(
    office: Actor, now: datetime, encoding: str, delimiter: str
) -> None:
    lines = [delimiter.join(map(str, cells)) for cells in (HEAD, row(1), row(2))]
    run = upload("\r\n".join(lines).encode(encoding), office, now, "名册.csv")
    assert run.counts == {"add": 2, "change": 0, "same": 0, "error": 0}


def test_the_header_is_found_below_titles_and_by_synonyms(office: Actor, now: datetime) -> None:
    rows = [
        ["甘肃省单位名册"],
        [],
        ["填报单位：演示"],
        ["代码", "部门名称（全称）", "地区", "类别"],
        row(1)[:4],
    ]
    from tests.kit.bad_files import xlsx_file

    run = upload(xlsx_file(rows), office, now)
    assert run.header_line == 4
    assert run.counts["add"] == 1


def test_unknown_heads_ask_for_the_columns_once_and_are_remembered(office: Actor, now: datetime) -> None:
    raw = workbook(row(1)[:4], head=["编号甲", "叫什么", "哪里", "哪类"])
    run = upload(raw, office, now)
    assert run.state == "mapping"
    with pytest.raises(BadInput, match="没有为“代码”指定列"):
        import_map(run=run, spec=SPEC, mapping={"name": 1}, actor=office, now=now)
    with pytest.raises(BadInput, match="用了两次"):
        import_map(run=run, spec=SPEC, mapping={"code": 0, "name": 0}, actor=office, now=now)
    import_map(
        run=run, spec=SPEC, mapping={"code": 0, "name": 1, "region": 2, "kind": 3}, actor=office, now=now
    )
    assert fresh(run).counts["add"] == 1
    assert upload(raw, office, now).state == "ready", "the same heads are not asked about again"


def test_codes_typed_as_numbers_and_real_dates_are_read_as_meant(office: Actor, now: datetime) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append([620000, "演示单位", 620100, "政府部门", 1, date(2011, 1, 1), True])
    out = io.BytesIO()
    book.save(out)
    values = ImportRow.objects.get(run=upload(out.getvalue(), office, now)).values
    assert (values["code"], values["valid_from"], values["confirmed"]) == ("620000", "2011-01-01", True)


def test_a_table_with_only_a_head_and_an_empty_one_are_told(office: Actor, now: datetime) -> None:
    run = upload(workbook(), office, now)
    assert run.state == "failed"
    assert "表头下面没有数据" in run.problems[0]
    with pytest.raises(BadInput, match="表里没有内容"):
        upload(workbook(head=[""]), office, now)


def test_too_many_rows_are_answered_with_the_limit(office: Actor, now: datetime, monkeypatch: Any) -> None:
    real = stager.limits_on

    def small(day: date) -> Any:
        return real(day).model_copy(update={"max_excel_rows": 5})

    monkeypatch.setattr(stager, "limits_on", small)
    run = upload(workbook(*[row(n) for n in range(9)]), office, now)
    assert run.state == "failed"
    assert run.problems == ["表“名册”：超过 5 行。一次导入太多，核对不过来。请改用 CSV，或分成几个文件。"]


def test_a_csv_whose_encoding_changes_midway_is_told_by_line(office: Actor, now: datetime) -> None:
    good = "\n".join(",".join(map(str, r)) for r in (HEAD, *[row(n) for n in range(3000)]))
    run = upload(good.encode() + "\n质监".encode("gbk"), office, now, "名册.csv")
    assert run.state == "failed"
    assert "编码前后不一致" in run.problems[0]


def csv_of(rows: int) -> bytes:
    return "\n".join(
        ",".join(map(str, r)) for r in (HEAD, *[row(n, order=n % 9999) for n in range(rows)])
    ).encode()


def test_memory_does_not_grow_with_rows(office: Actor, now: datetime) -> None:
    import tracemalloc

    def peak(rows: int) -> int:
        raw = csv_of(rows)
        tracemalloc.start()
        assert upload(raw, office, now, "名册.csv").counts["add"] == rows
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded only once
    assert peak(6000) < peak(1500) + 2 * 1024 * 1024, "what is kept per row is a hash and a line number"


@pytest.mark.slow
def test_many_rows_are_staged_and_none_is_lost(office: Actor, now: datetime) -> None:
    run = upload(csv_of(20_000), office, now, "名册.csv")
    assert run.counts == {"add": 20_000, "change": 0, "same": 0, "error": 0}
