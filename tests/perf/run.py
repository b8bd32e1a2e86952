"""A database filled twice, and every page and act measured each time; imported once Django is set up."""

from __future__ import annotations

import re
import resource
import time

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.perf.acts import acts
from tests.perf.data import grow_obligations, units_of
from tests.perf.measure import Measured, analyze, measure_act, measure_pages
from tests.perf.pages import ACTS, FIGURE_PAGES, PAGES
from tests.perf.plans import slow_statements
from tests.perf.report import table
from tests.perf.tasks import grow_tasks
from tests.world import World, build_world
from zhize.apps.audit.selectors import chains_verify, checkpoints_read
from zhize.apps.work.models import Task

OBLIGATIONS = 20_000
BACKEND = "django.contrib.auth.backends.ModelBackend"
Clients = dict[str, Client]


def table_of(rows: int) -> str:
    """The table in words: what was measured, and each page and act at N/100 and at N."""
    world, clients = begin()
    results = []
    few = max(100, rows // 100)
    for size in (few, rows):
        start = time.monotonic()
        _grow(world, size, rows)
        took = time.monotonic() - start
        results.append(_measured(world, clients))
    head = (
        f"N = {rows:,} tasks and {min(rows, OBLIGATIONS):,} obligations, {connection.vendor}; "
        f"written in {took:,.0f} s; most memory of the process {memory()} MB; {verified()}"
    )
    return f"{head}\n\n{table(*results, rows / few)}"


def plans_of(rows: int) -> str:
    """The slow statements of each page with the database's plans."""
    world, clients = begin()
    _grow(world, rows, rows)
    names = _names(world, clients["office"])
    pages = (page for page in PAGES if not page.per_row)
    return "\n".join(
        "\n".join((f"== {page.name}", *slow_statements(clients[page.by], page.address.format_map(names))))
        for page in pages
    )


def begin() -> tuple[World, Clients]:
    """The small province on an empty database, and everybody the pages are asked as, signed in."""
    settings.ROOT_URLCONF = "tests.perf.urls"
    call_command("migrate", verbosity=0, interactive=False)
    world = build_world()
    clients = {}
    for who in {page.by for page in (*PAGES, *FIGURE_PAGES)}:
        clients[who] = Client()
        clients[who].force_login(world.user[who], BACKEND)
    return world, clients


def _grow(world: World, size: int, rows: int) -> None:
    grow_tasks(world, size)
    grow_obligations(world, max(1, min(size, OBLIGATIONS * size // rows)))
    analyze()


def _measured(world: World, clients: Clients) -> dict[str, Measured]:
    names = _names(world, clients["office"])
    found = measure_pages(PAGES, clients, names)
    does = acts(world)
    return found | {act.key: measure_act(does[act.address]) for act in ACTS}


def _names(world: World, client: Client) -> dict[str, object]:
    """What stands for the names in the addresses of pages.py."""
    found = re.search(r"cursor=([^\"&]+)", client.get("/work/tasks/").content.decode())
    return {
        "task": Task.objects.system("perf").order_by("pk")[50].pk,
        "unit": units_of(world)[0].pk,
        "cursor": found[1] if found else "",
    }


def memory() -> str:
    """The most memory this process has held, in MB."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"


def verified() -> str:
    reports = list(chains_verify(checkpoints_read()))
    clean = all(report.is_clean for report in reports)
    return (
        f"the log of {sum(r.count for r in reports):,} entries {'verifies' if clean else 'DOES NOT VERIFY'}"
    )
