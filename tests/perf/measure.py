"""Statements and CPU time of one page in this process, through the test client (all middleware included), or of one act."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.perf.pages import Page
from zhize.kit import memo

ROUNDS = 7
LONG = 1.5  # seconds of CPU after which once is enough
VERY_LONG = 10  # and after which the first time counts


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one page or act: HTTP status (200 for an act), statements, least CPU seconds of several rounds, bytes."""

    status: int
    statements: int
    cpu: float
    size: int


def measure(client: Client, address: str, *, cold: bool = False) -> Measured:
    """A page: asked for, and read to its end; `cold` with an empty cache each time."""
    size = 0

    def ask() -> int:
        nonlocal size
        if cold:
            cache.clear()
        answer = client.get(address)
        size = sum(map(len, answer)) if answer.streaming else len(answer.content)
        return answer.status_code

    first = _once(ask)
    if first.status != 200:
        return Measured(first.status, 0, 0.0, 0)
    statements, cpu = (first.statements, first.cpu) if first.cpu > VERY_LONG else _rounds(ask)
    return Measured(200, statements, cpu, size)


def _once(ask: Callable[[], int]) -> Measured:
    start = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        status = ask()
    return Measured(status, len(captured), time.process_time() - start, 0)


def measure_act(act: Callable[[], object]) -> Measured:
    """An act, undone each time."""

    def once() -> None:
        memo.end()
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    once()
    statements, cpu = _rounds(once)
    return Measured(200, statements, cpu, 0)


def measure_once(act: Callable[[], object]) -> Measured:
    """An act that takes long, done once and undone; its statements are counted and not kept."""
    statements = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal statements
        statements += "SAVEPOINT" not in sql
        return execute(sql, params, many, context)

    memo.end()
    gc.collect()
    start = time.process_time()
    with transaction.atomic():
        with connection.execute_wrapper(counting):
            act()
        took = time.process_time() - start
        transaction.set_rollback(True)
    return Measured(200, statements, took, 0)


def _rounds(once: Callable[[], object]) -> tuple[int, float]:
    """Once to count statements, then the least of several rounds of CPU time; one round where it takes long."""
    with CaptureQueriesContext(connection) as captured:
        once()
    statements = sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)
    reset_queries()
    times: list[float] = []
    gc.collect()
    while len(times) < ROUNDS and not (times and times[-1] > LONG):
        start = time.process_time()
        once()
        times.append(time.process_time() - start)
    return statements, min(times)


def measure_pages(
    pages: Iterable[Page], clients: Mapping[str, Client], names: Mapping[str, object] | None = None
) -> dict[str, Measured]:
    """Every page by who asks for it; `names` stand for the names in the addresses."""
    return {
        page.key: measure(clients[page.by], page.address.format_map(names or {}), cold=page.cold)
        for page in pages
    }


def analyze() -> None:
    """What the planner knows of the rows just written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
