"""A server killed while a unit hands in leaves before or after, never half of it."""

from __future__ import annotations

import io
import os
import signal
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from tests.regulations.conftest import Owe
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Todo
from zhize.apps.regulations import services
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.services import discharges


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def _hand_in(world: World, obligation: Obligation, now: datetime) -> Discharge:
    upload = SimpleUploadedFile("方案.txt", io.BytesIO("演示数据：工作方案".encode()).read())
    return services.discharge_hand_in(
        obligation=obligation, statement="已制定方案。", uploads=[upload], dated_on=date(2012, 3, 1), existing=[],
        actor=world.actor("liaison"), now=now,
    )  # fmt: skip


def _state(obligation: Obligation) -> tuple[str, int, int, int, int]:
    return (
        Obligation.objects.system("test").get(pk=obligation.pk).status,
        Discharge.objects.system("test").count(),
        Evidence.objects.system("test").count(),
        Todo.objects.system("test").count(),
        Entry.objects.system("test").count(),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["link", "after_submit", "log"])
def test_killed_at_any_moment_it_was_never_begun_and_can_be_done_again(
    world: World, owe: Owe, now: datetime, home: None, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    obligation = owe("zjj", sources=[])
    before = _state(obligation)
    connections.close_all()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(discharges, moment, lambda *_a, **_k: os.kill(os.getpid(), signal.SIGKILL))
        _hand_in(world, obligation, now)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert _state(obligation) == before
    assert _hand_in(world, obligation, now).state == "submitted"
