"""Packs as people use them: the zip out, the drop in, the unit's own workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.requests.conftest import FULL, fill, of
from tests.requests.packing import DONE, files, filled, upload
from tests.world import World

from zhize.apps.requests import tasks
from zhize.apps.requests.mapping.pack_opening import SHEET
from zhize.apps.requests.models import Call, PackRun
from zhize.kit.models import Job

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def _drop(client: Client, call: Call, *uploads: Any) -> Any:
    return client.post(f"/requests/{call.pk}/packs/", {"uploads": list(uploads), "received_on": "2012-03-05"})


def _words(response: Any) -> str:
    return unescape(response.content.decode())


def test_the_zip_holds_a_workbook_for_each_unit_that_owes_and_no_draft_of_it(
    call: Call, world: World, now: datetime, sign_in: SignIn
) -> None:
    fill(call, world, now, answers={**FULL, "done": "还没想好的草稿"})
    client = sign_in("office")
    assert "尚有 4 个单位没有报送" in _words(client.get(f"/requests/{call.pk}/packs/"))
    content = b"".join(client.get(f"/requests/{call.pk}/packs.zip"))
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert len(archive.namelist()) == 4 and archive.namelist()[0].startswith("001-")
    for name in archive.namelist():
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read(name)))[SHEET]
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
        assert "工作情况 *" in cells and not any("草稿" in cell for cell in cells)


def test_a_drop_is_read_shown_and_taken_in(call: Call, world: World, now: datetime, sign_in: SignIn) -> None:
    client = sign_in("office")
    response = _drop(client, call, upload(filled(call, world, "zjj")), upload(b"x", "坏.xlsx"))
    run = PackRun.objects.system("test").get()
    assert response.status_code == 302 and response.url == f"/requests/packs/{run.pk}/"
    page = _words(client.get(response.url))
    assert "收取 1 份" in page and "坏.xlsx" in page and "不能收取" in page
    client.post(f"/requests/packs/{run.pk}/end/", {"action": "take", "version": 2})
    assert of(call, world, "zjj").state == "submitted"
    assert "已收取" in _words(client.get(f"/requests/{call.pk}/packs/"))
    assert "代录" in _words(client.get(f"/requests/answers/{of(call, world, 'zjj').pk}/"))


def test_a_drop_without_a_file_or_of_the_future_comes_back_with_words(
    call: Call, world: World, sign_in: SignIn
) -> None:
    client = sign_in("office")
    assert client.post(f"/requests/{call.pk}/packs/", {"received_on": "2012-03-05"}).status_code == 422
    late = client.post(
        f"/requests/{call.pk}/packs/", {"uploads": [upload(b"x")], "received_on": "2012-04-05"}
    )
    assert late.status_code == 422 and "收到日期 2012-04-05" in _words(late)


def test_many_files_go_to_the_background_with_progress(
    call: Call, world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.apps.requests.tasks.AT_ONCE", 1)
    client = sign_in("office")
    response = _drop(
        client, call, upload(filled(call, world, "zjj")), upload(filled(call, world, "gsj"), "乙.xlsx")
    )
    job = Job.objects.system("test").get()
    assert (
        response.url == f"/jobs/{job.pk}/" and job.kind == tasks.PACKS_READ and "已读取 2 份" in job.message
    )
    run = PackRun.objects.system("test").get()
    assert [one.verdict for one in files(run)] == ["ready", "ready"]
    client.post(f"/requests/packs/{run.pk}/end/", {"action": "take", "version": run.version})
    assert of(call, world, "gsj").state == "submitted"


def test_a_drop_of_more_files_than_a_form_usually_has_is_read(
    call: Call, world: World, sign_in: SignIn
) -> None:
    response = _drop(sign_in("office"), call, *(upload(b"x", f"{number}.xlsx") for number in range(120)))
    assert response.status_code == 302 and files(PackRun.objects.system("test").get()).count() == 120


def test_a_unit_fills_its_own_workbook_and_uploads_it_as_its_draft(
    call: Call, world: World, now: datetime, sign_in: SignIn
) -> None:
    client, row = sign_in("liaison"), of(call, world, "zjj")
    address = f"/requests/answers/{row.pk}/pack/"
    book = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
    assert book[SHEET]["A1"].value == "上半年工作总结"
    content = filled(call, world, "zjj")
    assert client.post(address, {"pack": upload(content)}).status_code == 302
    assert of(call, world, "zjj").state == "drafting" and of(call, world, "zjj").answers["batches"] == 120
    other = client.post(address, {"pack": upload(filled(call, world, "gsj"))})
    assert other.status_code == 422 and "不是本单位本次征集的报送包" in _words(other)
    again = client.post(
        address, {"pack": upload(filled(call, world, "zjj", {**DONE, "抽查批次（批） *": 9}))}
    )
    assert again.status_code == 302 and of(call, world, "zjj").answers["batches"] == 9
    stale = client.post(address, {"pack": upload(content)})
    assert stale.status_code == 422 and "导出之后，这些项已在网上改过：抽查批次" in _words(stale)


def test_a_call_filled_in_elsewhere_has_no_packs(round_: Call, sign_in: SignIn) -> None:
    response = sign_in("office").get(f"/requests/{round_.pk}/packs/")
    assert response.status_code == 409 and "专门页面" in _words(response)
