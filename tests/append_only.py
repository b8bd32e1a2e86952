"""How the suite cleans up after tests that commit: the guards step aside around the flush, and only there.

The product has no door for this; the migration's own reverse is used, and the guards are put back at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import connection
from django.test import TransactionTestCase

from zhize.apps.audit.models import GUARDS
from zhize.kit.append_only import install, remove


@pytest.fixture(autouse=True, scope="session")
def flush_despite_guards() -> Iterator[None]:
    """Wraps the teardown of tests that really commit (`transactional_db`, live servers)."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        remove(connection, GUARDS)
        try:
            flush(case)
        finally:
            install(connection, GUARDS)

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", teardown):
        yield
