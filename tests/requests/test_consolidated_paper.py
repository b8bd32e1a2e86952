"""The answers of a call drafted as one document: field by field, unit by unit, who is missing named."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from django.test import Client
from docx import Document
from tests.requests.conftest import FULL, fill, of, send
from tests.world import World

from zhize.apps.requests import services
from zhize.apps.requests.models import Call

SignIn = Callable[[str], Client]


def _answer(call: Call, world: World, now: datetime) -> None:
    fill(call, world, now, answers={**FULL, "done": "开展了监督抽查。\n处理了投诉。"})
    send(call, world, now)


def test_the_answers_read_as_one_document_with_the_missing_named(
    world: World, call: Call, now: datetime, sign_in: SignIn
) -> None:
    _answer(call, world, now)
    services.request_accept(
        request=of(call, world, "zjj"), comment="", version=None, actor=world.actor("office"), now=now
    )
    client = sign_in("office")
    paper = Document(io.BytesIO(client.get(f"/requests/{call.pk}/answers/", {"export": "docx"}).content))
    lines = [p.text for p in paper.paragraphs if p.text]
    assert lines[0] == "上半年工作总结汇总"
    assert "汇总1个单位的报送。" in lines[1]
    assert "省工商局（未报送）" in lines[2] and "省质监局" not in lines[2]
    assert lines[3:7] == ["一、工作情况", "（一）省质监局", "开展了监督抽查。", "处理了投诉。"]
    cells = [cell.text for cell in paper.tables[0].rows[1].cells]
    assert cells == ["省质监局", "120", "2012-02-20"]
    assert client.get(f"/requests/{call.pk}/answers/", {"export": "pdf"}).content.startswith(b"%PDF")


def test_what_waits_for_the_office_is_left_out_unless_it_is_asked_for(
    world: World, call: Call, now: datetime, sign_in: SignIn
) -> None:
    _answer(call, world, now)
    address = f"/requests/{call.pk}/answers/"

    def words(query: dict[str, str]) -> str:
        content = sign_in("office").get(address, query).content
        return "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)

    only_accepted = words({"export": "docx"})
    assert "省质监局（已报送）" in only_accepted and "开展了监督抽查" not in only_accepted
    assert "开展了监督抽查" in words({"export": "docx", "all": "1"})
