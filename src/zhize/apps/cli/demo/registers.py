"""Registers of 省质监局 over 2012 (演示数据): another system's exports imported quarter by quarter, some records by form.

Enterprises are invented and say so; their codes pass the check digit, with a region code that does not exist.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter
from django.conf import settings
from stdnum.cn import uscc

from zhize.apps.cli.demo.registers_data import (
    CASES,
    INSTRUMENT_HEAD,
    LICENCE_HEAD,
    SAMPLING_HEAD,
    Enterprise,
    enterprises,
    instruments,
    licences,
    samplings,
)
from zhize.apps.cli.demo.stage import Stage, actor, at, paper
from zhize.apps.registers import services
from zhize.apps.registers.models import Record
from zhize.kit.actor import Actor, system_actor
from zhize.kit.fields import ThingSpec, specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.jobs.runner import run_job
from zhize.kit.models import ImportRow, ImportRun

LIAISON, CLERK = "gs-zjj", "gs-zjj-clerk"
QUARTERS = {1: date(2012, 4, 10), 2: date(2012, 7, 10), 3: date(2012, 10, 10), 4: date(2012, 12, 12)}


def play(stage: Stage) -> None:
    """Samplings by quarter, instruments twice, licences once; cases and a few samplings by hand; what is due told."""
    known = enterprises(code)
    for quarter, day in QUARTERS.items():
        title = f"2012年第{quarter}季度产品质量监督抽查结果汇总表（演示数据）"
        _import("sampling", title, SAMPLING_HEAD, samplings(known, quarter), day)
    for number, day in enumerate((date(2012, 6, 20), date(2012, 11, 30)), 1):
        title = "强制检定计量器具检定信息导出（演示数据）"
        _import("instruments", title, INSTRUMENT_HEAD, instruments(known, number), day)
    _import(
        "licences",
        "工业产品生产许可证获证企业名单（演示数据）",
        LICENCE_HEAD,
        licences(known),
        date(2012, 5, 8),
    )
    _by_hand(known)
    _material()
    services.due_remind(actor=system_actor("台账到期提醒（演示）"), now=at(date(2012, 12, 20), hour=6))


def code(n: int) -> str:
    """A unified social credit code of nobody: no region has the number 629999."""
    body = f"91629999{n:09d}"
    return body + str(uscc.calc_check_digit(body))


def _import(kind: str, title: str, head: list[str], rows: list[list[Any]], day: date) -> None:
    """The whole way a person takes: uploaded, staged, looked at, published."""
    who, now, spec = actor(LIAISON, day), at(day), specs()[f"registers.{kind}"]
    raw = _workbook(title, head, rows)
    published(
        lambda: import_upload(
            spec=spec, upload=io.BytesIO(raw), name=f"{title}.xlsx", size=len(raw), actor=who, now=now
        ),
        spec,
        who,
        day,
    )


def published(upload: Callable[[], ImportRun], spec: ThingSpec, who: Actor, day: date) -> None:
    """What was uploaded is staged and published on the day; a line that is refused stops the demonstration."""
    with _clock(day):
        run = upload()
        if run.state == ImportRun.State.STAGING and run.job_id:
            run_job.call(run.job_id)
        run.refresh_from_db(from_queryset=ImportRun.objects.system("demonstration"))
        if run.counts.get("error"):
            row = ImportRow.objects.filter(run=run, effect=ImportRow.Effect.ERROR).order_by("line")[0]
            raise RuntimeError(f"demonstration: {run.file_name}: {row.problems}")
        import_publish(run=run, spec=spec, only_good=False, actor=who, now=at(day))


def _workbook(title: str, head: list[str], rows: list[list[Any]]) -> bytes:
    """As another system prints it: a merged title, a line about the office, then its own heads."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("导出")
    page.merge_range(0, 0, 0, len(head) - 1, title)
    page.merge_range(1, 0, 1, len(head) - 1, "导出系统：演示业务系统　　本表为演示数据")
    day = book.add_format({"num_format": "yyyy/m/d"})
    page.write_row(2, 0, head)
    for at_row, row in enumerate(rows, 3):
        for at_column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(at_row, at_column, datetime.combine(value, datetime.min.time()), day)
            else:
                page.write(at_row, at_column, value)
    book.close()
    return out.getvalue()


def _by_hand(known: list[Enterprise]) -> None:
    """Cases as they were filed, and three samplings of December."""
    for number, (matter, value, day) in enumerate(CASES, 1):
        one = known[(number * 7) % len(known)]
        services.record_create(
            type_code="cases",
            data={
                "case_no": f"演质监案〔2012〕{number}号", "filed_on": day, "matter": matter, "goods_value": value,
                "closed_on": day + timedelta(days=60) if day < date(2012, 10, 1) else None, "transferred": False,
                "subject_name": one.name, "subject_code": one.code,
            },
            actor=actor(LIAISON, day), now=at(day),
        )  # fmt: skip
    for number in range(1, 4):
        one, day = known[number * 11], date(2012, 12, 12 + number)
        services.record_create(
            type_code="sampling",
            data={
                "report_no": f"YS-2012-S{number:03d}", "sampled_on": day, "product": one.product, "level": "provincial",
                "result": "pass", "institution": "演示检验院", "subject_name": one.name, "subject_code": one.code,
            },
            actor=actor(LIAISON, day), now=at(day, hour=16),
        )  # fmt: skip


def _material() -> None:
    """The reports of two samplings that failed, as material."""
    rows = Record.objects.system("demonstration").filter(type="sampling", outcome=Record.Outcome.FAIL)
    for record in rows.order_by("occurred_on", "pk")[:2]:
        day = date(2012, 11, 20)
        services.record_evidence_add(
            thing=record, upload=paper(f"检验报告{record.title}", "检验结论：不合格。"), title=f"检验报告{record.title}（演示）",
            dated_on=record.occurred_on + timedelta(days=20), actor=actor(LIAISON, day), now=at(day),
        )  # fmt: skip


@contextmanager
def _clock(day: date) -> Iterator[None]:
    """Background work that reads the house's clock stands on that day."""
    before = settings.ZHIZE_CLOCK
    settings.ZHIZE_CLOCK = day.isoformat()
    try:
        yield
    finally:
        settings.ZHIZE_CLOCK = before
