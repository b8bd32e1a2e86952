"""The process tree: crashed children come back, and none survives the supervisor, however it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from zhize.apps.cli.supervisor import Child, Supervisor, wait_before_restart

SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")
TREE = """
import sys
from pathlib import Path
from zhize.apps.cli.supervisor import Child, Supervisor
child = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
Supervisor([Child("c", (sys.executable, "-c", child, sys.argv[1]))], print).run()
"""


def _wait_for(condition: Callable[[], object], seconds: float = 8.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or ") Z " not in stat.read_text()


def test_the_wait_doubles_and_is_never_longer_than_half_a_minute() -> None:
    assert [wait_before_restart(n) for n in (1, 2, 3, 4, 5, 6, 20)] == [1, 2, 4, 8, 16, 30, 30]


def test_a_crashed_child_is_reported_and_started_again_after_its_wait() -> None:
    said: list[str] = []
    moment = [0.0]
    child = Child("网页", (sys.executable, "-c", "raise SystemExit(3)"))
    supervisor = Supervisor([child], said.append, clock=lambda: moment[0])
    supervisor.tick()
    assert child.process is not None
    child.process.wait()
    supervisor.tick()
    assert said == ["网页 意外退出（代码 3），1 秒后第 1 次重启"]
    assert child.process is None
    moment[0] = 1.5
    supervisor.tick()
    assert child.process is not None
    supervisor.end()


def test_a_child_that_ran_steadily_starts_its_wait_anew() -> None:
    moment = [0.0]
    child = Child("c", SLEEP, crashes=5)
    supervisor = Supervisor([child], lambda _: None, clock=lambda: moment[0])
    supervisor.tick()
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    moment[0] = 61.0
    supervisor.tick()
    assert child.crashes == 1
    supervisor.end()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_child_survives_the_supervisor(tmp_path: Path, how: signal.Signals) -> None:
    if how == signal.SIGKILL and sys.platform != "linux":
        pytest.skip("only the Linux kernel tells children of a killed parent")
    note = tmp_path / "pid"
    tree = subprocess.Popen([sys.executable, "-c", TREE, str(note)])
    assert _wait_for(lambda: note.exists() and note.read_text())
    child = int(note.read_text())
    tree.send_signal(how)
    tree.wait(10)
    assert _wait_for(lambda: not _alive(child))
