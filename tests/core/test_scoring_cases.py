"""Golden cases of scoring, through the same door as `zhize calc scoring.score`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.core.scoring_cases import cases, given
from tests.core.test_methods import block

from zhize.core.kernel.errors import CoreError
from zhize.core.methods import METHODS

ALL = cases()
PAGE = Path(__file__).parent.parent.parent / "docs" / "algorithms" / "scoring.md"
IDS = [f"{topic}: {case['name']}" for topic, case in ALL]


def run(case: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = METHODS["scoring.score"].run(given(case))
    assert json.loads(json.dumps(result)) == result, "plain JSON comes out"
    return result


def parts(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """甲.g1 → its row."""
    return {f"{one['id']}.{part['code']}": part for one in result["objects"] for part in one["parts"]}


@pytest.mark.parametrize(("topic", "case"), ALL, ids=IDS)
def test_the_case_comes_out_as_written(topic: str, case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(CoreError) as caught:
            run(case)
        assert caught.value.where == case["error"]["where"]
        assert case["error"]["says"] in str(caught.value)
        return
    result = run(case)
    by_name = {one["id"]: one for one in result["objects"]}
    rows = parts(result)
    if "leaf" in case and "all" not in case:
        leaf = rows["甲.x"]
        assert (leaf["score"], leaf["state"]) == (case.get("score"), case.get("state", "scored"))
        assert case.get("says", "") in leaf["words"]
    for number, score in enumerate(case.get("scores", [])):
        assert rows[f"{number}.x"]["score"] == score, rows[f"{number}.x"]["words"]
    for name, expected in case.get("out", {}).items():
        assert {key: by_name[name][key] for key in expected} == expected
    for name, grade in case.get("grades", {}).items():
        assert by_name[name]["grade"] == grade, by_name[name]["ungraded"]
    for name, place in case.get("places", {}).items():
        assert by_name[name]["place"] == place
    for key, points in case.get("points", {}).items():
        assert rows[key]["points"] == points
    for key, words in case.get("words", {}).items():
        assert words in rows[key]["words"]
    for name, lost in case.get("lost", {}).items():
        assert [f"{row['code']} {row['lost']}" for row in by_name[name]["lost"]] == lost
    if "blocks" in case:
        assert [grade["words"] for grade in result["grades"]] == case["blocks"]
    if "warns" in case:
        assert any(case["warns"] in text for text in result["warnings"]), result["warnings"]
    _findings(case, [f"{one['where']}：{one['what']}。{one['remedy']}" for one in result["findings"]])


def _findings(case: dict[str, Any], found: list[str]) -> None:
    for expected in case.get("finds", []):
        assert any(way in text for text in found for way in expected.split("|")), found
    if case.get("clean"):
        assert not found


@pytest.mark.parametrize(
    ("topic", "case"),
    [pair for pair in ALL if "error" not in pair[1]],
    ids=[name for name, pair in zip(IDS, ALL, strict=True) if "error" not in pair[1]],
)
def test_the_schema_of_the_page_takes_the_case(topic: str, case: dict[str, Any]) -> None:
    schema = jsonschema_rs.validator_for(block(PAGE.read_text(encoding="utf-8"), "schema"))
    schema.validate(given(case))


def test_there_are_enough_cases_and_no_two_of_the_same_name() -> None:
    names = [case["name"] for _, case in ALL]
    assert len(names) >= 120
    assert len(names) == len(set(names))


def test_every_method_has_a_case() -> None:
    from zhize.core.scoring.methods import METHODS as KINDS

    text = "\n".join(json.dumps(given(case), ensure_ascii=False) for _, case in ALL)
    assert not [kind for kind in KINDS if f'"kind": "{kind}"' not in text]
