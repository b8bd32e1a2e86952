"""What the database does for a page: its slow statements, each with the plan it was answered by."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client

SLOW = 0.002  # seconds; below that a plan tells nothing


def slow_statements(client: Client, address: str) -> Iterator[str]:
    """Seconds, statement and plan of each statement slower than `SLOW`, in the order asked."""
    seen: list[tuple[float, str, Any]] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        answer = execute(sql, params, many, context)
        seen.append((time.perf_counter() - start, sql, params))
        return answer

    cache.clear()
    client.get(address)
    cache.clear()
    with connection.execute_wrapper(watch):
        answer = client.get(address)
    if answer.streaming:
        list(answer)
    for seconds, sql, params in seen:
        if seconds >= SLOW and sql.startswith("SELECT"):
            yield f"{seconds * 1000:.1f} ms  {sql % tuple(map(repr, params or ()))}\n{_plan(sql, params)}\n"


def _plan(sql: str, params: Any) -> str:
    with connection.cursor() as cursor:
        way = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, COSTS OFF)"
        cursor.execute(f"{way} {sql}", params)
        return "\n".join(f"    {row[-1]}" for row in cursor.fetchall())
