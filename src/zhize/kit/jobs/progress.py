"""How far a job is, written at most twice a second, and whether its owner wants it stopped."""

from __future__ import annotations

import time

from zhize.kit.models import Job

INTERVAL = 0.5


class Cancelled(Exception):
    """The owner asked to stop; raised out of `Progress.step`. Let it pass: the runner marks the job."""


class Progress:
    """Given to every job function. `step` outside a long transaction, or nobody sees it until the commit."""

    def __init__(self, job_id: int, *, interval: float = INTERVAL) -> None:
        self.job_id = job_id
        self._interval = interval
        self._next = 0.0

    def step(self, done: int, total: int) -> None:
        """Says that `done` of `total` are through (total 0: unknown). Raises `Cancelled` when asked to stop."""
        at = time.monotonic()
        if at < self._next and done < total:
            return
        self._next = at + self._interval
        rows = Job.objects.system("progress of a running job").filter(pk=self.job_id)
        rows.update(done=done, total=total)
        if rows.filter(cancel_asked=True).exists():
            raise Cancelled
