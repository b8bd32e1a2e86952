"""`python -m tests.perf [--rows N] [--postgres] [--plans] [--scoring] [--year] [--figures] [--import] [--nation] [--write]`: on a temporary database, gone afterwards."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.perf.scoring import scoring_table
from tests.perf.tables import write_table
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
    parser.add_argument("--rows", type=int, default=20_000, help="N: tasks of the year")
    parser.add_argument("--postgres", action="store_true", help="on a temporary PostgreSQL instead of SQLite")
    parser.add_argument(
        "--plans", action="store_true", help="show the slow statements of each page with their plans instead"
    )
    parser.add_argument(
        "--scoring", type=int, nargs="?", const=3200, metavar="OBJECTS",
        help="a round of so many objects over 120 leaves beside the same arithmetic bare, instead; needs no database",
    )  # fmt: skip
    parser.add_argument(
        "--year", type=int, nargs="?", const=100_000, metavar="OBLIGATIONS",
        help="a year of so many obligations of 60 duties × 115 units instead",
    )  # fmt: skip
    parser.add_argument(
        "--figures", type=int, nargs="?", const=15, metavar="YEARS",
        help="monthly figures of 60 cards × 115 regions over so many years instead",
    )  # fmt: skip
    parser.add_argument(
        "--import", dest="imported", type=int, nargs="?", const=100_000, metavar="ROWS",
        help="a ledger of so many rows from Excel instead",
    )  # fmt: skip
    parser.add_argument(
        "--nation", type=int, nargs="?", const=31, metavar="PROVINCES",
        help="a country (or so many of its provinces) beside its first province alone instead",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    arguments = parser.parse_args()
    if arguments.scoring is not None:
        text = scoring_table(arguments.scoring)
        print(text)
        if arguments.write:
            write_table(text, f"scoring {arguments.scoring:,}")
        return
    logging.disable(logging.WARNING)  # a page that is not there yet is a line of the table, no warning
    with temporary_home(arguments.postgres):
        import django

        django.setup()
        from django.db import connections

        from tests.perf.figures import figures_table
        from tests.perf.imports import import_table
        from tests.perf.nation import nation_table
        from tests.perf.run import plans_of, table_of
        from tests.perf.year import year_table

        if arguments.nation:
            text, name = nation_table(arguments.nation), f"nation {arguments.nation}"
        elif arguments.figures:
            text, name = figures_table(arguments.figures), "figures"
        elif arguments.imported:
            text, name = import_table(arguments.imported), f"import {arguments.imported:,}"
        elif arguments.year:
            text, name = year_table(arguments.year), f"year {arguments.year:,}"
        else:
            text = plans_of(arguments.rows) if arguments.plans else table_of(arguments.rows)
            name = f"{arguments.rows:,}"
        connections.close_all()
    print(text)
    if arguments.write and not arguments.plans:
        where = "postgresql" if arguments.postgres else "sqlite"
        write_table(text, f"{where} {name}")


if __name__ == "__main__":
    main()
