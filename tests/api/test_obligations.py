"""Handing in and deciding through the API: the same services, the same words."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.conftest import Call, waiting
from tests.permissions.things import Things

from zhize.apps.regulations.models import Discharge, Obligation

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


def fresh(things: Things) -> Obligation:
    """The obligation with nothing handed in yet."""
    obligation: Obligation = things["obligation"]
    Discharge.objects.system("test").filter(obligation=obligation).delete()
    return obligation


def test_a_unit_hands_in_a_file_and_the_office_confirms(call: Call, things: Things) -> None:
    obligation = fresh(things)
    upload = SimpleUploadedFile("总结.txt", "演示数据：上半年总结".encode())
    made = call("own", "liaison").post(
        f"{BASE}/obligations/{obligation.pk}/discharges",
        {"statement": "上半年总结已报", "dated_on": "2012-03-01", "files": upload},
    )
    assert made.status_code == 201, made.content.decode()
    body = made.json()
    assert body["state"] == "submitted"
    assert [(e["title"], e["dated_on"]) for e in body["evidence"]] == [("总结", "2012-03-01")]
    office = call("own", "staff")
    listed = office.get(f"{BASE}/obligations/{obligation.pk}/discharges").json()
    assert [one["id"] for one in listed] == [body["id"]]
    done = office.post(
        f"{BASE}/discharges/{body['id']}/confirm",
        {"version": body["version"]},
        content_type="application/json",
    )
    assert (done.status_code, done.json()["state"]) == (200, "confirmed"), done.content.decode()


def test_evidence_registered_before_may_be_named(call: Call, things: Things) -> None:
    obligation = fresh(things)
    made = call("own", "liaison").post(
        f"{BASE}/obligations/{obligation.pk}/discharges",
        {"statement": "见已登记的材料", "evidence": [things.pk("evidence")]},
    )
    assert made.status_code == 201, made.content.decode()
    assert [e["id"] for e in made.json()["evidence"]] == [things.pk("evidence")]


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 422), ({"statement": "无"}, 400), ({"statement": "有", "evidence": [987654]}, 400)],
)
def test_what_is_missing_is_said(call: Call, things: Things, data: dict[str, object], status: int) -> None:
    obligation = fresh(things)
    answer = call("own", "liaison").post(f"{BASE}/obligations/{obligation.pk}/discharges", data)
    assert answer.status_code == status, answer.content.decode()
    assert answer.json()["error"]["what"]
    assert not Discharge.objects.system("test").filter(obligation=obligation).exists()


def test_another_unit_may_not_hand_in(call: Call, things: Things) -> None:
    obligation = fresh(things)
    answer = call("own", "other").post(
        f"{BASE}/obligations/{obligation.pk}/discharges", {"statement": "代报"}
    )
    assert answer.status_code == 403


def test_the_unit_does_not_confirm_its_own(call: Call, things: Things) -> None:
    answer = call("own", "liaison").post(
        f"{BASE}/discharges/{waiting(things)}/confirm", {}, content_type="application/json"
    )
    assert answer.status_code == 403


def test_a_return_says_what_to_mend_or_is_refused(call: Call, things: Things) -> None:
    office, address = call("own", "staff"), f"{BASE}/discharges/{waiting(things)}/return"
    empty = office.post(address, {}, content_type="application/json")
    assert (empty.status_code, empty.json()["error"]["where"]) == (400, "审核意见")
    done = office.post(address, {"comment": "缺盖章页"}, content_type="application/json")
    assert (done.status_code, done.json()["state"], done.json()["comment"]) == (200, "returned", "缺盖章页")


def test_a_decision_on_an_old_version_is_answered_with_both(call: Call, things: Things) -> None:
    Discharge.objects.system("test").filter(pk=waiting(things)).update(version=7)
    answer = call("own", "staff").post(
        f"{BASE}/discharges/{waiting(things)}/confirm", {"version": 1}, content_type="application/json"
    )
    assert answer.status_code == 409
    assert answer.json()["theirs"]["version"] == 7


def test_twice_confirmed_is_a_conflict_of_state(call: Call, things: Things) -> None:
    office, address = call("own", "staff"), f"{BASE}/discharges/{waiting(things)}/confirm"
    assert office.post(address, {}, content_type="application/json").status_code == 200
    again = office.post(address, {}, content_type="application/json")
    assert again.status_code == 409
    assert set(again.json()["error"]) == {"what", "where", "why", "remedy"}
