"""An objection rests on files: new ones and what the self-evaluation already gave; who answers has all on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import DECEMBER, Play
from tests.kit.bad_files import pdf_file

from zhize.apps.assessment.models import Appeal, Entry, EntryEvidence
from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_register
from zhize.kit.actor import Actor

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def earlier(play: Play, sibling: Actor) -> Evidence:
    """A paper of the self-evaluation of 兰州市."""
    play.to_appeals()
    given = evidence_register(
        upload=SimpleUploadedFile("任务台账.pdf", pdf_file(text="a")), jurisdiction=play.round.jurisdiction,
        dated_on=date(2012, 11, 1), actor=sibling, now=DECEMBER,
    )  # fmt: skip
    entry = Entry.objects.system("test").get(assessed=play.row("lz"), code="campaign")
    EntryEvidence.objects.create(entry=entry, evidence=given)
    return given


def _file(play: Play, client: Client, *uploads: SimpleUploadedFile, **more: Any) -> Any:
    data = {"code": "work", "text": "一项任务属不可抗力。", "uploads": list(uploads), **more}
    return client.post(reverse("assessment:appeal", args=[play.row("lz").pk]), data)


def test_new_files_and_those_given_before_stand_beside_the_score_for_who_answers(
    play: Play, earlier: Evidence, as_: SignIn
) -> None:
    client = as_("sibling")
    page = client.get(reverse("assessment:object", args=[play.row("lz").pk])).content.decode()
    assert "任务台账（2012-11-01）" in page and 'enctype="multipart/form-data"' in page
    new = SimpleUploadedFile("受灾证明.pdf", pdf_file(text="b"))
    assert _file(play, client, new, existing=[earlier.pk]).status_code == 302
    appeal = Appeal.objects.system("test").get()
    given = list(appeal.evidence.system("test").order_by("pk"))
    assert [one.title for one in given] == ["任务台账", "受灾证明"]
    answering = as_("director").get(reverse("assessment:answer", args=[appeal.pk])).content.decode()
    assert "受灾证明" in answering and "任务台账" in answering and "原评" in answering
    for one in given:
        assert as_("director").get(reverse("documents:evidence", args=[one.pk])).status_code == 200
        assert as_("sibling2").get(reverse("documents:evidence", args=[one.pk])).status_code == 404


def test_a_refused_file_is_answered_in_words_and_nothing_is_filed(
    play: Play, earlier: Evidence, as_: SignIn
) -> None:
    answer = _file(play, as_("sibling"), SimpleUploadedFile("证明.exe", b"MZ" + b"0" * 200))
    page = answer.content.decode()
    assert answer.status_code == 400 and "证明.exe" in page and "一项任务属不可抗力。" in page
    assert not Appeal.objects.system("test").exists()
    assert Evidence.objects.system("test").count() == 1


def test_what_another_object_gave_cannot_be_named(play: Play, earlier: Evidence, as_: SignIn) -> None:
    answer = _file(play, as_("sibling"), existing=[earlier.pk + 1000])
    assert answer.status_code == 400 and not Appeal.objects.system("test").exists()
