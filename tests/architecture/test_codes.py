"""The promise of ADR 0012: apps know each other by codes, so every code named is registered, and every one registered is
named somewhere: in reference data, in the rules, or among those offered but not used yet, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.architecture.house import PACKAGE, ROOT

from zhize.kit.measures import measures, sources
from zhize.kit.yaml_text import yaml_of

RULES = ROOT / PACKAGE / "rules"
REFERENCE = ROOT / "reference"
# Named by data, not registered yet: what is missing. Take the line out with the app that brings it.
PROMISED: dict[str, str] = {}
# Registered, not named by the shipped data: why an office may want it all the same.
OFFERED = {
    "registers.cases": "a jurisdiction whose own duty counts enforcement cases; Gansu's text names no number",
    "registers.licences": "as for cases",
    "registers.sampling.count": "how many samplings: for schemes that ask for numbers done",
    "registers.instruments.count": "how many instruments: for cards a department makes itself",
    "registers.instruments.pass_rate": "as for the count",
    "registers.licences.coverage": "licences still valid: for cards a department makes itself",
    "work.conference.attendance": "attendance of conferences: for schemes of members' accounts",
    "work.tasks.due": "how many tasks were due: beside the shares",
    "work.task.closed": "a duty an office gives to tasks as a whole; tasks also discharge the duties they serve",
    "requests.mechanism.accepted": "a duty of its own to set up the mechanism; Gansu's office reads 四（四） as one duty with the assessment",
    "requests.call.issued": "the office's own duty to collect plans, in jurisdictions whose text names it",
}  # fmt: skip


def _values(data: Any, key: str) -> Iterator[Any]:
    """Everything that stands under this key, at any depth."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == key:
                yield value
            yield from _values(value, key)
    elif isinstance(data, list):
        for one in data:
            yield from _values(one, key)


def _loaded(*folders: Any) -> list[tuple[str, Any]]:
    paths = sorted(path for folder in folders for path in folder.rglob("*.yaml"))
    return [(str(path.relative_to(ROOT)), yaml_of(path.read_text("utf-8"))) for path in paths]


def named_sources() -> dict[str, str]:
    """Code of a source of discharge → a file that names it."""
    return {
        code: path
        for path, data in _loaded(REFERENCE, RULES)
        for value in _values(data, "sources")
        if isinstance(value, list)
        for code in value
        if isinstance(code, str) and re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", code)
    }


def named_measures() -> dict[str, str]:
    """Code of a number → a file that names it: a card's `measure`, a scheme's source that is no card."""
    cards = {card["code"] for _, data in _loaded(RULES / "metrics") for card in _cards(data)}
    found = {
        value: path
        for path, data in _loaded(RULES / "metrics")
        for value in _values(data, "measure")
        if isinstance(value, str)
    }
    for path, data in _loaded(RULES / "schemes", REFERENCE):
        for source in _values(data, "source"):
            if isinstance(source, dict) and source.get("kind") in ("figures", "tasks"):
                found |= {code: path for code in source.get("codes", ()) if code not in cards}
    return found


def _cards(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "code" in data and "source" in data:
            yield data
        for value in data.values():
            yield from _cards(value)
    elif isinstance(data, list):
        for one in data:
            yield from _cards(one)


def test_there_is_something_to_ask() -> None:
    assert len(named_sources()) > 5
    assert {"registers.sampling.pass_rate", "work.tasks.on_time_rate"} <= set(named_measures())


@pytest.mark.parametrize(
    ("named", "registered"),
    [(named_sources, sources), (named_measures, measures)],
    ids=["sources of discharge", "numbers"],
)
def test_every_code_named_is_registered_and_every_one_registered_is_named(
    named: Any, registered: Any
) -> None:
    told, held = named(), set(registered())
    lost = {code: path for code, path in told.items() if code not in held and code not in PROMISED}
    assert not lost, "named by data, registered by no app"
    assert held - set(told) - set(OFFERED) == set(), (
        "registered, named nowhere: name it, or say in OFFERED why"
    )


def test_no_exception_outlives_its_reason() -> None:
    held = {*sources(), *measures()}
    assert not set(PROMISED) & held, "registered by now: take it out of PROMISED"
    assert set(PROMISED) <= set(named_sources()), "no longer named"
    assert set(OFFERED) <= held, "no longer registered"
