"""What the product knows is filled in; what a person wrote stays. A prefecture's papers stay at home until they are sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.requests.conftest import FULL, Make, fill, of, send
from tests.world import World

from zhize.apps.documents.models import Evidence
from zhize.apps.requests import selectors, services
from zhize.apps.requests.models import UnitRequest
from zhize.core.duties.lights import Boundaries
from zhize.kit import contributions
from zhize.kit.contributions import Digest, DigestSource
from zhize.kit.errors import StateConflict


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the apps above know of a unit's period."""
    monkeypatch.setattr(contributions, "digests", contributions.Point("digests"))
    lines = ("办结任务3项", "按期落实2件")
    contributions.digests.add(DigestSource("a", lambda unit, where, start, end: Digest("任务", lines)))
    contributions.digests.add(DigestSource("b", lambda unit, where, start, end: None))
    contributions.digests.add(
        DigestSource("c", lambda unit, where, start, end: Digest("数据", (f"{start}起",)))
    )


def test_a_summary_is_drafted_from_the_units_own_data(
    world: World, issued: Make, now: datetime, facts: None
) -> None:
    call = issued()
    row = services.request_prefill(request=of(call, world, "zjj"), actor=world.actor("liaison"), now=now)
    assert row.answers == {"done": "一、任务\n1. 办结任务3项\n2. 按期落实2件\n二、数据\n1. 2012-01-01起"}
    assert (row.state, row.prefilled) == ("drafting", ["done"])
    with pytest.raises(StateConflict, match="没有可以填入的内容"):
        services.request_prefill(request=row, actor=world.actor("liaison"), now=now)


def test_what_a_person_wrote_is_not_filled_over(
    world: World, issued: Make, now: datetime, facts: None
) -> None:
    call = issued()
    fill(call, world, now, answers={"done": "自己写的"})
    with pytest.raises(StateConflict):
        services.request_prefill(request=of(call, world, "zjj"), actor=world.actor("liaison"), now=now)
    assert of(call, world, "zjj").answers == {"done": "自己写的"}


def test_the_last_accepted_answer_is_repeated_where_the_new_one_is_empty(
    world: World, issued: Make, now: datetime
) -> None:
    first = issued(template="progress")
    fill(first, world, now)
    row = send(first, world, now)
    second = issued(template="progress", title="下一期")
    with pytest.raises(StateConflict):
        services.request_carry_over(request=of(second, world, "zjj"), actor=world.actor("liaison"), now=now)
    services.request_accept(request=row, version=None, actor=world.actor("office"), now=now)
    fill(second, world, now, answers={"batches": 7})
    row = services.request_carry_over(request=of(second, world, "zjj"), actor=world.actor("liaison"), now=now)
    assert row.answers == {"done": FULL["done"], "batches": 7, "held_on": "2012-02-20"}
    assert selectors.last_answers(of(second, world, "gsj")) == {}, "another unit's answer is no template"


def test_a_prefectures_paper_is_seen_above_only_once_it_is_sent(
    world: World, issued: Make, now: datetime
) -> None:
    call = issued()
    paper = SimpleUploadedFile("方案.txt", "演示数据".encode())
    sibling = world.actor("sibling")
    fill(call, world, now, unit="lz_gov", who="sibling")
    services.request_files_add(request=of(call, world, "lz_gov"), uploads=[paper], actor=sibling, now=now)
    above = Evidence.objects.visible_to(world.actor("office"))
    assert not above.exists()
    row = send(call, world, now, unit="lz_gov", who="sibling")
    assert [e.title for e in selectors.evidence_of(row)] == ["方案"]
    assert above.get().jurisdiction_id == world.jurisdiction["gs"].pk


@pytest.mark.parametrize("days", [-30, -10, 0, 5, 16, 40])
def test_a_light_is_the_same_for_the_database_and_for_the_reader(
    world: World, issued: Make, now: datetime, days: int
) -> None:
    states = ("waiting", "submitted", "returned", "accepted")
    call = issued()
    rows = list(UnitRequest.objects.system("test").filter(call=call).order_by("pk"))
    for row, state in zip(rows, states, strict=True):
        row.state, row.submitted_at = state, now + timedelta(days=20) if state != "waiting" else None
        row.save()
    today = date(2012, 3, 20) + timedelta(days=days)
    day = Boundaries(today, today + timedelta(days=10))
    for row in rows:
        found = [
            one.value
            for one in selectors.ReplyLight
            if UnitRequest.objects.system("test")
            .filter(selectors.light_q(one.value, day), pk=row.pk)
            .exists()
        ]
        assert found == [selectors.light_of(row, day).value]
