"""The product as a running program: its own data folder and database, the whole tree of `zhize run`.

Used by browser walks and screenshots, on the demonstration up to a stage. Every account's password is `PASSWORD`
(given to the product by environment).
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.support import shelf
from tests.support.postgres import free_port
from tests.support.shelf import PASSWORD, ZHIZE, own_database
from zhize.kit import clock

__all__ = ["CLOCK", "PASSWORD", "Product", "a_product", "running_product"]
ROOT = Path(__file__).resolve().parent.parent.parent
CLOCK = "2012-04-16"
READY_SECONDS = 180.0


class Product:
    """The running tree on a data folder of its own; `on(day)` lets the days pass while it runs."""

    def __init__(self, home: Path, *, stage: str, day: str, database_url: str = "") -> None:
        self.home, self.log = home, home / "product.log"
        self.port = free_port()
        self.env = shelf.clean_environment() | {"ZHIZE_HOME": str(home)}
        if database_url:
            self.env["ZHIZE_DATABASE_URL"] = database_url
        shelf.fill(self.env, stage)
        self.on(day)
        self._tree: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [*ZHIZE, "run", "--port", str(self.port), "--workers", "1"]
        with self.log.open("ab") as out:
            self._tree = subprocess.Popen(
                command, env=self.env, stdout=out, stderr=out, start_new_session=True
            )
        _wait(self.port, self._tree, self.log)

    def stop(self) -> None:
        if tree := self._tree:
            tree.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                tree.wait(20)
            tree.kill()
            tree.wait()

    def command(self, *words: str) -> str:
        """What `zhize WORDS` prints on the same data; fails as it does."""
        done = subprocess.run([*ZHIZE, *words], env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"zhize {' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def act(self, *words: str) -> str:
        """What others did by services on the same data (`tests.support.paper_acts`); gives what it prints."""
        command = [sys.executable, "-m", "tests.support.paper_acts", *words]
        done = subprocess.run(command, env=self.env, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout.strip()

    def on(self, day: str) -> None:
        """The same work on another day."""
        clock.hold_at(date.fromisoformat(day), self.home / "demonstration")


@contextlib.contextmanager
def a_product(*, stage: str, day: str, server: str = "") -> Iterator[Product]:
    """Loads the demonstration up to a stage and starts the product on a day; ended afterwards. `server`: any database on
    the PostgreSQL server where it gets one of its own, else it has its SQLite."""
    with (
        own_database(server) as url,
        tempfile.TemporaryDirectory(prefix="zhize-product-", ignore_cleanup_errors=True) as home,
    ):
        product = Product(Path(home), stage=stage, day=day, database_url=url)
        try:
            product.start()
            yield product
        finally:
            product.stop()


@contextlib.contextmanager
def running_product(*, stage: str = "quarter", day: str = CLOCK) -> Iterator[str]:
    """The address of a product as most walks need it: the first quarter of the demonstration."""
    with a_product(stage=stage, day=day) as product:
        yield product.address


def _wait(port: int, tree: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and tree.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(
                f"the sign-in page answered {error.code}:\n{log.read_text()[-4000:]}"
            ) from error
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the product did not start:\n{log.read_text()[-4000:]}")
