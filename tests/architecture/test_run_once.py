"""A test that opens no database is not run a second time on PostgreSQL (tests/conftest.py)."""

from __future__ import annotations

import pytest
from tests.conftest import _uses_a_database


def test_one_without_a_database_is_known(request: pytest.FixtureRequest) -> None:
    assert not _uses_a_database(request.node)


def test_one_with_a_database_is_known(request: pytest.FixtureRequest, db: None) -> None:
    assert _uses_a_database(request.node)
