"""Golden cases an official can read: every YAML file under tests/cases, run through the same door as `zhize calc`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from zhize.core.kernel.errors import CoreError
from zhize.core.methods import METHODS
from zhize.kit.yaml_text import yaml_of

CASES = Path(__file__).parent.parent / "cases"
FOLDERS = {
    "recurrence": "duties.recurrence",
    "discharge": "duties.discharge",
    "reform": "duties.reform",
    "rollover": "duties.rollover",
    "draw": "sampling.draw.v1",
    "lights": "duties.lights",
    "expression": "metrics.expression",
    "attainment": "metrics.attainment",
    "check": "metrics.check",
    "alert": "metrics.alert",
    "combine": "metrics.combine",
    "papers": "papers.check",
    "plans": "plans.similar",
    "compare": "regulation.compare",
    "carry": "duties.carry",
    "overlap": "duties.overlap",
    "requests": "requests.answer",
    "call_check": "requests.check",
    "burden": "requests.statement",
    "strictness": "scoring.strictness",
    "task_curve": "tasks.curve",
    "task_rollup": "tasks.rollup",
}


def load(path: Path) -> Any:
    return yaml_of(path.read_text(encoding="utf-8"))


ALL = [
    (folder, case)
    for folder in FOLDERS
    for path in sorted((CASES / folder).glob("*.yaml"))
    for case in load(path)
]


def iso(value: Any) -> Any:
    """The case as JSON would carry it: dates as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: iso(inner) for key, inner in value.items()}
    return [iso(inner) for inner in value] if isinstance(value, list) else value


def given(case: dict[str, Any]) -> dict[str, Any]:
    """The input, with a calendar by name and a set like “19 of 21” (one reached each day of January) written out."""
    found = dict(case["in"])
    if isinstance(found.get("calendar"), str):
        found["calendar"] = load(CASES / "calendars" / f"{found['calendar']}.yaml")
    members = found.get("facts", {}).get("members")
    if members and "set" in members[0]:
        reached, whole = (int(part) for part in members[0]["set"].split(" of "))
        days = [date(2012, 1, 1) + timedelta(days=n) if n < reached else None for n in range(whole)]
        found["facts"] = {"members": [{"id": f"m{n}", "done_on": day} for n, day in enumerate(days)]}
    return iso(found)


@pytest.mark.parametrize(("folder", "case"), ALL, ids=[f"{folder}: {case['name']}" for folder, case in ALL])
def test_the_case_comes_out_as_written(folder: str, case: dict[str, Any]) -> None:
    run = METHODS[FOLDERS[folder]].run
    if "error" in case:
        with pytest.raises(CoreError) as caught:
            run(given(case))
        assert caught.value.where == case["error"]["where"]
        assert case["error"]["says"] in str(caught.value)
        return
    result = run(given(case))
    expected = iso(case.get("out", {}))
    assert {name: result[name] for name in expected} == expected
    if folder == "recurrence":
        assert [one["due"] for one in result["occurrences"]] == iso(case["due"])
        assert [one["reason"] for one in result["left_out"]] == case.get("left_out", [])
        if "labels" in case:
            assert [one["label"] for one in result["occurrences"]] == case["labels"]
    if "warns" in case:
        assert any(case["warns"] in text for text in result["warnings"]), result["warnings"]
    if "trace_says" in case:
        assert case["trace_says"] in str(result["trace"])


def test_there_are_enough_cases_and_no_two_of_the_same_name() -> None:
    names = [(folder, case["name"]) for folder, case in ALL]
    assert len(names) >= 60
    year = ("recurrence", "discharge", "reform", "carry", "rollover")
    assert sum(folder in year for folder, _name in names) >= 80
    assert len(names) == len(set(names))
