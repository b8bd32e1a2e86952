"""Every number of a digest and of a situation report leads to exactly the rows it counts, and equals a count of its own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.work.conferences.by_hand import digest_differs, situation_differs
from tests.work.conferences.conftest import Convene, held
from tests.work.tasks.conftest import HandOut, asked, on, taken
from tests.world import World

from zhize.apps.metrics.services import cards_load
from zhize.apps.registers.services import record_void
from zhize.apps.work import services
from zhize.apps.work.models import Conference, SituationFigure, Task, TaskDigestFigure
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import system_actor
from zhize.kit.officialdoc import from_json, refs_of
from zhize.kit.things import ThingRef, resolve

MAY, JUNE = date(2012, 5, 31), date(2012, 6, 14)
COUNTED = ("work.digest_figure", "work.situation_figure")


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: JUNE)


@pytest.fixture
def tasks(world: World, hand_out: HandOut) -> list[Task]:
    """Late, going on, done, handed in and not yet checked, continuing, paused; of two units and three parts."""
    liaison, office = world.actor("liaison"), world.actor("office")
    late = hand_out(title="迟的", part="product", due_on=MAY)
    done = asked(hand_out(title="办好的", part="product", due_on=MAY), liaison, on(5, 20))
    services.task_check(task=done, close=True, actor=office, now=on(5, 25))
    handed = asked(hand_out(title="报办结的", part="service", due_on=MAY), liaison, on(5, 30))
    going = hand_out("gsj", title="在办的", part="service", due_on=date(2012, 9, 30))
    standing = taken(hand_out(title="持续的", part="environment", due_on=MAY), liaison)
    services.task_continue(task=standing, reason="长期工作", actor=office, now=on(6, 1))
    paused = taken(hand_out(title="暂停的", part="product", due_on=MAY), liaison)
    services.task_suspend(task=paused, reason="等上级文件", actor=office, now=on(6, 1))
    nowhere = hand_out("lz_gov", title="没有归入的", due_on=MAY)
    return [late, done, handed, going, standing, paused, nowhere]


def shown_at(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, url
    found = re.search(r"共 (\d+) 条", page.content.decode())
    assert found, url
    return found[1]


def links(document: Any, world: World) -> list[tuple[ThingRef, str]]:
    refs = [
        ThingRef(kind, int(pk))
        for kind, _colon, pk in (ref.rpartition(":") for ref in refs_of(from_json(document.blocks)))
    ]
    cards = resolve(world.actor("office"), [ref for ref in refs if ref.kind in COUNTED])
    assert {ref for ref in refs if ref.kind in COUNTED} == set(cards), "every number leads somewhere"
    return [(ref, card.url) for ref, card in cards.items()]


def test_every_number_of_a_digest_leads_to_its_tasks(
    world: World, year: WorkYear, tasks: list[Task], as_: Any
) -> None:
    days = {"starts_on": date(2012, 1, 1), "ends_on": JUNE}
    _digest, document = services.digest_draft(year=year, **days, actor=world.actor("office"), now=on(6, 14))
    client, words = as_("office"), {}
    for ref, url in links(document, world):
        figure = TaskDigestFigure.objects.system("test").get(pk=ref.id)
        assert shown_at(client, url) == str(figure.value), f"{figure.unit} {figure.measure}"
        words[figure.unit_id, figure.measure] = figure.value
    assert {key[1]: value for key, value in words.items() if key[0] is None} == {
        "total": 6, "fresh": 1, "done": 1, "going": 2, "late": 2, "standing": 1,
    }  # fmt: skip


def test_every_number_of_a_situation_report_leads_to_its_rows(
    world: World,
    year: WorkYear,
    tasks: list[Task],
    convene: Convene,
    register: Any,
    as_: Any,
) -> None:
    cards_load(actor=system_actor("测试"), now=on(1, 5))
    for number, outcome in ((1, "pass"), (2, "pass"), (3, "fail")):
        register("sampling", number, result=outcome)
    document = services.situation_report_draft(
        conference=convene(), actor=world.actor("office"), now=on(6, 14)
    )
    client, seen = as_("office"), {}
    for ref, url in links(document, world):
        figure = SituationFigure.objects.system("test").get(pk=ref.id)
        seen[figure.part, figure.measure, figure.code] = figure.words
        if figure.measure != "rate":
            assert shown_at(client, url) == figure.words, f"{figure.part} {figure.measure} {url}"
    assert seen["product", "records", "sampling"] == "3"
    assert (seen["product", "failed", "sampling"], seen["product", "rate", "sampling"]) == ("1", "66.7%")
    assert (seen["product", "total", ""], seen["product", "late", ""]) == ("2", "1")
    assert (seen["", "total", ""], seen["", "done", ""], seen["", "late", ""]) == ("6", "1", "2")


def test_the_numbers_of_a_digest_are_those_counted_by_hand_and_lead_to_these_tasks(
    world: World, year: WorkYear, tasks: list[Task], as_: Any
) -> None:
    days = {"starts_on": date(2012, 1, 1), "ends_on": JUNE}
    _digest, document = services.digest_draft(year=year, **days, actor=world.actor("office"), now=on(6, 14))
    assert digest_differs(as_("office"), document) == []
    wrong = TaskDigestFigure.objects.system("test").filter(unit=None, measure="late")
    wrong.update(value=3)
    assert digest_differs(as_("office"), document) == [" late: 3, by hand 2"], "it can fail"


def test_the_numbers_of_a_situation_report_are_those_counted_by_hand_and_lead_to_these_rows(
    world: World, year: WorkYear, tasks: list[Task], convene: Convene, register: Any, as_: Any
) -> None:
    cards_load(actor=system_actor("测试"), now=on(1, 5))
    office = world.actor("office")
    for number, outcome in ((1, "pass"), (2, "pass"), (3, "fail"), (4, "fail")):
        row = register("sampling", number, result=outcome)
    record_void(thing=row, reason="重复登记", version=None, actor=world.actor("liaison"), now=on(3, 6))
    document = services.situation_report_draft(
        conference=_after_a_first_one(world, convene), actor=office, now=on(8, 1)
    )
    assert situation_differs(as_("office"), document) == []
    shown = SituationFigure.objects.system("test")
    assert shown.filter(measure__in=("settled", "open", "decided")).count() == 3
    Task.objects.system("test").filter(title="迟的").update(due_on=date(2012, 9, 30))
    assert [line.split(":")[0] for line in situation_differs(as_("office"), document)] == [
        " late ",
        "product late ",
    ], "it can fail"


def _after_a_first_one(world: World, convene: Convene) -> Conference:
    """A first conference has decided two things, one of them settled; then the next is called."""
    first, office = held(convene(units=("zjj",)), world, "zjj"), world.actor("office")
    for text in ("查建材", "查农资"):
        services.resolution_add(
            conference=first, text=text, lead_unit=world.unit["zjj"], due_on=date(2012, 9, 30), actor=office, now=on(6, 21)
        )  # fmt: skip
    one, _other = services.resolutions_to_tasks(conference=first, actor=office, now=on(6, 21))
    ready = asked(one, world.actor("liaison"), on(6, 25))
    services.task_check(task=ready, close=True, actor=office, now=on(6, 26))
    return convene(held_on=date(2012, 9, 20))
