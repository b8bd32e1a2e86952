"""`zhize beat`: every 20 seconds asks what is due. Nothing is lost when it stands still: what is due stays due."""

from __future__ import annotations

import importlib
import logging
import signal
import threading

import click
from django.db import close_old_connections
from django.utils import timezone

SECONDS = 20.0
log = logging.getLogger("zhize.beat")


@click.command()
@click.option("--once", is_flag=True, help="只检查一次就结束")
def beat(once: bool) -> None:
    """只启动定时任务进程."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while True:
        tick()
        if once or stop.wait(SECONDS):
            return


def tick() -> None:
    """One look at what is due. An error is logged and tried again at the next beat: the loop never dies of it."""
    close_old_connections()
    try:
        importlib.import_module("zhize.kit.beat").run_due(timezone.now())
    except ModuleNotFoundError as error:
        if error.name != "zhize.kit.beat":
            raise
        log.info("no schedule in this version")
    except Exception:
        log.exception("beat failed; next try in %s seconds", SECONDS)
