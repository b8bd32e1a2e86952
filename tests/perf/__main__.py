"""`python -m tests.perf [--rows N] [--postgres] [--write]`: on a temporary database, gone afterwards."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.support.postgres import temporary_postgres


@contextlib.contextmanager
def temporary_home(on_postgres: bool) -> Iterator[None]:
    """The environment of a product of its own; must be entered before Django is set up."""
    with contextlib.ExitStack() as stack:
        home = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="zhize-perf-", ignore_cleanup_errors=True)
        )
        os.environ |= {
            "ZHIZE_HOME": home,
            "ZHIZE_CLOCK": "2012-04-16",
            "DJANGO_SETTINGS_MODULE": "zhize.config.settings_test",
        }
        os.environ.pop("ZHIZE_DATABASE_URL", None)
        if on_postgres:
            os.environ["ZHIZE_DATABASE_URL"] = stack.enter_context(temporary_postgres())
        (Path(home) / "static").mkdir()
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="N: obligations of the year")
    parser.add_argument("--postgres", action="store_true", help="on a temporary PostgreSQL instead of SQLite")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # a page that is not there yet is a line of the table, no warning
    with temporary_home(arguments.postgres):
        import django

        django.setup()
        from django.db import connections

        text = _run(arguments.rows)
        connections.close_all()
    print(text)
    if arguments.write:
        from tests.perf.report import update_document

        update_document(text)


def _run(rows: int) -> str:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.perf.data import grow_obligations
    from tests.perf.measure import measure
    from tests.perf.pages import PAGES
    from tests.perf.report import table
    from tests.world import build_world

    settings.ROOT_URLCONF = "tests.perf.urls"
    call_command("migrate", verbosity=0, interactive=False)
    world = build_world()
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    results = []
    for size in (max(1, rows // 100), rows):
        grow_obligations(world, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        results.append({page.address: measure(client, page.address) for page in PAGES})
    return f"N = {rows:,} obligations, {connection.vendor}\n\n" + table(*results)


if __name__ == "__main__":
    main()
