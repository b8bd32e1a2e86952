"""Fifty writers at once on one chain: all entries there, the chain whole, no error; on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from tests.audit.writers import EACH, WRITERS, outcome, write_at_once


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs ZHIZE_DATABASE_URL of a PostgreSQL server")
    assert write_at_once() == []
    assert outcome() == (WRITERS * EACH, [])


@pytest.mark.slow
def test_fifty_writers_at_once_on_a_real_sqlite_file(tmp_path: Path) -> None:
    environment = {
        **{k: v for k, v in os.environ.items() if k != "ZHIZE_DATABASE_URL"},
        "ZHIZE_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "zhize.config.settings",
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.audit.writers"],
        env=environment, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
