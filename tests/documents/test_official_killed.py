"""A server killed while a document goes out to 3,000 units: all of it is out or none, and each is told once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connections
from pypdf import PdfWriter
from tests.documents.conftest import SIGNED, Draft
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.audit.selectors import chains_verify, checkpoints_read
from zhize.apps.documents import services
from zhize.apps.documents.models import OfficialDocument, StoredFile
from zhize.apps.documents.services import sending
from zhize.apps.orgs.models import Notice, Post, Todo, Unit, User
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
UNITS = 3_000
COPIES = 200


@pytest.fixture(autouse=True)
def plain_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF files without their compiler, whose threads do not live on in a forked process."""
    page, made = PdfWriter(), BytesIO()
    page.add_blank_page(595, 842)
    page.write(made)
    writer = replace(sending.WRITERS["pdf"], write=lambda _paper, _layout: made.getvalue())
    monkeypatch.setitem(sending.WRITERS, "pdf", writer)


@pytest.fixture
def units(world: World) -> list[int]:
    """3,200 units of the province; each of the last 200 has a liaison, who is told of the copy."""
    region = world.region["gs"]
    Unit.objects.bulk_create(
        Unit(code=f"many-{n}", region=region, name=f"第{n}单位", name_en=f"Unit {n}", kind="department", order=n, valid_from=date(2011, 1, 1))
        for n in range(1, UNITS + COPIES + 1)
    )  # fmt: skip
    found = Unit.objects.system("test").filter(code__startswith="many-").order_by("order")
    ids = list(found.values_list("pk", flat=True))
    people = User.objects.bulk_create(
        User(username=f"many-{n}", name=f"联络员{n}（演示）", password="!", is_demo=True)
        for n in range(COPIES)
    )
    Post.objects.bulk_create(
        Post(user=user, unit_id=unit, jurisdiction=world.jurisdiction["gs"], role="liaison", title="联络员", starts_on=date(2011, 1, 1))
        for user, unit in zip(people, ids[UNITS:], strict=True)
    )  # fmt: skip
    return ids


def state(document: OfficialDocument) -> tuple[Any, ...]:
    """All that sending touches."""
    row = OfficialDocument.objects.system("test").get(pk=document.pk)
    counts = [
        model.objects.system("test").count()  # type: ignore[attr-defined]
        for model in (Todo, Notice, Entry, StoredFile)
    ]
    return row.state, row.version, row.issued_at, row.docx_id, *counts


def killed(monkeypatch: pytest.MonkeyPatch, moment: str, act: Callable[[], object]) -> None:
    """Runs the act in a process of its own that is killed when it comes to `moment`."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(sending, moment, lambda *_a, **_k: os.kill(os.getpid(), signal.SIGKILL))
        try:
            act()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the act never came to {moment}"


def test_killed_while_sending_to_3000_nothing_is_out_and_the_repeat_tells_each_once(
    signed: Draft, units: list[int], office: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = signed(address_line="各单位", addressee_ids=units[:UNITS], copy_ids=units[UNITS:])
    before = state(document)

    def issue() -> OfficialDocument:
        return services.official_issue(
            document=document, dated_on=SIGNED, version=None, actor=office, now=now
        )

    for moment in ("file_store", "todo_close", "todos_open", "notice_send_to_units", "emit", "log"):
        killed(monkeypatch, moment, issue)
        assert state(document) == before, f"killed at {moment}, something was left behind"
    assert all(report.is_clean for report in chains_verify(checkpoints_read()))
    issued = issue()
    assert issued.number == "甘质振办〔2012〕1号"
    todos = Todo.objects.system("test").filter(kind="official.receive", done_at=None)
    assert sorted(todos.values_list("unit_id", flat=True)) == sorted(units[:UNITS])
    told = Notice.objects.system("test").filter(ref_kind="documents.official", ref_id=issued.pk)
    assert sorted(told.values_list("post__unit_id", flat=True)) == sorted(units[UNITS:])
    with pytest.raises(StateConflict, match="公文不能"):
        issue()
    assert (todos.count(), told.count()) == (UNITS, COPIES), "asked for again, nobody is told twice"
