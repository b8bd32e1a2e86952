"""`zhize run`: prepares the data, then web, worker and beat as one process tree; and each of them alone."""

from __future__ import annotations

import contextlib
import importlib
import os
import socket
import subprocess  # nosec B404 - starts our own programs only
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command

from zhize.apps.cli.supervisor import Child, Supervisor

ME = (sys.executable, "-m", "zhize.apps.cli.main")
PORTS_TO_TRY = 50
THREADS = (
    4  # of one web process; each may hold a database connection, so workers x 4 must fit the server's limit
)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="ZHIZE_PORT",
    help="端口，默认 8000；被占用时取下一个空闲端口",
)
@click.option("--host", envvar="ZHIZE_BIND", default="127.0.0.1", show_default=True, help="监听地址")
@click.option(
    "--workers", type=click.IntRange(1, 64), envvar="ZHIZE_WORKERS", help="网页进程数，默认为处理器数，至多 4"
)
@click.option("--no-demo", is_flag=True, help="数据库为空时不载入演示数据")
def run(port: int | None, host: str, workers: int | None, no_demo: bool) -> None:
    """启动系统：网页、后台任务和定时任务，一并结束."""
    with _run_lock():
        prepare_all(demo=not no_demo)
        chosen = free_port(host, port or 8000)
        if chosen != (port or 8000):
            _say(f"端口 {port or 8000} 已被其他程序占用，改用 {chosen}（可用 --port 指定）")
        count = workers or min(4, os.cpu_count() or 1)
        threading.Thread(target=_greet_when_ready, args=(host, chosen), daemon=True).start()
        children = [
            Child("网页", (*ME, "web", "--host", host, "--port", str(chosen), "--workers", str(count))),
            Child("后台任务", (*ME, "worker")),
            Child("定时任务", (*ME, "beat")),
        ]
        Supervisor(children, _say).run()
        _say("已停止，数据保留在 " + str(settings.ZHIZE_HOME))


@click.command()
@click.option("--no-demo", is_flag=True, help="数据库为空时不载入演示数据")
def prepare(no_demo: bool) -> None:
    """准备数据：升级数据库、收集静态文件、库为空时载入演示数据."""
    prepare_all(demo=not no_demo)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--workers", type=int, default=1, show_default=True)
def web(host: str, port: int, workers: int) -> None:
    """只启动网页服务."""
    from granian import Granian

    Granian(
        "zhize.config.wsgi:application",
        address=host,
        port=port,
        interface="wsgi",
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level="warning",
    ).serve()


@click.command()
def worker() -> None:
    """只启动后台任务进程."""
    call_command("db_worker", reload=False)


def prepare_all(*, demo: bool) -> None:
    """The database and static files made ready, the demonstration loaded if it is empty, then the shipped cards."""
    make_ready()
    if demo and database_is_empty():
        _load_demonstration()
    load_cards()


def make_ready() -> None:
    """Migrates, and collects static files where they are older than their sources."""
    call_command("migrate", interactive=False, verbosity=0)
    if static_is_stale():
        # In its own process: the settings choose the file storage once, before the first collection exists.
        subprocess.run([*ME, "django-admin", "collectstatic", "--noinput", "-v", "0"], check=True)  # nosec B603


def load_cards() -> None:
    """The metric cards shipped with this version; what an office has revised stays as revised."""
    from zhize.apps.metrics.services import cards_load
    from zhize.kit import clock
    from zhize.kit.actor import system_actor

    cards_load(actor=system_actor("随版本载入指标卡"), now=clock.now())


def static_is_stale() -> bool:
    """True where nothing was collected yet, or a source file is newer than the collection."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    newest = max((f.stat().st_mtime for folder in folders for f in folder.rglob("*")), default=0.0)
    return newest > collected


def database_is_empty() -> bool:
    """Nobody can sign in yet."""
    from zhize.apps.orgs.models import User

    return not User.objects.exists()


def _demo_module() -> Any:
    try:
        return importlib.import_module("zhize.apps.cli.demo")
    except ModuleNotFoundError as error:
        if error.name != "zhize.apps.cli.demo":
            raise
        return None


def _load_demonstration() -> None:
    module = _demo_module()
    if module is None:
        _say("数据库为空，而本版本不含演示数据（缺少 zhize.apps.cli.demo），将以空库启动")
        return
    _say("数据库为空，正在载入演示数据……")
    module.demo_load(os.environ.get("ZHIZE_DEMO_STAGE") or "year")


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next free one above it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        with socket.socket(family) as s, contextlib.suppress(OSError):
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((host, port))
            return port
    raise click.ClickException(
        f"端口 {wanted} 至 {wanted + PORTS_TO_TRY - 1} 都被占用，系统没有启动。请用 --port 指定一个空闲端口。"
    )


@contextlib.contextmanager
def _run_lock() -> Iterator[None]:
    """One running tree per data folder; `zhize restore` asks for the same lock."""
    import fcntl

    path = Path(settings.ZHIZE_HOME) / "run.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise click.ClickException(
                f"{settings.ZHIZE_HOME} 中的系统已在运行，没有再启动一个。\n"
                "要同时运行第二个，请用 ZHIZE_HOME 指定另一个数据目录。"
            ) from None
        yield


def _greet_when_ready(host: str, port: int) -> None:
    """The address is printed when it answers, not before."""
    address = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host  # nosec B104
    while True:
        with contextlib.suppress(OSError), socket.create_connection((address, port), timeout=1):
            break
        time.sleep(0.2)
    _greet(host, port)


def _greet(host: str, port: int) -> None:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # nosec B104 - compared, not bound
    lines = ["", f"  质责已启动：http://{shown}:{port}/", f"  数据目录：{settings.ZHIZE_HOME}"]
    module = _demo_module()
    accounts = module.demo_accounts() if module and hasattr(module, "demo_accounts") else []
    if accounts:
        lines += ["  演示账号（演示数据，仅供试用）："]
        wide = max(len(username) for username, _password, _who in accounts)
        lines += [f"    {username:<{wide}}  {password}  {who}" for username, password, who in accounts]
    lines += ["  按 Ctrl-C 停止；再次启动保留已有数据。", ""]
    click.echo("\n".join(lines))


def _say(text: str) -> None:
    click.echo(f"[zhize] {text}")
