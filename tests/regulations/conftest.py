"""A duty and what is owed for it, by row; people signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.world import World

from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear

Owe = Callable[..., Obligation]
SignIn = Callable[[str], Client]


@pytest.fixture
def owe(world: World) -> Owe:
    """owe("zjj", sources=["x.y"], nature="once") → the obligation of 2012."""
    jurisdiction = world.jurisdiction["gs"]
    year = WorkYear.objects.create(
        jurisdiction=jurisdiction,
        label="2012年度",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )

    def make(unit: str, *, sources: list[str], nature: str = "once", **rule: Any) -> Obligation:
        number = Duty.objects.system("test").count() + 1
        duty = Duty.objects.create(
            jurisdiction=jurisdiction, code=f"1.{number}#1", title="制定工作方案", text="制定工作方案。", nature=nature,
            sources=sources, rule=rule, order=number,
        )  # fmt: skip
        return Obligation.objects.create(
            jurisdiction=jurisdiction, year=year, duty=duty, unit=world.unit[unit], period_label="2012年",
            period_start=date(2012, 1, 1), period_end=date(2012, 12, 31), due_on=date(2012, 3, 1),
        )  # fmt: skip

    return make
