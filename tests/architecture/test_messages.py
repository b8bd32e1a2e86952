"""The English catalogue is complete: every message of sources and templates, and nothing that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from scripts import messages
from tests.architecture.house import ROOT

PO = ROOT / "src/zhize/locale/en/LC_MESSAGES/django.po"
NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")  # sample lines: "自 %(day)s", "代 {name}"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Chinese that is itself the example: a document number, names of organs, the words a report uses.
QUOTED = re.compile(r"“[^”]*”|甘政办发〔2011〕58号")


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    target = tmp_path_factory.mktemp("messages") / "django.pot"
    messages.extract(Path(target))
    with target.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def english() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def _texts(message: Message | None) -> tuple[str, ...]:
    """The translation, its plural too; empty where there is none."""
    if message is None or not message.string:
        return ("",)
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _pairs(wanted: Catalog, english: Catalog) -> Iterator[tuple[str, Message | None]]:
    for message in wanted:
        if message.id:
            ident = message.id if isinstance(message.id, str) else message.id[0]
            yield ident, english.get(ident, message.context)


def test_the_sources_hold_messages_at_all(wanted: Catalog) -> None:
    assert len(wanted) > 500


def test_every_message_has_an_english_translation(wanted: Catalog, english: Catalog) -> None:
    missing = [ident for ident, found in _pairs(wanted, english) if not all(_texts(found))]
    assert not missing, "run make messages, then translate: " + "；".join(missing)


def test_no_translation_is_a_guess(english: Catalog) -> None:
    assert not [message.id for message in english if message.id and message.fuzzy]


def test_no_translation_outlives_its_message(wanted: Catalog, english: Catalog) -> None:
    gone = [
        message.id for message in english if message.id and wanted.get(message.id, message.context) is None
    ]
    assert not gone, f"run make messages: {gone}"


def test_a_translation_names_the_same_values(wanted: Catalog, english: Catalog) -> None:
    """A value left out is a number the English reader never sees; one too many is an error on the page."""
    wrong = [
        ident
        for ident, found in _pairs(wanted, english)
        for text in _texts(found)
        if sorted(NAMED.findall(text)) != sorted(NAMED.findall(ident))
    ]
    assert not wrong


def test_translations_are_english(english: Catalog) -> None:
    left = [text for message in english for text in _texts(message) if CHINESE.search(QUOTED.sub("", text))]
    assert not left
