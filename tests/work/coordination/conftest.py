"""A matter that 省质监局 raised in March 2012, through the service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.work.tasks.conftest import hand_out, on, year_of
from tests.world import World

from zhize.apps.work.models import Matter, MatterUnit
from zhize.apps.work.services import matter_raise
from zhize.apps.years.models import WorkYear

__all__ = ["hand_out"]
Raise = Callable[..., Matter]
DUE = date(2012, 4, 20)


@pytest.fixture
def year(world: World) -> WorkYear:
    return year_of(world.jurisdiction["gs"])


@pytest.fixture
def raised(world: World, year: WorkYear) -> Raise:
    """raised(title="…") → the matter, raised by the liaison on 5 March."""

    def make(who: str = "liaison", unit: str = "zjj", **more: Any) -> Matter:
        data = {
            "title": "明确检验人员划转", "problem": "两家检验机构人员不能划转。", "tried": "已会商两次。", "wanted": "请人事部门明确。",
            "wanted_of": "省工商局", "due_on": DUE, **more,
        }  # fmt: skip
        return matter_raise(
            jurisdiction=year.jurisdiction,
            unit=world.unit[unit],
            data=data,
            actor=world.actor(who),
            now=on(3, 5),
        )

    return make


def fresh(matter: Matter) -> Matter:
    rows = Matter.objects.system("test").select_related("jurisdiction", "year", "unit")
    return rows.get(pk=matter.pk)


def asked_of(matter: Matter, world: World, unit: str = "gsj") -> MatterUnit:
    rows = MatterUnit.objects.system("test").select_related("unit", "matter")
    return rows.get(matter=matter, unit=world.unit[unit])
