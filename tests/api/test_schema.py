"""Schemathesis over the whole description: whatever is sent, nothing breaks and the answer is a described one."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis import checks
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
def described(things: Things) -> Any:
    token = token_of(things.people["own", "sysadmin"])
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers={"Authorization": f"Bearer {token}"}
    )
    schema.token = token
    return schema


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_its_description(case: Any, described: Any) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {described.token}"}, checks=LOOKED_AT)
