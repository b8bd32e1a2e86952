"""采纳 of a comment is adopted, 采纳 of an objection is upheld: English says which."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po

import zhize

CATALOGUE = Path(zhize.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


def test_a_comment_is_adopted_and_an_objection_upheld() -> None:
    with CATALOGUE.open("rb") as file:
        found = read_po(file, locale="en")
    comments = {"采纳": "Adopted", "部分采纳": "Adopted in part", "未采纳": "Not adopted"}
    objections = {"采纳": "Upheld", "部分采纳": "Upheld in part"}
    assert {word: found[word].string for word in comments} == comments
    upheld = {word: message for word in objections if (message := found.get(word, context="申辩"))}
    assert {word: message.string for word, message in upheld.items()} == objections
