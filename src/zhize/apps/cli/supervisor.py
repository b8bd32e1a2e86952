"""Several programs as one tree: start, restart with back-off, and end all of them when it ends.

Knows nothing of Django. Each child leads its own process group, so that Ctrl-C reaches only the
supervisor, which then ends the groups in order; on Linux a child is also told by the kernel when the
supervisor is killed without a word (SIGKILL).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess  # nosec B404 - starts our own programs only
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 10.0
LONGEST_WAIT = 30.0
STEADY_SECONDS = 60.0  # a child that ran this long starts its back-off anew
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A program to keep running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    crashes: int = 0
    start_at: float = 0.0


def wait_before_restart(crashes: int) -> float:
    """Seconds to wait after the n-th crash in a row: 1, 2, 4, … at most 30."""
    return min(LONGEST_WAIT, 2.0 ** max(0, crashes - 1))


@dataclass
class Supervisor:
    """Runs children until told to stop. `say` prints a line to the operator."""

    children: list[Child]
    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Blocks until SIGINT, SIGTERM or SIGHUP; then every child is gone."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop.set())
        try:
            while not self._stop.is_set():
                self.tick()
                self._stop.wait(0.25)
        finally:
            self.end()

    def tick(self) -> None:
        """Starts what should run; notes what crashed."""
        for child in self.children:
            process = child.process
            if process is not None and (code := process.poll()) is not None:
                self._crashed(child, code)
            if child.process is None and self.clock() >= child.start_at:
                self._start(child)

    def _start(self, child: Child) -> None:
        child.started = self.clock()
        child.process = subprocess.Popen(  # nosec B603 - a fixed list of words, no shell
            child.command, start_new_session=True, preexec_fn=_die_with_parent
        )

    def _crashed(self, child: Child, code: int) -> None:
        if self.clock() - child.started > STEADY_SECONDS:
            child.crashes = 0
        child.crashes += 1
        wait = wait_before_restart(child.crashes)
        child.process, child.start_at = None, self.clock() + wait
        self.say(f"{child.name} 意外退出（代码 {code}），{wait:.0f} 秒后第 {child.crashes} 次重启")

    def end(self) -> None:
        """SIGTERM to every group, then SIGKILL to what is left after the grace time."""
        running = [c.process for c in self.children if c.process is not None]
        for process in running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        for process in running:
            _signal_group(process, signal.SIGKILL)
            process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
