"""规则: an office sets its own values in the browser; what it sets counts, from its day on, and for itself alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.world import World

from zhize.apps.orgs import services
from zhize.apps.years.selectors import bounds
from zhize.kit.actor import standing
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.models import RuleEdition
from zhize.kit.rules import rule

SignIn = Callable[[str], Client]
LIGHTS = "/directory/rules/years/lights/"


@pytest.fixture
def adjust(world: World, now: datetime) -> Callable[..., RuleEdition]:
    def make(**more: Any) -> RuleEdition:
        given: dict[str, Any] = {
            "name": "years/lights", "values": {"warn_days": 5}, "valid_from": date(2012, 3, 5),
            "source": "甘质振办〔2012〕9号", "seen": 0, "actor": world.actor("office"),
        }  # fmt: skip
        return services.rule_adjust(now=now, **(given | more))

    return make


def test_a_value_set_by_the_office_counts_for_its_own_jurisdiction_from_its_day_on(
    world: World, adjust: Callable[..., RuleEdition]
) -> None:
    adjust(valid_from=date(2012, 4, 1))
    own = world.jurisdiction["gs"].code
    for day, code, days in (
        (date(2012, 3, 31), own, 10),
        (date(2012, 4, 1), own, 5),
        (date(2012, 4, 1), "x", 10),
    ):
        assert rule("years/lights", on=day, jurisdiction=code)["warn_days"] == days


def test_lights_follow_the_rule_of_the_reader(
    world: World, adjust: Callable[..., RuleEdition], today: date
) -> None:
    shipped = bounds(today)
    adjust()
    with standing(world.jurisdiction["gs"].code):
        assert bounds(today).warn_until < shipped.warn_until
    assert bounds(today) == shipped


def test_what_equals_the_shipped_value_stays_with_the_release(adjust: Callable[..., RuleEdition]) -> None:
    kept = adjust(values={"warn_days": 10, "confirm_days": 3})
    assert set(kept.body["values"]) == {"confirm_days"}


def test_a_value_is_given_back_by_a_version_that_no_longer_names_it(
    world: World, adjust: Callable[..., RuleEdition]
) -> None:
    first = adjust()
    adjust(values={"warn_days": 10}, seen=first.pk)
    found = rule("years/lights", on=date(2012, 3, 5), jurisdiction=world.jurisdiction["gs"].code)
    assert found["warn_days"] == 10


@pytest.mark.parametrize(
    ("more", "kind", "words"),
    [
        ({"valid_from": date(2012, 3, 4)}, BadInput, "早于今天"),
        ({"values": {"warn_days": 10}}, BadInput, "没有改动"),
        ({"source": " "}, BadInput, "依据"),
        ({"name": "orgs/roles"}, BadInput, "没有这项规则"),
        ({"values": {"nothing": 1}}, BadInput, "没有这一项"),
        ({"seen": 7}, StateConflict, "另一个版本"),
        ({"name": "orgs/sign_in", "values": {"lock_minutes": 20}}, NotAllowed, "安全管理员"),
        ({"name": "documents/layout", "values": {"red": 7}}, BadInput, "值不合要求"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    adjust: Callable[..., RuleEdition], more: dict[str, Any], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        adjust(**more)
    assert not RuleEdition.objects.exists()


def test_a_version_does_not_begin_before_the_newest_one(adjust: Callable[..., RuleEdition]) -> None:
    first = adjust(valid_from=date(2012, 6, 1))
    with pytest.raises(BadInput, match="已有自2012-06-01起的版本"):
        adjust(values={"warn_days": 3}, valid_from=date(2012, 5, 1), seen=first.pk)


def test_in_the_browser_the_changes_are_shown_before_they_are_made(
    world: World, sign_in: SignIn, now: datetime
) -> None:
    client = sign_in("office")
    assert client.get(f"{LIGHTS}adjust/").status_code == 200
    data = {
        "warn_days": "6", "remind_days": "7、1", "escalate_days": "5", "confirm_days": "5", "seen": "0",
        "valid_from": now.date().isoformat(), "source": "办公室主任会议定",
    }  # fmt: skip
    shown = client.post(f"{LIGHTS}adjust/", data)
    html = shown.content.decode()
    assert shown.status_code == 200 and "将改动 2 处" in html and "10、3、0" in html
    assert not RuleEdition.objects.exists()
    mark = re.search(r'name="previewed" value="(\w+)"', html)
    assert mark
    data["previewed"] = mark[1]
    other = client.post(f"{LIGHTS}adjust/", data | {"warn_days": 8})
    assert other.status_code == 200 and not RuleEdition.objects.exists(), "what was not shown is not made"
    done = client.post(f"{LIGHTS}adjust/", data)
    assert done.status_code == 302
    assert RuleEdition.objects.get().body["values"]["remind_days"]["value"] == [7, 1]
    listed = client.get("/directory/rules/?adjusted=1").content.decode()
    assert "亮灯与提醒" in listed and "考核期限" not in listed
    assert "办公室主任会议定" in client.get(LIGHTS).content.decode()
    assert "发行版默认：10" in client.get(LIGHTS).content.decode()


def test_bad_values_stay_in_the_form_with_their_place(sign_in: SignIn, now: datetime) -> None:
    answer = sign_in("office").post(
        f"{LIGHTS}adjust/",
        {"warn_days": "-1", "remind_days": "三天", "escalate_days": "", "confirm_days": "5", "seen": "0",
         "valid_from": (now.date() + timedelta(days=1)).isoformat(), "source": "x"},
    )  # fmt: skip
    assert answer.status_code == 422
    html = answer.content.decode()
    for field in ("warn_days", "remind_days", "escalate_days"):
        assert f'id="id_{field}_error"' in html
    assert 'id="id_confirm_days_error"' not in html
    assert not RuleEdition.objects.exists()
