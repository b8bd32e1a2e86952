"""A conference is told when its call, its minutes or its report is revoked, repealed or corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from tests.documents.acts import acted_on, an_issuer, decide, sent
from tests.work.conferences.conftest import Convene, fresh, held
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.work.services import call_draft, minutes_draft, situation_report_draft


@pytest.mark.parametrize("made", [call_draft, minutes_draft, situation_report_draft])
def test_its_page_says_so_and_a_conference_held_was_held(
    world: World, convene: Convene, as_: Any, made: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: on(6, 22).date())
    an_issuer(world)
    conference, office = convene(), world.actor("office")
    if made is not call_draft:
        held(conference, world, "zjj", "lz_gov")
    day = on(6, 5) if made is call_draft else on(6, 21)
    paper = sent(made(conference=conference, actor=office, now=day), office, day)
    state = fresh(conference).state
    notice = acted_on(paper, "correct", office, on(6, 22))
    page = as_("office").get(reverse("work:conference", args=[conference.pk])).content.decode()
    assert "印发文件有更正" in page and (notice.number in page)
    decide(paper, "amended", office, on(6, 22))
    page = as_("office").get(reverse("work:conference", args=[conference.pk])).content.decode()
    assert "另行部署" in page and fresh(conference).state == state
