"""A call is answered, decided on and collected as workbooks by programs: the same services, the same words."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.api.conftest import Call
from tests.permissions.things import Things

from zhize.apps.audit.models import Entry
from zhize.apps.requests.mapping.pack_opening import SHEET
from zhize.apps.requests.models import UnitRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
BASE = "/api/v1"
JSON = "application/json"


@pytest.fixture
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def address(things: Things, key: str, step: str) -> str:
    return f"{BASE}/unit-requests/{things.pk(key)}/{step}"


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def workbook(raw: bytes, words: str) -> SimpleUploadedFile:
    """The unit's workbook as it came, filled in."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for row in book[SHEET].iter_rows(min_row=6):
        if str(row[0].value or "").startswith("工作情况"):
            row[1].value = words
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("报送.xlsx", out.getvalue())


def test_a_unit_fills_in_and_hands_in_and_the_office_takes_it(call: Call, things: Things) -> None:
    unit, office = call("own", "liaison"), call("own", "staff")
    listed = unit.get(f"{BASE}/unit-requests").json()
    assert things.pk("request") in [one["id"] for one in listed["items"]]
    asked = unit.get(address(things, "request", "answer")).json()
    assert [(f["name"], f["label"]) for f in asked["fields"]] == [("done", "工作情况")]
    saved = unit.put(
        address(things, "request", "answer"),
        {"answers": {"done": "已开展"}, "version": asked["version"]},
        content_type=JSON,
    )
    assert saved.status_code == 200, saved.content.decode()
    assert office.get(address(things, "request", "answer")).json()["answers"] == {}, (
        "a draft is the unit's alone"
    )
    sent = unit.post(address(things, "request", "submit"), {}, content_type=JSON)
    assert (sent.status_code, sent.json()["state"]) == (200, "submitted"), sent.content.decode()
    assert office.get(address(things, "request", "answer")).json()["answers"] == {"done": "已开展"}
    back = office.post(
        address(things, "request", "return"), {"field_comments": {"done": "请写明数量"}}, content_type=JSON
    )
    assert (back.json()["state"], back.json()["field_comments"]) == ("returned", {"done": "请写明数量"})
    unit.put(address(things, "request", "answer"), {"answers": {"done": "检查 12 家"}}, content_type=JSON)
    unit.post(address(things, "request", "submit"), {}, content_type=JSON)
    done = office.post(address(things, "request", "accept"), {}, content_type=JSON)
    assert (done.status_code, done.json()["state"]) == (200, "accepted"), done.content.decode()
    entry = Entry.objects.system("test").filter(type__endswith=".accepted").latest("pk")
    assert entry.channel == "api"


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"answers": {"nothing": 1}}, 400, "没有填报项"),
        ({"answers": {"done": "x"}, "version": 99}, 409, "theirs"),
        ({"answers": "x"}, 422, "answers"),
    ],
)
def test_what_cannot_be_taken_is_said(
    call: Call, things: Things, data: dict[str, Any], status: int, words: str
) -> None:
    answer = call("own", "liaison").put(address(things, "request", "answer"), data, content_type=JSON)
    assert answer.status_code == status and words in str(answer.json())


@pytest.mark.parametrize("place", ["sibling", "child"])
def test_what_is_asked_of_others_is_not_there(call: Call, things: Things, place: str) -> None:
    client = call(place, "liaison")
    for step in ("answer", "pack"):
        assert client.get(address(things, "request", step)).status_code == 404
    assert client.post(address(things, "request", "submit"), {}, content_type=JSON).status_code == 404


def test_a_token_that_may_only_read_hands_nothing_in(call: Call, things: Things) -> None:
    client = call("own", "liaison", ["requests:read"])
    assert client.get(address(things, "request", "answer")).status_code == 200
    refused = client.post(address(things, "request", "submit"), {}, content_type=JSON)
    assert refused.status_code == 403 and "requests:write" in refused.json()["error"]["what"]


def test_the_units_own_workbook_becomes_its_draft(call: Call, things: Things) -> None:
    unit = call("own", "liaison")
    raw = content_of(unit.get(address(things, "request", "pack")))
    filled = unit.post(address(things, "request", "pack"), {"file": workbook(raw, "表中所填")})
    assert filled.status_code == 200, filled.content.decode()
    assert filled.json()["answers"] == {"done": "表中所填"}


def test_the_office_takes_all_workbooks_out_and_what_came_back_in(call: Call, things: Things) -> None:
    office: Client = call("own", "staff")
    calls = f"{BASE}/calls/{things.pk('call')}/packs"
    with zipfile.ZipFile(io.BytesIO(content_of(office.get(calls)))) as archive:
        raw = archive.read(archive.namelist()[0])
    bad = SimpleUploadedFile("别的.xlsx", b"no workbook")
    run = office.post(calls, {"files": [workbook(raw, "线下填的"), bad]})
    assert run.status_code == 201, run.content.decode()
    body = run.json()
    assert sorted(one["verdict"] for one in body["files"]) == ["ready", "refused"]
    assert all(one["problems"] for one in body["files"] if one["verdict"] == "refused")
    request = UnitRequest.objects.system("test").get(pk=things.pk("request"))
    assert request.handed_in is None, "nothing is taken before a word"
    taken = office.post(
        f"{BASE}/pack-runs/{body['id']}/take", {"version": body["version"]}, content_type=JSON
    )
    assert taken.status_code == 200 and taken.json()["counts"] == {"taken": 1, "refused": 1}
    request.refresh_from_db()
    assert request.handed_in is not None and request.handed_in["answers"] == {"done": "线下填的"}
    assert call("own", "liaison").get(f"{BASE}/pack-runs/{body['id']}").status_code == 404
    assert call("own", "liaison").get(calls).status_code in (403, 404)


def test_the_description_names_the_kind_of_file_each_door_answers_with(call: Call, things: Things) -> None:
    paths = call("own", "sysadmin").get(f"{BASE}/openapi.json").json()["paths"]
    for who, path, key in (
        ("liaison", "/unit-requests/{pk}/pack", "request"),
        ("staff", "/calls/{pk}/packs", "call"),
    ):
        answer = call("own", who).get(BASE + path.replace("{pk}", str(things.pk(key))))
        assert answer.status_code == 200, path
        described = paths[BASE + path]["get"]["responses"]["200"]["content"]
        assert list(described) == [answer["Content-Type"].split(";")[0]], path
