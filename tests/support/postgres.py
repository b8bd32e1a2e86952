"""A PostgreSQL server of the tests' own: in a temporary directory, on a free loopback port, gone at the end.

Durability is off (fsync and friends), since the data live for minutes. As root the server runs as an
unprivileged account, because PostgreSQL refuses to run as root.

    with temporary_postgres() as url: ...
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

MISSING = "没有找到 PostgreSQL 服务器程序（initdb、postgres）"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "autovacuum": "off",
}


def bin_dir() -> Path | None:
    """The folder that holds initdb and postgres: PATH, then pg_config, then the version folders Debian makes.

    Debian keeps the server's programs out of PATH, one folder per version beside pg_config's libraries:
    sample `.../lib/postgresql/15/bin`. The highest version wins.
    """
    places: list[Path] = []
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).resolve().parent)
    if config := shutil.which("pg_config"):
        out = subprocess.run([config, "--bindir"], capture_output=True, text=True).stdout.strip()
        places.append(Path(out))
    prefix = Path(shutil.which("sh") or "/bin/sh").resolve().parent.parent
    places += sorted(prefix.glob("lib/postgresql/*/bin"), key=_version, reverse=True)
    return next((p for p in places if (p / "initdb").exists() and (p / "postgres").exists()), None)


def _version(folder: Path) -> float:
    found = re.search(r"(\d+(?:\.\d+)?)/bin$", str(folder))
    return float(found.group(1)) if found else 0.0


def is_available() -> bool:
    return bin_dir() is not None


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _account() -> pwd.struct_passwd | None:
    """The account the server runs as: our own, or for root `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("以 root 运行测试需要一个普通账号（postgres 或 nobody）来启动 PostgreSQL")


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """A running server; yields the URL of its empty database `zhize`."""
    programs = bin_dir()
    if programs is None:
        raise RuntimeError(MISSING)
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="zhize-pg-"))
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C.UTF-8"}
    port = free_port()

    def start(*command: str) -> subprocess.Popen[bytes]:
        log = (folder / "log").open("ab")
        return subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            start_new_session=True, **who,  # type: ignore[call-overload]
        )  # fmt: skip

    server: subprocess.Popen[bytes] | None = None
    try:
        made = start(
            str(programs / "initdb"), "-D", str(folder / "data"), "-U", "zhize", "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        if made.wait():
            raise RuntimeError(f"initdb failed:\n{_log(folder)}")
        options = [word for key, value in FAST.items() for word in ("-c", f"{key}={value}")]
        server = start(
            str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder),
            "-c", "listen_addresses=127.0.0.1", *options,
        )  # fmt: skip
        _wait_and_create(port, server, folder)
        yield f"postgres://zhize@127.0.0.1:{port}/zhize"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # "fast": ends the clients too; SIGTERM would wait for them
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_and_create(port: int, server: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + 30
    while True:
        try:
            with psycopg.connect(
                f"postgres://zhize@127.0.0.1:{port}/postgres", autocommit=True
            ) as connection:
                connection.execute("CREATE DATABASE zhize")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{_log(folder)}") from None
            time.sleep(0.1)


def _log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2000:]
