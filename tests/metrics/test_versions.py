"""Versions never overwrite: after any run of entering, correcting and locking, every value a figure had in force is still there."""

from __future__ import annotations

import itertools
import random
from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.metrics.conftest import RATE, Enter
from tests.world import World

from zhize.apps.metrics import services
from zhize.apps.metrics.models import Observation, Revision
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict, ZhizeError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(6))
def test_every_value_in_force_is_kept_whatever_is_done(
    world: World, enter: Enter, director: Actor, now: datetime, seed: int
) -> None:
    chance = random.Random(seed)
    row = enter(RATE, "2011年第四季度", "lz", "90")
    had = [Decimal(90)]
    for _step in range(12):
        value = Decimal(chance.randint(800, 999)) / 10
        act = chance.choice(("enter", "correct", "lock"))
        row = Observation.objects.system("test").get(pk=row.pk)
        try:
            if act == "enter":
                enter(RATE, "2011年第四季度", "lz", str(value))
            elif act == "correct":
                services.observation_correct(
                    observation=row, value=value, numerator=None, denominator=None, reason="核对", document="演示",
                    version=row.version, actor=director, now=now,
                )  # fmt: skip
            else:
                services.observations_lock(
                    jurisdiction=world.jurisdiction["gs"], start=date(2011, 10, 1), end=date(2011, 12, 31),
                    actor=director, now=now,
                )  # fmt: skip
        except StateConflict:
            assert act == "enter" and row.state == Observation.State.LOCKED
        except ZhizeError:
            assert act == "correct" and value == row.value
        else:
            if act != "lock" and value != had[-1]:
                had.append(value)
        kept = Revision.objects.system("test").filter(observation=row).order_by("number")
        told = [(one.number, one.value_before, one.value_after) for one in kept]
        assert told == [(n, *pair) for n, pair in enumerate(itertools.pairwise(had), 1)]
        assert Observation.objects.system("test").get(pk=row.pk).value == had[-1]
