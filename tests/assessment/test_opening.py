"""The notice of an assessment goes the way of every official document; when it is out, self-evaluation begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import NOVEMBER, Play
from tests.documents.acts import sent
from tests.world import World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Round
from zhize.apps.documents import services as papers
from zhize.apps.documents.models import Addressee, Issuer, OfficialDocument
from zhize.apps.documents.selectors import official_standing
from zhize.apps.orgs.models import Todo
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.officialdoc import from_json, runs_of


def words_of(document: OfficialDocument) -> str:
    return "\n".join("".join(run.text for run in runs_of(one)) for one in from_json(document.blocks))


def test_the_notice_tells_the_calendar_and_attaches_the_criteria_and_opens_the_round(
    play: Play, issuer: Issuer, world: World, office: Actor
) -> None:
    document = services.opening_draft(
        round_=play.round,
        prepare="逐项自评\n附台账",
        contact="王某，0931-0000000",
        actor=office,
        now=NOVEMBER,
    )
    words = words_of(document)
    assert "兰州市、天水市，共2个。" in words and "2012年12月5日前报送自评表" in words
    assert "附台账" in words and "五、联系方式" in words
    assert "3个工作日内可以书面申辩" in words
    assert "3 专项整治40" in words and "佐证：台账" in words and "合计100" in words
    named = Addressee.objects.system("test").filter(document=document).order_by("sent", "unit__code")
    assert list(named.values_list("sent", "unit__code")) == [
        ("copy", "test-zjj"), ("main", "test-lz_office"), ("main", "test-ts_office"),
    ]  # fmt: skip
    assert play.round.state == Round.State.PREPARING, "not before it went out"
    with pytest.raises(StateConflict, match="考核通知已经起草"):
        services.opening_draft(round_=play.round, actor=office, now=NOVEMBER)
    sent(document, office, NOVEMBER)
    assert play.round.state == Round.State.SELF
    todos = Todo.objects.system("test").filter(kind="assessment.self")
    assert {row.due_on for row in todos} == {date(2012, 12, 5)} and todos.count() == 2


def test_a_round_may_be_opened_without_it_and_the_paper_follow(
    play: Play, issuer: Issuer, office: Actor
) -> None:
    play.move("open")
    document = services.opening_draft(round_=play.round, actor=office, now=NOVEMBER)
    assert "对照附件考核指标表逐项自评" in words_of(document)
    sent(document, office, NOVEMBER)
    assert play.round.state == Round.State.SELF


def test_a_voided_notice_may_be_drafted_again_but_none_once_results_are_out(
    play: Play, issuer: Issuer, office: Actor, director: Actor
) -> None:
    first = services.opening_draft(round_=play.round, actor=office, now=NOVEMBER)
    papers.official_void(document=first, reason="重写", version=None, actor=director, now=NOVEMBER)
    second = services.opening_draft(round_=play.round, actor=office, now=NOVEMBER)
    assert [one.pk for one in official_standing(office, selectors.opening_ref(play.round))] == [second.pk]
    play.to_appeals()
    with pytest.raises(StateConflict, match="不能起草考核通知"):
        services.opening_draft(round_=play.round, actor=office, now=NOVEMBER)


def test_the_page_drafts_it_and_only_for_the_office(
    play: Play, issuer: Issuer, world: World, as_: Callable[..., Client]
) -> None:
    round_page = reverse("assessment:round", args=[play.pk])
    assert "起草考核通知" in as_("office").get(round_page).content.decode()
    page = reverse("assessment:opening", args=[play.pk])
    assert "对照附件考核指标表逐项自评" in as_("office").get(page).content.decode()
    answer = as_("office").post(page, {"prepare": "逐项自评", "contact": ""})
    (document,) = OfficialDocument.objects.system("test").all()
    assert answer["Location"] == reverse("documents:official", args=[document.pk])
    shown = as_("office").get(round_page).content.decode()
    assert document.title in shown and "起草考核通知" not in shown
    with pytest.raises(NotAllowed):
        services.opening_draft(round_=play.round, actor=world.actor("head"), now=NOVEMBER)
