"""收文 is one list: what was sent to the office within the product, and what it registered by hand; both go the same way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from tests.documents.conftest import Draft
from tests.documents.test_official_pages import _date, client, text_of
from tests.work.test_incoming import DATA, close
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import Incoming
from zhize.apps.orgs.models import Todo
from zhize.apps.work.models import Task
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.officialdoc import para

__all__ = ["_date"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def home(world: World) -> WorkYear:
    return WorkYear.objects.create(
        jurisdiction=world.jurisdiction["lz"], label="2012年度", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), state="open"
    )  # fmt: skip


def line(world: World, key: str = "lz") -> Incoming:
    rows = Incoming.objects.system("t").filter(jurisdiction=world.jurisdiction[key], addressee__isnull=False)
    return rows.get()


def test_what_is_sent_to_an_office_stands_in_its_register_until_it_is_signed_for(
    world: World,
    issued: Draft,
    now: datetime,
) -> None:
    document = issued(to=["zjj", "lz_office"])
    row = line(world)
    assert (row.state, row.serial, row.title, row.number) == ("arrived", "", document.title, document.number)
    assert (row.from_name, row.dated_on) == ("领导小组办公室", document.dated_on)
    city = world.actor("sibling")
    services.official_receive(document=document, actor=city, now=now)
    row = line(world)
    assert (row.state, row.serial, row.registered_by) == ("registered", "收〔2012〕1号", city.name)
    todo = Todo.objects.system("t").get(kind="incoming.propose")
    assert (todo.unit_id, todo.title) == (world.unit["lz_office"].pk, f"拟办：{document.title}")
    mine = services.incoming_register(jurisdiction=world.jurisdiction["lz"], data=DATA, actor=city, now=now)
    assert mine.serial == "收〔2012〕2号", "one series for both"


def test_a_government_answered_for_by_the_office_and_a_department_that_has_no_register(
    world: World,
    issued: Draft,
) -> None:
    issued(to=["zjj", "lz_gov"], blocks=[_consent()])
    assert line(world).addressee.unit_id == world.unit["lz_gov"].pk  # type: ignore[union-attr]
    assert Incoming.objects.system("t").count() == 1


def _consent() -> Any:
    return para("经省政府同意，现通知如下。")


def test_the_same_way_from_拟办_to_回呈_and_no_change_of_what_the_sender_wrote(
    world: World,
    issued: Draft,
    home: WorkYear,
    now: datetime,
) -> None:
    document, city = issued(to=["lz_office"]), world.actor("sibling")
    row = line(world)
    by: dict[str, Any] = {"version": None, "actor": city, "now": now}
    with pytest.raises(StateConflict, match="待签收的来文不能拟办"):
        services.incoming_propose(incoming=row, proposal="请办理。", **by)
    services.official_receive(document=document, actor=city, now=now)
    with pytest.raises(StateConflict, match="系统内来文的登记不能修改"):
        services.incoming_update(incoming=row, data={"number": "另一个文号"}, **by)
    row = services.incoming_propose(incoming=row, proposal="请市质监局办理。", **by)
    row = services.incoming_assign(incoming=row, unit_ids=[world.unit["cg_office"].pk], due_on=None, **by)
    close(Task.objects.system("t").get(), city, now)
    row = services.incoming_answer(incoming=row, answer="已办结。", on=now.date(), **by)
    assert row.state == "answered"


def test_one_page_lists_filters_and_exports_both_and_carries_the_four_acts(
    world: World,
    issued: Draft,
    office: Actor,
    now: datetime,
) -> None:
    document = issued(to=["lz_office", "zjj"], asks_taking=True)
    city = world.actor("sibling")
    services.incoming_register(jurisdiction=world.jurisdiction["lz"], data=DATA, actor=city, now=now)
    page = client(world, "sibling")
    shown = text_of(page.get("/papers/received/"))
    assert document.title in shown and DATA["title"] in shown
    assert 'href="/papers/incoming/new/"' in shown
    inside = text_of(page.get("/papers/received/?way=inside"))
    assert document.title in inside and DATA["title"] not in inside
    waiting = text_of(page.get("/papers/received/?state=arrived"))
    assert document.title in waiting and DATA["title"] not in waiting
    url = f"/papers/incoming/{line(world).pk}/"
    send = f"/papers/{document.pk}/receive/"
    assert f'action="{send}"' in text_of(page.get(url))
    for act, note in (("received", ""), ("read", ""), ("taken", "张某（演示）")):
        answer = page.post(send, {"act": act, "note": note, "incoming": line(world).pk})
        assert answer["Location"] == url
    assert "张某（演示）" in text_of(page.get(url))
    progress = selectors.progress_of(document, selectors.addressees_of(document))
    assert [row.taken is not None for row in progress.rows].count(True) == 1
    unit = text_of(client(world, "liaison").get("/papers/received/"))
    assert document.title in unit and DATA["title"] not in unit and "登记来文" not in unit


def test_the_register_exports_every_row(world: World, issued: Draft, now: datetime) -> None:
    issued(to=["lz_office"])
    services.incoming_register(
        jurisdiction=world.jurisdiction["lz"], data=DATA, actor=world.actor("sibling"), now=now
    )
    answer = client(world, "sibling").get("/papers/received/?export=xlsx")
    assert (
        answer.status_code == 200
        and b"".join(answer.streaming_content if answer.streaming else [answer.content])[:2] == b"PK"
    )  # type: ignore[attr-defined]
