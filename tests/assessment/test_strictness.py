"""宽严比较 on the page of a round: who gave less than the others on the same criteria, seen by those over the scorers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.assessment.conftest import Play

from zhize.apps.assessment.models import Entry
from zhize.apps.assessment.selectors.strictness import strictness_of

SignIn = Callable[..., Client]
ON = date(2012, 12, 10)


@pytest.fixture
def scored(play: Play) -> Play:
    """兰州's mark of the campaign was given by the head (30 of 40), 天水's by somebody else (20 of 40)."""
    play.to_appeals()
    Entry.objects.system("test").filter(pk=play.entry("ts", "campaign").pk).update(checked_hat="第二组")
    return play


def _content(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_scorers_are_set_beside_each_other_on_the_same_criterion(scored: Play) -> None:
    with CaptureQueriesContext(connection) as seen:
        found = strictness_of(scored.round, ON)
    assert len(seen.captured_queries) <= 6
    by = {one.scorer: one for one in found.scorers}
    assert by["第二组"].compared == 1 and by["第二组"].difference is not None
    assert by["第二组"].difference < 0 and not by["第二组"].stands_out, "one mark is fewer than the rule asks"
    rows = [one for one in found.beside if one.scorer == "第二组"]
    assert [(one.marks, one.mean - one.others == one.difference) for one in rows] == [(1, True)]


def test_the_page_and_its_file_say_the_same(scored: Play, as_: SignIn) -> None:
    url = reverse("assessment:strictness", args=[scored.pk])
    round_page = as_("office").get(reverse("assessment:round", args=[scored.pk])).content.decode()
    assert url in round_page
    page = as_("office").get(url).content.decode()
    assert "第二组" in page and "逐项比较" in page
    for table in ("scorers", "criteria"):
        assert f"?export={table}" in page
        file = _content(as_("office").get(f"{url}?export={table}"))
        sheet = openpyxl.load_workbook(io.BytesIO(file)).active
        rows = [row for row in sheet.iter_rows(values_only=True) if "第二组" in row]
        assert len(rows) == 1, table


def test_without_marks_the_page_says_so(play: Play, as_: SignIn) -> None:
    page = as_("office").get(reverse("assessment:strictness", args=[play.pk])).content.decode()
    assert "还没有人工认定的评分" in page
