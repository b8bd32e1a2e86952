"""docs/clauses.md names only pages, commands and tests that exist, and leaves no row of the mission out."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.urls import get_resolver
from tests.architecture.house import ROOT

from zhize.apps.cli.main import VERBS
from zhize.core.methods import METHODS

ROWS = [
    *(f"G{n}" for n in range(1, 4)), *(f"O{n}" for n in range(1, 6)), *(f"M1.{n}" for n in range(1, 15)),
    "M2", "M3", "M4", *(f"L{n}" for n in range(1, 5)), *(f"N{n}" for n in range(1, 10)),
]  # fmt: skip
STATES = {"works", "thin", "not yet"}
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    name: str
    words: str
    pages: list[str]
    commands: list[str]
    tests: list[str]
    state: str


def _rows() -> dict[str, Row]:
    """Sample line: "| G1 | 一（一） | words | `regulations:obligations` | – | `tests/core/test_x.py` | thin |"."""
    found = {}
    for line in (ROOT / "docs/clauses.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 7 and cells[0] in ROWS:
            name, _clause, words, pages, commands, tests, state = cells
            assert name not in found, f"{name} stands twice in docs/clauses.md"
            found[name] = Row(name, words, *(CODE.findall(cell) for cell in (pages, commands, tests)), state)
    return found


def _addresses() -> set[str]:
    """Every named address with its name space: "orgs:unit"."""
    names = set()

    def walk(resolver: object, space: str) -> None:
        for one in resolver.url_patterns:  # type: ignore[attr-defined]
            if hasattr(one, "url_patterns"):
                walk(one, f"{space}{one.namespace}:" if one.namespace else space)
            elif one.name:
                names.add(space + one.name)

    walk(get_resolver(), "")
    return names


def test_every_row_of_the_mission_is_told_once() -> None:
    assert list(_rows()) == ROWS


@pytest.mark.parametrize("row", _rows().values(), ids=lambda row: row.name)
def test_what_a_row_names_exists(row: Row) -> None:
    assert row.state in STATES
    assert not set(row.pages) - _addresses()
    assert not [test for test in row.tests if not (ROOT / test).is_file()]
    for command in row.commands:
        program, verb, *rest = command.split()
        if program == "make":
            assert f"\n{verb}:" in (ROOT / "Makefile").read_text()
            continue
        assert program == "zhize"
        assert verb in VERBS
        assert verb != "calc" or rest[0] in METHODS


@pytest.mark.parametrize("row", _rows().values(), ids=lambda row: row.name)
def test_what_is_said_to_work_has_a_page_and_a_test(row: Row) -> None:
    assert row.state == "not yet" or row.pages
    assert row.state != "works" or row.tests
