"""A year, a duty and what is owed for it, row by row."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear


def a_year(world: World, place: str, number: int = 2012) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction[place],
        label=f"{number}年",
        starts_on=date(number, 1, 1),
        ends_on=date(number, 12, 31),
        state="open",
    )


def a_duty(world: World, place: str, title: str = "制定工作方案") -> Duty:
    return Duty.objects.create(
        jurisdiction=world.jurisdiction[place], code="3.2#1", title=title, text=f"各成员单位{title}。", kind="plan",
        nature="periodic", order=1,
    )  # fmt: skip


def owe(
    year: WorkYear, duty: Duty, unit: Unit, period: int, due: date | None, status: str = "open", **more: Any
) -> Obligation:
    return Obligation.objects.create(
        jurisdiction_id=year.jurisdiction_id, year=year, duty=duty, unit=unit, period_label=f"{period}月",
        period_start=date(year.starts_on.year, period, 1), period_end=date(year.starts_on.year, period, 28),
        due_on=due, status=status, **more,
    )  # fmt: skip


def listed(client: Client, address: str) -> str:
    """The number a list page says it holds."""
    html = client.get(address).content.decode()
    found = re.search(r'class="page-number">([\d,+]+)', html)
    assert found, address
    return found[1]
