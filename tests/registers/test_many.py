"""Eight thousand records: staged in chunks, published in one step, listed like twenty."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from tests.registers.conftest import code
from tests.world import World

from zhize.apps.registers.models import Record, Subject
from zhize.kit.actor import Actor
from zhize.kit.fields import Outcome, specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.lists import Listing
from zhize.kit.models import ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files"), pytest.mark.slow]
ROWS, ENTERPRISES = 8_000, 500
HEAD = "报告书编号,受检单位名称,信用代码,样品名称,抽样时间,综合判定"


def export() -> bytes:
    codes = [code(n) for n in range(ENTERPRISES)]
    lines = [HEAD]
    for n in range(ROWS):
        one, day = n % ENTERPRISES, date(2012, 1, 1) + timedelta(days=n % 366)
        result = "不符合" if n % 20 == 0 else "符合"
        lines.append(f"YS-{n:06d},演示企业{one}有限公司,{codes[one]},产品{n % 50},{day:%Y.%m.%d},{result}")
    return "\n".join(lines).encode("gb18030")


def test_thousands_of_rows_of_another_system(world: World, liaison: Actor, now: datetime) -> None:
    spec, raw = specs()["registers.sampling"], export()
    run = import_upload(
        spec=spec, upload=io.BytesIO(raw), name="历年抽查.csv", size=len(raw), actor=liaison, now=now
    )
    run = ImportRun.objects.system("test").get(pk=run.pk)
    assert (run.counts["add"], run.counts["error"]) == (ROWS, 0)
    assert run.notes[0].startswith(f"将新增 {ENTERPRISES} 家企业")
    assert import_publish(run=run, spec=spec, only_good=False, actor=liaison, now=now) == Outcome(ROWS, 0, 0)
    assert Record.objects.system("test").count() == ROWS
    assert Subject.objects.system("test").count() == ENTERPRISES
    with CaptureQueriesContext(connection) as seen:
        listing = Listing(spec, liaison, QueryDict("sort=-product&result=fail"))
        page = listing.slice()
    assert len(page.rows) == 50 and len(seen) == 1
    assert listing.total(page).count == ROWS // 20
