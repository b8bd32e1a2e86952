"""Pages in English hold no word of ours in Chinese. Data stay as they were entered: names of units, titles, clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from tests.architecture.house import ROOT
from tests.world import World

from zhize.apps.orgs.models import Jurisdiction, Post, Region, Unit

PO = ROOT / "src/zhize/locale/en/LC_MESSAGES/django.po"
PAGES = [
    "portal:inbox", "portal:done", "portal:notices", "portal:search", "regulations:index", "regulations:duties",
    "regulations:obligations", "regulations:create", "years:list", "orgs:units", "orgs:members", "orgs:group", "orgs:people",
    "orgs:account", "orgs:delegations", "orgs:jurisdiction", "jobs:list", "documents:official_list", "documents:official_create",
    "documents:received", "documents:issuers", "documents:templates",
]  # fmt: skip
OWN_NAMES = {"中文"}  # a language is called by its own name


class _Words(HTMLParser):
    """The texts of a page as its readers meet them: text, and what screen readers say of controls."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        self.found |= {
            value or ""
            for name, value in attrs
            if name in ("aria-label", "title", "placeholder", "data-confirm")
        }

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.add(re.sub(r"\s+", " ", data).strip())


@pytest.fixture
def ours(tmp_path: Path, settings: Any) -> Iterator[set[str]]:
    """The Chinese messages of the product, with the English catalogue as committed compiled for this test."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="en")
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as target:
        write_mo(target, catalogue)
    settings.LOCALE_PATHS = [str(tmp_path)]
    trans_real._translations.clear()
    with translation.override("zh-hans"):
        yield {message.id for message in catalogue if isinstance(message.id, str) and message.id}
    trans_real._translations.clear()


def _data() -> set[str]:
    """Names and titles of the small province: some of them are words of ours too (联络员)."""
    rows: set[str] = set(OWN_NAMES)
    for model, fields in ((Unit, ("name", "full_name")), (Post, ("title",)), (Jurisdiction, ("name",)), (Region, ("name",))):  # fmt: skip
        for row in model.objects.system("test").values_list(*fields):
            rows |= set(row)
    return rows


def _left(html: str, ours: set[str]) -> set[str]:
    words = _Words()
    words.feed(html)
    return {text for text in words.found & ours if re.search(r"[\u4e00-\u9fff]", text)} - _data()


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_holds_no_chinese_word_of_ours(
    world: World, client: Client, ours: set[str], name: str
) -> None:
    client.force_login(world.user["director"], backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert not _left(answer.content.decode(), ours)


def test_the_look_for_chinese_finds_it(world: World, client: Client, ours: set[str]) -> None:
    client.force_login(world.user["director"], backend="django.contrib.auth.backends.ModelBackend")
    assert "待办" in _left(client.get(reverse("portal:inbox")).content.decode(), ours)


def test_a_refusal_is_read_in_english_too(world: World, client: Client, ours: set[str]) -> None:
    client.force_login(world.user["liaison"], backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    for name in ("work:talk_create", "work:digests", "work:task_create", "inspection:create"):
        answer = client.get(reverse(name))
        assert answer.status_code == 403
        assert not _left(answer.content.decode(), ours), name
        assert "Switch to your post in the office" in answer.content.decode(), name
