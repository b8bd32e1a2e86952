"""Last year's ledger from Excel: a thousand rows and a hundred times as many, ours and bare, compared per row."""

from __future__ import annotations

from functools import partial

from django.db import connection

from tests.perf import bare
from tests.perf.acts import ROWS, load, workbook
from tests.perf.data import units_of, year_of
from tests.perf.measure import Measured, measure_once
from tests.perf.pages import BARE_LEDGER, IMPORTS
from tests.perf.report import table
from tests.perf.run import begin, memory
from tests.perf.tasks import NOW, grow_tasks

THERE = 2_000  # tasks of the year that the ledger has already


def import_table(rows: int) -> str:
    """The table in words. Each import is done once, after a small one that nobody counts, and undone."""
    world, _clients = begin()
    grow_tasks(world, THERE)
    office = world.actor("office")
    given = {
        "jurisdiction": world.jurisdiction["gs"], "year": year_of(world), "lead_unit": units_of(world)[0],
        "created_at": NOW,
    }  # fmt: skip
    measure_once(partial(load, workbook(world, 10), 10, office))
    results: list[dict[str, Measured]] = []
    for size in (ROWS, rows):
        raw = workbook(world, size)
        found = {
            BARE_LEDGER: measure_once(partial(bare.load, raw, **given)),
            "tasks_import": measure_once(partial(load, raw, size, office)),
        }
        results.append({page.key: found[page.address] for page in IMPORTS})
    head = (
        f"N = {rows:,} rows into a ledger of {THERE:,} tasks, {connection.vendor}; beside it {ROWS:,}; "
        f"most memory of the process {memory()} MB"
    )
    return f"{head}\n\n{table(*results, rows / ROWS, IMPORTS).replace('N/100', f'{ROWS:,}')}"
