"""Whoever wanders through the addresses of calls and answers never reads what another unit wrote, draft or sent."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from django.test import Client
from tests.requests.conftest import Make, fill, of, send
from tests.world import World

from zhize.apps.requests.models import Call, UnitRequest

WHO = {
    "liaison": "zjj",
    "clerk": "zjj",
    "other": "gsj",
    "sibling": "lz_gov",
    "sibling2": "ts_gov",
    "child": "",
}
WRITES = {"zjj": "liaison", "gsj": "other", "lz_gov": "sibling", "ts_gov": "sibling2"}
PATHS = (
    "/requests/", "/requests/mine/", "/requests/{call}/", "/requests/{call}/edit/", "/requests/{call}/answers/?all=1",
    "/requests/{call}/answers/?all=1&export=xlsx", "/requests/answers/{answer}/", "/requests/mine/?q={word}",
    "/requests/mine/?export=csv&all=1", "/search/?q={word}",
)  # fmt: skip
STEPS = 240


def _word(unit: str, call: Call) -> str:
    """What only this unit wrote."""
    return f"秘{unit}第{call.pk}份内情"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_wanderer_reads_only_the_own_units_words(
    world: World, issued: Make, now: datetime, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: now.date())
    calls = [issued(title="第一次"), issued(title="第二次")]
    for call in calls:
        for unit, who in WRITES.items():
            fill(call, world, now, unit=unit, who=who, answers={"done": _word(unit, call), "batches": 1})
            if call is calls[0]:
                send(call, world, now, unit=unit, who=who)
    answers = list(UnitRequest.objects.system("test").values_list("pk", flat=True))
    chance, clients = random.Random(seed), {}
    for who in WHO:
        clients[who] = Client()
        clients[who].force_login(world.user[who], backend="django.contrib.auth.backends.ModelBackend")
    read = 0
    for _step in range(STEPS):
        who = chance.choice(list(WHO))
        path = chance.choice(PATHS).format(
            call=chance.choice(calls).pk, answer=chance.choice(answers), word=_word(chance.choice(list(WRITES)), calls[0])
        )  # fmt: skip
        response = clients[who].get(path)
        page = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        text = page.decode("utf-8", "ignore").replace(path, "")
        for unit in WRITES:
            for call in calls:
                if unit == WHO[who]:
                    read += _word(unit, call) in text
                elif "q=" not in path:
                    assert _word(unit, call) not in text, f"{who} read {unit}'s words at {path}"
    assert read, "the walk has looked at something"


def test_the_office_reads_what_was_sent_and_no_draft(
    world: World, issued: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: now.date())
    call = issued()
    for unit in ("zjj", "gsj"):
        fill(call, world, now, unit=unit, who=WRITES[unit], answers={"done": _word(unit, call), "batches": 1})
    send(call, world, now)
    client = Client()
    client.force_login(world.user["office"], backend="django.contrib.auth.backends.ModelBackend")
    pages = {
        u: client.get(f"/requests/answers/{of(call, world, u).pk}/").content.decode() for u in ("zjj", "gsj")
    }
    assert _word("zjj", call) in pages["zjj"]
    assert _word("gsj", call) not in pages["gsj"]
