"""A server killed while a result is approved, sealed or circulated leaves the round before or after, never between."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connections
from pypdf import PdfWriter
from tests.assessment.conftest import DECEMBER, Play
from tests.world import World

from zhize.apps.assessment import services
from zhize.apps.assessment.models import Assessed, Freeze, Score
from zhize.apps.assessment.services import approving, publishing
from zhize.apps.audit.models import Entry
from zhize.apps.audit.selectors import chains_verify, checkpoints_read
from zhize.apps.documents import services as papers
from zhize.apps.documents.models import Approval, Issuer, OfficialDocument
from zhize.apps.documents.services import sending
from zhize.apps.orgs.models import Notice, Todo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def plain_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF files without their compiler: its threads do not live on in a forked process, which would wait for them for ever."""
    page, made = PdfWriter(), BytesIO()
    page.add_blank_page(595, 842)
    page.write(made)
    writer = replace(sending.WRITERS["pdf"], write=lambda _paper, _layout: made.getvalue())
    monkeypatch.setitem(sending.WRITERS, "pdf", writer)


def _die(*_args: Any, **_kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, moment: str, act: Callable[[], object]
) -> None:
    """Runs the act in a process of its own that is killed when it comes to `moment`."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(module, moment, _die)
        try:
            act()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the act never came to {moment}"


def _state(play: Play) -> tuple[Any, ...]:
    """All that approving and circulating touch."""
    round_ = play.round
    return (
        (round_.state, round_.version, round_.approved_on, round_.notice_ref, round_.published_on),
        list(Assessed.objects.system("test").order_by("pk").values_list("total", "grade", "sheet_ref", "version")),
        list(OfficialDocument.objects.system("test").order_by("pk").values_list("state", "number", "version")),
        *(
            model.objects.system("test").count()  # type: ignore[attr-defined]
            for model in (Freeze, Score, Approval, Todo, Notice, Entry)
        ),
    )  # fmt: skip


def _verifies() -> bool:
    return all(report.is_clean for report in chains_verify(checkpoints_read()))


@pytest.mark.parametrize("moment", ["compute", "_seal", "digest", "save", "todos_close", "log"])
def test_killed_in_approving_or_sealing_it_was_never_begun_and_can_be_done_again(
    play: Play, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    play.to_appeals()
    before = _state(play)
    _killed(monkeypatch, approving, moment, play.approve)
    assert _state(play) == before and _verifies()
    freeze = play.approve()
    assert (freeze.number, play.round.state) == (1, "approved")


def _signed(play: Play, world: World) -> OfficialDocument:
    """The circular, approved, drafted, checked and signed."""
    play.to_appeals()
    play.approve()
    office = world.actor("office")
    draft = services.notice_draft(round_=play.round, actor=world.actor("director"), now=DECEMBER)
    checked = papers.official_check(document=draft, version=None, actor=office, now=DECEMBER)
    return papers.official_sign(
        document=checked, signed_by="办公室主任", signed_on=date(2012, 12, 10), version=None, actor=office, now=DECEMBER
    )  # fmt: skip


@pytest.mark.parametrize("moment", ["round_step", "discharge_by_source", "emit", "log"])
def test_killed_in_circulating_neither_paper_nor_round_went_out(
    play: Play, issuer: Issuer, world: World, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    document = _signed(play, world)
    before = _state(play)

    def issue() -> OfficialDocument:
        return papers.official_issue(
            document=document, dated_on=date(2012, 12, 10), version=None, actor=world.actor("office"), now=DECEMBER
        )  # fmt: skip

    _killed(monkeypatch, publishing, moment, issue)
    assert _state(play) == before and _verifies()
    assert issue().number and play.round.state == "published"


def test_killed_between_two_sheets_the_first_is_out_the_second_not_begun_and_a_repeat_sends_only_it(
    play: Play, issuer: Issuer, world: World, tmp_path: Path
) -> None:
    play.to_appeals()
    play.approve()

    def send(tell: Callable[[int, int], None] | None = None) -> int:
        return services.sheets_issue(
            round_=play.round, signed_by="办公室主任", signed_on=date(2012, 12, 10), actor=world.actor("office"), now=DECEMBER, tell=tell
        )  # fmt: skip

    connections.close_all()
    child = os.fork()
    if child == 0:
        send(tell=_die)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    out = [play.row(key).sheet_ref is not None for key in ("lz", "ts")]
    issued = OfficialDocument.objects.system("test").filter(kind=OfficialDocument.Kind.LETTER)
    assert sorted(out) == [False, True] and issued.count() == 1 and _verifies()
    assert send() == 1 and issued.count() == 2
