"""Sums over many rows are kept for a minute, for people who see the same; sums over few are worked out each time."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.world import World

from zhize.kit import kept as module
from zhize.kit.kept import kept

pytestmark = pytest.mark.django_db


def test_many_are_summed_once_a_minute_and_stamped(world: World, now: datetime) -> None:
    asked: list[int] = []

    def load() -> dict[str, int]:
        asked.append(1)
        return {"late": module.MANY + 1}

    answers = [
        kept("test", world.actor(who), now, load, rows=lambda found: sum(found.values()))
        for who in ("office", "office", "liaison")
    ]
    assert len(asked) == 2, "the office's second visit costs nothing; another hat sees another sum"
    assert {answer.at for answer in answers} == {now}


def test_few_move_at_once(world: World, now: datetime) -> None:
    numbers = iter((1, 2))
    answers = [
        kept("test", world.actor("office"), now, lambda: next(numbers), rows=lambda n: n) for _ in range(2)
    ]
    assert [(one.value, one.at) for one in answers] == [(1, None), (2, None)]
