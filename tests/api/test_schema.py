"""Schemathesis over the whole description: whatever is sent, nothing breaks and the answer is a described one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks
from tests.api.conftest import token_of
from tests.permissions.things import Things

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LOOKED_AT = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def described(things: Things) -> Iterator[Any]:
    # As Django's own test client does: the request must not close the connection the test's transaction lives on.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    token = token_of(things.people["own", "sysadmin"])
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers={"Authorization": f"Bearer {token}"}
    )
    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def broken_by(operation: Any, token: str, mode: GenerationMode) -> str:
    """What was wrong with an operation, or nothing."""

    @settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def tried(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=LOOKED_AT)

    try:
        tried()
    except (Exception, BaseExceptionGroup) as error:
        return f"{operation.label}: {error}"[:1500]
    return ""


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(
    "role",
    [
        # Half of it on each database: hundreds of requests a role.
        pytest.param("sysadmin", marks=pytest.mark.sqlite),
        pytest.param("liaison", marks=pytest.mark.postgres),
    ],
)
def test_every_operation_keeps_its_description(
    described: Any, things: Things, role: str, mode: GenerationMode
) -> None:
    token = token_of(things.people["own", role])
    operations = [one.ok() for one in described.get_all_operations()]
    assert len(operations) > 20
    found = [words for one in operations if (words := broken_by(one, token, mode))]
    assert not found, "\n\n".join(found)
