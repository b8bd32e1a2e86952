"""签收, 阅知, 承办确认 and 参会回执 are four acts, each chased on its own."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.documents.conftest import Draft
from tests.documents.test_official_pages import _date, client, text_of
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.orgs.models import Todo
from zhize.kit.errors import BadInput, StateConflict

__all__ = ["_date"]
pytestmark = pytest.mark.django_db


def todos(document: OfficialDocument, world: World, key: str) -> set[str]:
    rows = Todo.objects.system("t").filter(ref_id=document.pk, unit_id=world.unit[key].pk, done_at=None)
    return set(rows.values_list("kind", flat=True))


def test_each_act_is_asked_for_taken_and_chased_apart(world: World, issued: Draft, now: datetime) -> None:
    document = issued(to=["zjj", "gsj"], copy=["lz_office"], asks_taking=True, asks_attendance=True)
    assert todos(document, world, "zjj") == {"official.receive", "official.take", "official.attend"}
    liaison = world.actor("liaison")
    by = {"document": document, "actor": liaison, "now": now}
    with pytest.raises(StateConflict, match="还没有签收，不能承办确认"):
        services.official_receive(**by, act="taken", note="质量科")
    services.official_receive(**by)
    with pytest.raises(BadInput, match="请填写承办人"):
        services.official_receive(**by, act="taken")
    services.official_receive(**by, act="taken", note="质量管理科")
    assert todos(document, world, "zjj") == {"official.attend"}
    services.official_receive(**by, act="attends", note="副局长（演示）参会")
    assert todos(document, world, "zjj") == set()
    progress = selectors.progress_of(document, selectors.addressees_of(document))
    waiting = {
        act: [one.unit.name for one in progress.waiting_for(act)] for act in ("received", "taken", "attends")
    }
    assert waiting["taken"] == waiting["attends"] == ["省工商局"], "who only got a copy owes neither"
    assert len(waiting["received"]) == 2
    page = text_of(client(world, "office").get(f"/papers/{document.pk}/chase/?act=attends"))
    assert "尚有以下 1 个单位未参会回执" in page
    assert "副局长（演示）参会" in text_of(client(world, "office").get(f"/papers/{document.pk}/"))


def test_what_the_document_does_not_ask_for_is_refused(world: World, issued: Draft, now: datetime) -> None:
    document = issued()
    by = {"document": document, "actor": world.actor("liaison"), "now": now}
    services.official_receive(**by)
    with pytest.raises(StateConflict, match="没有要求参会回执"):
        services.official_receive(**by, act="attends", note="参会")


def test_by_forms_alone(world: World, issued: Draft) -> None:
    document = issued(to=["zjj"], asks_attendance=True)
    unit, url = client(world, "liaison"), f"/papers/{document.pk}/"
    assert "参会人员；不能参会的写明原因" not in text_of(unit.get(url))
    unit.post(f"{url}receive/", {"act": "received"})
    assert "参会人员；不能参会的写明原因" in text_of(unit.get(url))
    assert unit.post(f"{url}receive/", {"act": "attends", "note": "分管负责人（演示）"}).status_code == 302
    assert "分管负责人（演示）" in text_of(unit.get(url))
