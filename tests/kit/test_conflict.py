"""Two people edit one thing: both inputs are kept, chosen field by field, saved against the newest version."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from tests.world import World

from zhize.apps.orgs.models import Unit


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send: inputs, checked radios, the chosen option of each select."""
    values: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") in {"radio", "checkbox"} and not re.search(r"\bchecked\b", tag):
            continue
        if "name" in given:
            values[given["name"]] = unescape(given.get("value", ""))
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        values[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        values[name] = unescape(text).strip()
    return values


@pytest.fixture
def unit(world: World) -> Unit:
    return world.unit["zjj"]


def opened(client: Client, unit: Unit) -> dict[str, str]:
    return fields_of(client.get(f"/t/units/{unit.pk}/edit").content.decode())


def now(unit: Unit) -> Unit:
    return Unit.objects.system("test").select_related("region").get(pk=unit.pk)


def test_a_form_carries_its_version_and_saves_with_it(client: Client, unit: Unit) -> None:
    form = opened(client, unit)
    assert form["version"] == "1"
    assert client.post(f"/t/units/{unit.pk}/edit", form | {"name": "省质监局甲"}).status_code == 302
    assert (now(unit).name, now(unit).version) == ("省质监局甲", 2)


def test_the_second_of_two_sees_both_versions_and_loses_nothing(client: Client, unit: Unit) -> None:
    mine = opened(client, unit)
    theirs = opened(client, unit)
    client.post(f"/t/units/{unit.pk}/edit", theirs | {"name": "他的名称", "order": "7"})

    address = f"/t/units/{unit.pk}/edit"
    answer = client.post(address, mine | {"name": "我的名称", "full_name": "我的\n全称", "region": "620500"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert (
        "他的名称" in page
        and "我的名称" in page
        and "天水市" in page
        and "甘肃省" in page
        and "同事甲" in page
    )
    assert now(unit).name == "他的名称"

    choice = fields_of(answer.content.decode())
    assert choice["version"] == "2"
    assert "pick-name" not in choice  # both changed it: nobody chooses for them
    assert choice["pick-order"] == "theirs"  # only the other did
    assert choice["pick-region"] == choice["pick-full_name"] == "mine"  # only I did

    undecided = client.post(address, choice)
    assert undecided.status_code == 409
    assert "还有 1 项没有选定" in undecided.content.decode()
    again = fields_of(undecided.content.decode())
    assert {k: again.get(k) for k in choice if k != "csrfmiddlewaretoken"} == {
        k: v for k, v in choice.items() if k != "csrfmiddlewaretoken"
    }

    assert client.post(address, again | {"pick-name": "mine"}).status_code == 302
    saved = now(unit)
    assert (saved.name, saved.order, saved.region.name, saved.version) == ("我的名称", 7, "天水市", 3)
    assert saved.full_name.replace("\r\n", "\n") == "我的\n全称"


def test_theirs_can_be_kept_field_by_field(client: Client, unit: Unit) -> None:
    mine, address = opened(client, unit), f"/t/units/{unit.pk}/edit"
    client.post(address, mine | {"name": "他的名称", "valid_to": "2018-10-25"})
    choice = fields_of(client.post(address, mine | {"name": "我的名称"}).content.decode())
    client.post(address, choice | {"pick-name": "theirs"})
    assert (now(unit).name, str(now(unit).valid_to)) == ("他的名称", "2018-10-25")


def test_a_third_change_in_between_brings_the_page_again(client: Client, unit: Unit) -> None:
    mine, address = opened(client, unit), f"/t/units/{unit.pk}/edit"
    client.post(address, mine | {"name": "第二版"})
    choice = fields_of(client.post(address, mine | {"name": "我的名称"}).content.decode())
    client.post(address, opened(client, unit) | {"name": "第三版"})
    answer = client.post(address, choice | {"pick-name": "mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "第三版" in page and "我的名称" in page
    assert fields_of(page)["version"] == "3"


def test_an_update_without_a_version_saves_nothing(client: Client, unit: Unit) -> None:
    form = opened(client, unit)
    answer = client.post(f"/t/units/{unit.pk}/edit", form | {"version": "", "name": "没有版本"})
    assert "缺少版本号" in answer.content.decode()
    assert now(unit).name == "省质监局"


def test_a_form_that_is_wrong_is_answered_before_any_conflict(client: Client, unit: Unit) -> None:
    answer = client.post(f"/t/units/{unit.pk}/edit", opened(client, unit) | {"name": ""})
    assert answer.status_code == 422
    assert "没有填写" in answer.content.decode()
