"""免办申请: asked by the unit, answered by the director with an opinion; until then the obligation stays owed."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.regulations.conftest import Owe, SignIn
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Todo
from zhize.apps.regulations.models import Obligation, WaiverRequest
from zhize.apps.regulations.services import waiver_answer, waiver_ask, waiver_withdraw
from zhize.core.kernel.errors import CoreError
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def _ask(world: World, obligation: Obligation, now: datetime, who: str = "liaison") -> WaiverRequest:
    return waiver_ask(
        obligation=obligation, reason="机构改革中", basis="编办文件", actor=world.actor(who), now=now
    )


def _status(obligation: Obligation) -> str:
    return Obligation.objects.system("test").get(pk=obligation.pk).status


def test_an_obligation_stays_owed_until_the_director_grants(world: World, owe: Owe, now: datetime) -> None:
    obligation = owe("zjj", sources=[])
    asked = _ask(world, obligation, now)
    assert _status(obligation) == "open"
    assert Todo.objects.system("test").filter(kind="waiver.answer", done_at__isnull=True).count() == 1
    waiver = waiver_answer(
        asked=asked, action="grant", opinion="同意", actor=world.actor("director"), now=now
    )
    assert waiver is not None and (waiver.reason, waiver.basis) == ("机构改革中", "编办文件")
    assert _status(obligation) == "waived"
    assert not Todo.objects.system("test").filter(done_at__isnull=True).exists()
    types = set(Entry.objects.system("test").values_list("type", flat=True))
    assert {"regulations.waiver.asked", "regulations.waiver.answered"} <= types


def test_a_refusal_needs_an_opinion_and_may_be_asked_again(world: World, owe: Owe, now: datetime) -> None:
    obligation = owe("zjj", sources=[])
    asked, director = _ask(world, obligation, now), world.actor("director")
    with pytest.raises(BadInput, match="不同意的理由"):
        waiver_answer(asked=asked, action="refuse", opinion=" ", actor=director, now=now)
    assert waiver_answer(asked=asked, action="refuse", opinion="仍须报", actor=director, now=now) is None
    assert _status(obligation) == "open"
    with pytest.raises(CoreError, match="未同意的免办申请不能同意"):
        waiver_answer(asked=asked, action="grant", opinion="", actor=director, now=now)
    assert _ask(world, obligation, now).state == "asked"


def test_a_second_request_waits_for_the_first(world: World, owe: Owe, now: datetime) -> None:
    obligation = owe("zjj", sources=[])
    _ask(world, obligation, now)
    with pytest.raises(StateConflict, match="等待审批"):
        _ask(world, obligation, now)


def test_only_the_owing_unit_asks_and_only_the_director_answers(
    world: World, owe: Owe, now: datetime
) -> None:
    obligation = owe("zjj", sources=[])
    for who in ("other", "office", "sibling"):
        with pytest.raises(NotAllowed):
            _ask(world, obligation, now, who)
    asked = _ask(world, obligation, now)
    for who in ("office", "liaison", "sibling_head"):
        with pytest.raises(NotAllowed):
            waiver_answer(asked=asked, action="grant", opinion="", actor=world.actor(who), now=now)


def test_the_page_carries_the_request_to_the_director_and_back(owe: Owe, sign_in: SignIn) -> None:
    obligation = owe("zjj", sources=[])
    url, unit, director = f"/obligations/{obligation.pk}/", sign_in("liaison"), sign_in("director")
    assert "申请免办" in unit.get(url).content.decode()
    assert unit.post(f"{url}waiver/", {"reason": "", "basis": ""}).status_code == 400
    assert unit.post(f"{url}waiver/", {"reason": "机构改革中", "basis": ""}).status_code == 302
    page = director.get(url).content.decode()
    assert "机构改革中" in page and "审批免办申请" in page
    sent = {"action": "refuse", "opinion": "", "version": "1"}
    assert director.post(f"{url}waiver/answer/", sent).status_code == 400
    sent |= {"opinion": "仍须按期报送"}
    assert director.post(f"{url}waiver/answer/", sent).status_code == 302
    assert "仍须按期报送" in unit.get(url).content.decode()


def test_a_unit_takes_its_request_back_and_the_director_has_nothing_left_to_do(
    world: World, owe: Owe, now: datetime, sign_in: SignIn
) -> None:
    obligation = owe("zjj", sources=[])
    asked = _ask(world, obligation, now)
    with pytest.raises(NotAllowed):
        waiver_withdraw(obligation=obligation, actor=world.actor("director"), now=now)
    page = sign_in("liaison").get(f"/obligations/{obligation.pk}/").content.decode()
    assert "撤回免办申请" in page
    waiver_withdraw(obligation=obligation, actor=world.actor("liaison"), now=now)
    assert WaiverRequest.objects.system("test").get(pk=asked.pk).state == "withdrawn"
    assert not Todo.objects.system("test").filter(kind="waiver.answer", done_at__isnull=True).exists()
    with pytest.raises(CoreError, match="不能再次撤回"):
        waiver_withdraw(obligation=obligation, actor=world.actor("liaison"), now=now)
    assert _ask(world, obligation, now).state == "asked"
