"""Two web workers as `zhize web` starts them: what they hold once they have answered."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils.encoding import iri_to_uri

from zhize.apps.cli.run import ME, free_port

WORKERS = 2
PATIENCE = 120  # seconds for the workers to answer first


def resident_after(asked: Sequence[tuple[Client, str]]) -> list[int]:
    """MB resident in each worker after these pages, each asked on a connection of its own as who is signed in there."""
    with _served() as (process, base):
        for client, page in asked:
            address = iri_to_uri(page)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "Connection": "close"}
            request = urllib.request.Request(base + address, headers=headers)
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                if not answer.url.endswith(address):
                    raise RuntimeError(f"{page} led to {answer.url}")
                answer.read()
        return sorted(_resident(pid) for pid in _workers(process.pid))


@contextlib.contextmanager
def _served() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port("127.0.0.1", 8700)
    process = subprocess.Popen(
        [*ME, "web", "--port", str(port), "--workers", str(WORKERS)], stdout=sys.stderr
    )
    try:
        until = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the web workers did not answer")
            time.sleep(0.2)
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _workers(master: int) -> list[int]:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [
        int(pid) for pid in children if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def _resident(pid: int) -> int:
    """VmRSS of /proc/…/status, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (one for one in lines if one.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024)
