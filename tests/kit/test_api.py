"""The REST router: same filters, forms and services as the pages; mistakes are told, not swallowed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import path
from ninja import NinjaAPI
from tests.kit.things import DAYS, UNITS
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.kit.api import install_errors, router_for

_actors: dict[str, Any] = {}


def who(request: Any) -> Any:
    return _actors.get(request.headers.get("Authorization", ""))


api = NinjaAPI(auth=who, urls_namespace="kit-test")
install_errors(api)
api.add_router("/units", router_for(UNITS))
api.add_router("/days", router_for(DAYS))
urlpatterns = [path("api/", api.urls)]


@pytest.fixture
def caller(world: World) -> Any:
    _actors.update({key: world.actor(key) for key in ("office", "liaison")})
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(headers={"Authorization": "office"})


def test_a_list_is_walked_by_its_cursors(caller: Client) -> None:
    met, query = [], "?limit=4&sort=-order"
    while True:
        page = caller.get(f"/api/units{query}").json()
        met += [item["code"] for item in page["items"]]
        assert (page["total"], page["total_capped"]) == (9, False)
        if not page["next"]:
            break
        query = f"?limit=4&sort=-order&cursor={page['next']}"
    assert len(met) == len(set(met)) == 9


def test_an_item_has_codes_and_words(caller: Client, world: World) -> None:
    item = caller.get(f"/api/units/{world.unit['zjj'].pk}").json()
    assert item["region"] == "620000" and item["region_label"] == "甘肃省"
    assert item["kind"] == "department" and item["kind_label"] == "政府部门"
    assert item["valid_from"] == "2011-01-01" and item["valid_to"] is None
    assert item["letters"] == 4 and item["version"] == 1


def test_the_filters_are_those_of_the_page(caller: Client) -> None:
    items = caller.get("/api/units?region=620500&kind=government").json()["items"]
    assert [item["name"] for item in items] == ["天水市人民政府"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=nonsense", 400),
        ("sort=password", 400),
        ("cursor=abc", 400),
        ("knd=department", 400),
        ("limit=9999", 422),
    ],
)
def test_a_machine_is_told_of_every_mistake(caller: Client, query: str, status: int) -> None:
    answer = caller.get(f"/api/units?{query}")
    assert answer.status_code == status, answer.content.decode()


def test_a_thing_is_made_and_changed_in_part(caller: Client) -> None:
    made = caller.post(
        "/api/units",
        {
            "name": "演示局",
            "code": "demo",
            "region": "620100",
            "kind": "other",
            "order": 9,
            "valid_from": "2012-01-01",
        },
        content_type="application/json",
    )
    assert made.status_code == 201, made.content.decode()
    pk = made.json()["id"]
    changed = caller.patch(
        f"/api/units/{pk}", {"name": "演示新局", "version": 1}, content_type="application/json"
    )
    assert changed.status_code == 200, changed.content.decode()
    assert changed.json()["name"] == "演示新局" and changed.json()["version"] == 2
    assert changed.json()["region"] == "620100" and changed.json()["valid_from"] == "2012-01-01"


def test_an_old_version_is_answered_with_both(caller: Client, world: World) -> None:
    address = f"/api/units/{world.unit['zjj'].pk}"
    caller.patch(address, {"name": "他的", "version": 1}, content_type="application/json")
    answer = caller.patch(address, {"name": "我的", "version": 1}, content_type="application/json")
    assert answer.status_code == 409
    assert answer.json()["theirs"]["name"] == "他的" and answer.json()["theirs"]["version"] == 2
    assert answer.json()["mine"] == {"name": "我的"}
    assert "重新保存" in answer.json()["error"]["remedy"]


def test_bad_values_are_named_with_their_field(caller: Client, world: World) -> None:
    bad = {"name": "", "code": "test-zjj", "region": "999", "kind": "x", "order": -1}
    answer = caller.post("/api/units", bad, content_type="application/json")
    assert answer.status_code == 400
    assert {p["where"] for p in answer.json()["problems"]} == {
        "名称（name）", "地区（region）", "类别（kind）", "建制顺序（order）",
    }  # fmt: skip
    taken = {"name": "演示", "code": "test-zjj", "region": "620100", "kind": "other", "order": 1}
    assert caller.post("/api/units", taken, content_type="application/json").status_code == 400


def test_an_unknown_field_is_refused(caller: Client, world: World) -> None:
    address = f"/api/units/{world.unit['zjj'].pk}"
    answer = caller.patch(address, {"nmae": "x", "version": 1}, content_type="application/json")
    assert answer.status_code == 422


def test_who_may_not_edit_may_read(caller: Client, world: World) -> None:
    headers = {"Authorization": "liaison"}
    assert caller.get("/api/units", headers=headers).status_code == 200
    answer = caller.patch(
        f"/api/units/{world.unit['zjj'].pk}", {"version": 1}, content_type="application/json", headers=headers
    )
    assert answer.status_code == 403
    assert caller.get("/api/units", headers={"Authorization": ""}).status_code == 401


def test_what_has_no_service_has_no_operation_and_what_is_not_there_is_404(caller: Client) -> None:
    assert caller.post("/api/days", {}, content_type="application/json").status_code == 405
    answer = caller.get("/api/units/999999")
    assert answer.status_code == 404
    assert "没有找到" in answer.json()["error"]["what"]


def test_the_schema_names_every_field_in_words(caller: Client) -> None:
    schema = caller.get("/api/openapi.json").json()
    assert schema["components"]["schemas"]["TestUnitOut"]["properties"]["name"]["title"] == "名称"
    names = {p["name"] for p in schema["paths"]["/api/units"]["get"]["parameters"]}
    assert {"q", "kind", "region", "order_from", "sort", "cursor", "limit"} <= names
    assert Unit.objects.system("test").count() == 9
