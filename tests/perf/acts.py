"""The acts that are measured, each as a function that does it once; whoever measures undoes it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from tests.kit.bad_files import xlsx_file
from tests.perf import bare
from tests.perf.data import units_of, year_of
from tests.perf.pages import BARE_DIGEST, BARE_IMPORT, BARE_MANY, BARE_UPDATE
from tests.perf.tasks import NOW
from tests.world import World
from zhize.apps.work.models import Task
from zhize.apps.work.services import digest_draft, task_bulk, task_office
from zhize.kit.actor import Actor
from zhize.kit.fields import specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRun

ROWS = 1000
HEAD = ["年度", "编号", "工作任务", "责任单位", "协办单位", "完成时限", "办理情况", "进展情况"]


def acts(world: World) -> dict[str, Callable[[], object]]:
    """By the name in pages.py."""
    office, year, units = world.actor("office"), year_of(world), units_of(world)
    running = Task.objects.system("perf").filter(state=Task.State.RUNNING).order_by("-pk")
    task, hundred = running[0], list(running[:100].values_list("pk", flat=True))
    raw, day = workbook(world, ROWS), date(2012, 11, 30)
    given = {"jurisdiction": world.jurisdiction["gs"], "year": year, "lead_unit": units[0], "created_at": NOW}

    return {
        BARE_UPDATE: lambda: bare.update(task.pk),
        "task_update": lambda: task_office.task_update(
            thing=task, data={"title": f"{task.title}。"}, version=task.version, actor=office, now=NOW
        ),
        BARE_MANY: lambda: bare.update_many(hundred, day),
        "tasks_change_due": lambda: task_bulk.tasks_change_due(
            task_ids=hundred, due_on=day, reason="统一调整", actor=office, now=NOW
        ),
        BARE_IMPORT: lambda: bare.load(raw, **given),
        "tasks_import": lambda: load(raw, ROWS, office),
        BARE_DIGEST: lambda: bare.count(year.pk),
        "digest_draft": lambda: digest_draft(
            year=year, starts_on=year.starts_on, ends_on=NOW.date(), actor=office, now=NOW
        ),
    }


def workbook(world: World, rows: int) -> bytes:
    """A ledger of so many rows as an office keeps it in Excel."""
    year, units = year_of(world), units_of(world)
    table = [
        [year.label, f"督{n}", f"导入的任务{n}", units[n % len(units)].name, units[(n + 1) % len(units)].name, "2012-09-30", "办理中", "已部署"]
        for n in range(rows)
    ]  # fmt: skip
    return xlsx_file([HEAD, *table])


def load(raw: bytes, rows: int, office: Actor) -> None:
    """Looked at, rehearsed, published."""
    spec = specs()["work.task_ledger"]
    run = import_upload(
        spec=spec, upload=io.BytesIO(raw), name="台账.xlsx", size=len(raw), actor=office, now=NOW
    )
    staged = ImportRun.objects.system("perf").get(pk=run.pk)
    outcome = import_publish(run=staged, spec=spec, only_good=False, actor=office, now=NOW)
    assert outcome.added == rows, outcome
