"""Fixtures of registers: 省质监局 keeps samplings and instruments; data as a form or a file gives them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from stdnum.cn import uscc
from tests.world import World

from zhize.apps.registers import services
from zhize.apps.registers.models import Record


def code(n: int) -> str:
    """A code that passes its check digit and is clearly invented: no region has the number 629999."""
    body = f"91629999{n:09d}"
    return body + str(uscc.calc_check_digit(body))


def sampling(n: int = 1, **change: Any) -> dict[str, Any]:
    """A sound sampling result as `data`."""
    return {
        "report_no": f"YS-{n:05d}",
        "subject_name": f"演示企业{n}有限公司",
        "subject_code": code(n),
        "region": None,
        "sampled_on": date(2012, 2, 1),
        "product": "复混肥料",
        "result": "pass",
    } | change


def instrument(n: int = 1, **change: Any) -> dict[str, Any]:
    """A sound instrument as `data`: verified on 10 March 2011 for twelve months."""
    return {
        "instrument_no": f"YS-J-{n:04d}",
        "instrument_name": "电子台秤",
        "subject_name": f"演示企业{n}有限公司",
        "category": "m10",
        "purpose": "trade",
        "way": "periodic",
        "verified_on": date(2011, 3, 10),
        "cycle_months": 12,
        "result": "pass",
    } | change


@pytest.fixture
def register(world: World, now: Any) -> Callable[..., Record]:
    """register("sampling", 1, result="fail"): a record made by 省质监局's liaison, or by `by`."""

    def make(type_code: str, n: int = 1, by: str = "liaison", **change: Any) -> Record:
        data = {"sampling": sampling, "instruments": instrument}[type_code](n, **change)
        return services.record_create(type_code=type_code, data=data, actor=world.actor(by), now=now)

    return make


@pytest.fixture
def as_(world: World) -> Callable[[str], Client]:
    """A browser of one of the world's people."""

    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """An empty file store."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    """The house's clock stands on the tests' day."""
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: today)


def text(client: Client, url: str, status: int = 200) -> str:
    """A page as text, of the status expected."""
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[-3000:]
    return response.content.decode()
