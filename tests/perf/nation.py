"""A country of 31 provinces beside its first province alone, which is as large as Gansu: what a province's office sees, and
a county of two people; and the memory of two web workers that have served it."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.perf.measure import Measured, analyze, measure_pages
from tests.perf.pages import NATION_PAGES
from tests.perf.report import table
from tests.perf.run import BACKEND, Clients, memory, verified
from tests.perf.workers import resident_after
from zhize.apps.cli.demo.nation import NATION, PROVINCE, Scale, nation_load
from zhize.apps.orgs.models import User
from zhize.apps.work.models import Task

WHO = {"office": "d010000-office", "province": "d010000-office", "county": "d010101-director"}
ROUNDS = 10
Results = tuple[dict[str, Measured], list[int]]


def scale_of(count: int) -> Scale:
    """The country, or so many of its provinces, where there is less time."""
    if count >= NATION.provinces:
        return NATION
    if count == 1:
        return PROVINCE
    more = count - 1
    return Scale(
        others=more, municipalities=0, prefectures=14 + 12 * more, districts=0, counties=86 + 104 * more
    )


def nation_table(count: int) -> str:
    """The table in words: each page with the first province alone, and with `count` provinces."""
    settings.ROOT_URLCONF = "tests.perf.urls"
    call_command("migrate", verbosity=0, interactive=False)
    results: list[Results] = []

    def measure_first(_said: str) -> None:
        if not results:
            results.append(_measured())

    start = time.process_time()
    rows = nation_load(scale_of(count), say=measure_first)
    took = time.process_time() - start
    results.append(_measured())
    (small, of_small), (large, of_large) = results
    head = (
        f"N = {rows.total():,} rows in {rows['orgs.region']:,} regions ({Task.objects.system('perf').count():,} tasks), "
        f"{connection.vendor}; beside it the first province alone, 101 regions; written and once measured in {took:,.0f} s of CPU; "
        f"{verified()}; most memory of the process {memory()} MB; of two web workers, after each page {ROUNDS} times, "
        f"{_mb(of_small)} with one province and {_mb(of_large)} with all"
    )
    text = table(small, large, 1, NATION_PAGES).replace("N/100", "one province")
    return f"{head}\n\n{text}\n{_same(small, large)}\n"


def _measured() -> Results:
    analyze()
    clients: Clients = {}
    for who, username in WHO.items():
        clients[who] = Client()
        clients[who].force_login(User.objects.get(username=username), BACKEND)
    found = measure_pages(NATION_PAGES, clients)
    asked = [(clients[page.by], page.address) for page in NATION_PAGES if page.bare]
    return found, resident_after(asked * ROUNDS)


def _mb(sizes: list[int]) -> str:
    return " + ".join(f"{size:,}" for size in sizes) + " MB"


def _same(small: dict[str, Measured], large: dict[str, Measured]) -> str:
    other = [key for key, one in large.items() if one.statements != small[key].statements]
    return f"Statements differ: {', '.join(other)}." if other else "Statements are the same at both sizes."
