"""The product as a running program: its own data folder and database, the whole tree of `zhize run`.

Used by browser walks and screenshots. The demonstration is loaded where the version has one; until then the
small province of tests/world.py. Every account's password is `PASSWORD` (given to the product by environment).
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "Yanshi-2012-zhize"
CLOCK = "2012-04-16"
ZHIZE = (sys.executable, "-m", "zhize.apps.cli.main")
READY_SECONDS = 180.0
SEED = """
import django; django.setup()
from django.contrib.auth.hashers import make_password
from tests.world import build_world
from zhize.apps.orgs.models import User
if not User.objects.exists():
    build_world()
    User.objects.update(password=make_password({password!r}))
"""


def has_demonstration() -> bool:
    """True where this version brings a demonstration of its own."""
    return importlib.util.find_spec("zhize.apps.cli.demo") is not None


@contextlib.contextmanager
def running_product(*, database_url: str = "") -> Iterator[str]:
    """Prepares and starts the product on a temporary data folder; yields its address, ends it afterwards."""
    with tempfile.TemporaryDirectory(prefix="zhize-product-", ignore_cleanup_errors=True) as home:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("ZHIZE_", "DJANGO_", "PYTEST_"))}
        env |= {
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "DJANGO_SETTINGS_MODULE": "zhize.config.settings",
            "ZHIZE_HOME": home,
            "ZHIZE_CLOCK": CLOCK,
            "ZHIZE_DEMO_STAGE": "quarter",
            "ZHIZE_DEMO_PASSWORD": PASSWORD,
        }
        if database_url:
            env["ZHIZE_DATABASE_URL"] = database_url
        log = Path(home) / "product.log"
        with log.open("wb") as out:
            if not has_demonstration():
                subprocess.run([*ZHIZE, "prepare"], env=env, stdout=out, stderr=out, check=True)
                seed = SEED.format(password=PASSWORD)
                subprocess.run([sys.executable, "-c", seed], env=env, check=True)
            port = free_port()
            command = [*ZHIZE, "run", "--port", str(port), "--workers", "1"]
            tree = subprocess.Popen(command, env=env, stdout=out, stderr=out, start_new_session=True)
            try:
                _wait(port, tree, log)
                yield f"http://127.0.0.1:{port}"
            finally:
                tree.send_signal(signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    tree.wait(20)
                tree.kill()
                tree.wait()


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


@contextlib.contextmanager
def own_database(url: str) -> Iterator[str]:
    """A new database on the PostgreSQL server of `url`, dropped afterwards; an empty url (SQLite) passes through."""
    if not url.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"walk_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield url.rsplit("/", 1)[0] + f"/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
