"""The demonstration up to a stage, loaded once a test run and copied for every product that starts from it.

A run that wants copies calls `begin` before its workers start and `end` after them; without it each product loads its
own. On PostgreSQL the copy is a database made from a template, on SQLite it is the file in the data folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "Yanshi-2012-zhize"
ZHIZE = (sys.executable, "-m", "zhize.apps.cli.main")
PLACE = "WALKS_SHELF"  # inherited by the workers of the run


def begin() -> str:
    """Makes the shelf and gives its place, for `end`; nothing where a run around this one has made it."""
    if PLACE in os.environ:
        return ""
    os.environ[PLACE] = tempfile.mkdtemp(prefix="zhize-shelf-")
    return os.environ[PLACE]


def end(place: str) -> None:
    if not place:
        return
    os.environ.pop(PLACE, None)
    for note in Path(place).glob("*.template"):
        url, name = note.read_text("utf-8").split()
        _on_server(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    shutil.rmtree(place, ignore_errors=True)


def clean_environment() -> dict[str, str]:
    """The caller's environment without the settings of the product, Django and pytest; what every product is given."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("ZHIZE_", "DJANGO_", "PYTEST_"))}
    return env | {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "DJANGO_SETTINGS_MODULE": "zhize.config.settings",
        "ZHIZE_DEMO_PASSWORD": PASSWORD,
    }


def fill(env: dict[str, str], stage: str) -> None:
    """Makes the database of `env` and fills it and the data folder with the demonstration up to a stage."""
    home, url = Path(env["ZHIZE_HOME"]), env.get("ZHIZE_DATABASE_URL", "")
    if not (place := os.environ.get(PLACE)):
        if url:
            _on_server(url, f"CREATE DATABASE {_name(url)}")
        _load(env, stage)
        return
    with _one_at_a_time(Path(place, f"{stage}.lock")):
        source, note = Path(place, stage), Path(place, f"{stage}.template")
        if not source.exists():
            loading = Path(place, f"{stage}.loading")
            shutil.rmtree(loading, ignore_errors=True)
            loading.mkdir()
            own = env | {"ZHIZE_HOME": str(loading)}
            if url:
                name = f"stage_{stage}_{secrets.token_hex(4)}"
                _on_server(url, f"CREATE DATABASE {name}")
                note.write_text(f"{url} {name}", "utf-8")
                own["ZHIZE_DATABASE_URL"] = f"{url.rsplit('/', 1)[0]}/{name}"
            _load(own, stage)
            loading.rename(source)
        if url:
            server, name = note.read_text("utf-8").split()
            _on_server(server, f"CREATE DATABASE {_name(url)} TEMPLATE {name}")
    shutil.copytree(source, home, dirs_exist_ok=True)


def _load(env: dict[str, str], stage: str) -> None:
    done = subprocess.run(
        [*ZHIZE, "demo", "--stage", stage], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"zhize demo: {done.stdout[-2000:]}{done.stderr[-4000:]}"


@contextlib.contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def own_database(url: str) -> Iterator[str]:
    """The address of a database for `fill` to make on the PostgreSQL server of `url`, dropped afterwards; an empty url
    (SQLite) passes through."""
    if not url.startswith("postgres"):
        yield ""
        return
    own = url.rsplit("/", 1)[0] + f"/walk_{secrets.token_hex(4)}"
    try:
        yield own
    finally:
        _on_server(url, f"DROP DATABASE IF EXISTS {_name(own)} WITH (FORCE)")


def _name(url: str) -> str:
    return url.rsplit("/", 1)[1]


def _on_server(url: str, statement: str) -> None:
    """Runs one statement beside the databases it is about."""
    import psycopg

    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as server:
        server.execute(statement.encode())
