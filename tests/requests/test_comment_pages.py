"""征求意见 on its pages: written without script, answered in the table, files sent along."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from tests.requests.commenting import FIRST, SECOND, send
from tests.requests.conftest import Make, of
from tests.world import World

from zhize.apps.requests import selectors, services
from zhize.apps.requests.models import Call, DraftComment
from zhize.kit.errors import StateConflict

SignIn = Callable[[str], Client]


def test_the_table_is_answered_on_its_page_and_goes_out_as_excel_and_word(
    world: World, round_: Call, now: datetime, sign_in: SignIn
) -> None:
    one, two = send(round_, world, now, FIRST, SECOND)
    client, address = sign_in("office"), f"/requests/{round_.pk}/adoption/"
    refused = client.post(address, {"comments": [one.pk], "verdict": "not_adopted", "reason": ""})
    assert refused.status_code == 422 and "请写明理由" in refused.content.decode()
    done = client.post(
        address, {"comments": [one.pk, two.pk], "verdict": "not_adopted", "reason": "另有规定"}
    )
    assert done.status_code == 302
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address, {"export": "xlsx"}))))
    lines = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert lines[0][:4] == ["反馈单位", "条款或段落", "原文", "修改意见"]
    assert lines[1][:4] == ["省质监局", "第三条", "每季度抽查", "改为“每半年抽查”"]
    assert lines[1][5:7] == ["未采纳", "另有规定"]
    paper = Document(io.BytesIO(client.get(f"/requests/{round_.pk}/adoption.docx").content))
    words = "\n".join(p.text for p in paper.paragraphs)
    assert "意见采纳情况表" in words and "未采纳2条" in words and "尚未回复的单位：" in words
    cells = [cell.text for cell in paper.tables[0].rows[1].cells]
    assert cells[1:3] == ["省质监局", "第三条"] and "未采纳：另有规定" in cells[5]
    assert client.get(f"/requests/{round_.pk}/adoption.pdf").content.startswith(b"%PDF")


def test_comments_are_written_on_the_page_without_script(
    world: World, round_: Call, now: datetime, sign_in: SignIn
) -> None:
    row, client = of(round_, world, "zjj"), sign_in("liaison")
    address = f"/requests/answers/{row.pk}/comments/"
    head = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "version": row.version}
    typed = {f"form-0-{name}": words for name, words in FIRST.items()}
    more = client.post(address, {**head, **typed, "more": "1"}).content.decode()
    assert 'name="form-1-place"' in more and "每季度抽查" in more
    wrong = client.post(address, {**head, "form-0-place": "第三条"})
    assert wrong.status_code == 422 and "第 1 条意见" in wrong.content.decode()
    assert client.post(address, {**head, **typed, "action": "save"}).status_code == 302
    late = client.post(address, {**head, **typed, "action": "save"})
    assert late.status_code == 409 and "同事刚保存了" in late.content.decode()
    fresh = of(round_, world, "zjj")
    assert fresh.state == "drafting"
    client.post(address, {**head, **typed, "version": fresh.version})
    assert of(round_, world, "zjj").state == "submitted"
    assert DraftComment.objects.system("test").count() == 1


def test_files_are_sent_along_with_a_draft_and_read_by_whoever_is_asked(
    world: World, draft: Make, now: datetime, sign_in: SignIn
) -> None:
    call, office = draft(), sign_in("office")
    office.post(f"/requests/{call.pk}/files/", {"uploads": SimpleUploadedFile("格式.txt", b"abc")})
    (link,) = selectors.call_files(call)
    assert sign_in("liaison").get(f"/requests/files/{link.pk}/").status_code == 404, "not sent yet"
    services.call_issue(call=call, version=None, actor=world.actor("office"), now=now)
    answer = sign_in("liaison").get(f"/requests/files/{link.pk}/")
    assert b"".join(answer) == b"abc"
    with pytest.raises(StateConflict, match="已发出"):
        services.call_file_drop(call=call, link=link, actor=world.actor("office"), now=now)
