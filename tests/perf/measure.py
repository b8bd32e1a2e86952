"""Statements and CPU time of one page in this process, through the test client (all middleware included)."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one page: HTTP status, statements, least CPU seconds of several rounds, bytes of the answer."""

    status: int
    statements: int
    cpu: float
    size: int


def measure(client: Client, address: str) -> Measured:
    """Once to warm up, once to count statements, then the least of several rounds of CPU time."""
    answer = client.get(address)
    if answer.status_code != 200:
        return Measured(answer.status_code, 0, 0.0, 0)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    statements = len(captured)  # now: the next request empties the log
    times = []
    gc.collect()
    for _ in range(ROUNDS):
        start = time.process_time()
        client.get(address)
        times.append(time.process_time() - start)
    return Measured(200, statements, min(times), len(answer.content))
