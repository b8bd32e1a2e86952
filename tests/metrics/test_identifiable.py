"""Figures that identify a respondent: seen by who gave and who collected them, and of no use to anything but statistics."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.metrics.conftest import BATCHES, PASSED, Browse, Enter
from tests.world import World

from zhize.apps.metrics import selectors, services
from zhize.apps.metrics.models import Card, CellKey, Entry, Observation
from zhize.apps.metrics.selectors.collecting import grid_of
from zhize.apps.metrics.selectors.links import observation_figures, unit_digest
from zhize.apps.metrics.services import Written
from zhize.apps.requests import services as asking
from zhize.apps.requests.models import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.measures import By

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
Q1 = (date(2012, 1, 1), date(2012, 3, 31))


@pytest.fixture
def marked(cards: dict[str, Card]) -> Card:
    """The number of batches, as if each figure were one enterprise's."""
    card = cards[BATCHES]
    card.identifiable = True
    card.save()
    return card


@pytest.fixture
def handed(
    world: World, marked: Card, cards: dict[str, Card], request_row: UnitRequest, now: datetime
) -> UnitRequest:
    """兰州 has handed in both cards."""
    cells = {CellKey(cards[code].pk, *Q1): Written(Decimal(7)) for code in (BATCHES, PASSED)}
    lz = world.actor("sibling")
    services.entries_save(request=request_row, cells=cells, version=None, actor=lz, now=now)
    return asking.request_submit(request=request_row, version=None, actor=lz, now=now)


def test_only_the_unit_and_the_collecting_office_see_an_identifiable_cell(
    world: World, handed: UnitRequest
) -> None:
    for key in ("sibling", "office", "director"):
        assert Entry.objects.visible_to(world.actor(key)).count() == 2, key
    seen = [
        entry.card.code for entry in Entry.objects.visible_to(world.actor("leader")).select_related("card")
    ]
    assert seen == [PASSED]


def test_the_form_shows_a_leader_only_what_identifies_nobody(
    browse: Browse, handed: UnitRequest, marked: Card
) -> None:
    url = reverse("metrics:entry", args=[handed.pk])
    row = f'href="{reverse("metrics:card", args=[marked.pk])}"'
    assert row in browse("office").get(url).content.decode()
    leader = browse("leader").get(url)
    assert leader.status_code == 200 and row not in leader.content.decode()
    whole = grid_of(handed, handed=True)
    assert whole is not None and len(whole.cells) == 2


def test_an_accepted_identifiable_figure_stays_with_its_collector(
    world: World, handed: UnitRequest, office: Actor, now: datetime
) -> None:
    asking.request_accept(request=handed, version=None, actor=office, now=now)
    row = Observation.objects.system("test").get(card__code=BATCHES, region=world.region["lz"])
    for key, sees in {
        "office": True,
        "sibling": True,
        "leader": False,
        "liaison": False,
        "sibling2": False,
    }.items():
        assert (selectors.observation_by_pk(world.actor(key), row.pk) is not None) is sees, key
        assert not selectors.observations_given_out(world.actor(key)).filter(pk=row.pk).exists(), key


def test_no_assessment_document_or_summary_takes_an_identifiable_figure(
    world: World, enter: Enter, marked: Card, cards: dict[str, Card]
) -> None:
    secret = enter(BATCHES, "2012年第一季度", "lz", "7", given_by_id=world.unit["lz_gov"].pk)
    plain = enter(PASSED, "2012年第一季度", "lz", "6", given_by_id=world.unit["lz_gov"].pk)
    gs = world.jurisdiction["gs"].pk
    found = selectors.figures_of(jurisdiction_id=gs, card_codes=[BATCHES, PASSED], period=Q1, by=By.REGION)
    assert [code for code, _region in found] == [PASSED]
    assert list(observation_figures([secret.pk, plain.pk])) == [plain.pk]
    digest = unit_digest(world.unit["lz_gov"].pk, gs, *Q1)
    assert digest is not None and len(digest.lines) == 1 and cards[PASSED].name in digest.lines[0]


def test_the_list_and_its_export_hold_no_identifiable_figure(
    browse: Browse, enter: Enter, marked: Card
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "7771")
    enter(PASSED, "2012年第一季度", "lz", "6662")
    shown = browse("office").get(reverse("metrics:figures")).content.decode()
    assert "6,662" in shown and "7,771" not in shown
    assert "7,771" in browse("office").get(reverse("metrics:card", args=[marked.pk])).content.decode()
    assert "7,771" not in browse("leader").get(reverse("metrics:card", args=[marked.pk])).content.decode()
