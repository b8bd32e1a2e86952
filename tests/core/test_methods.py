"""Registry of methods and pages in docs/algorithms agree, and the numbers on the pages are those of the code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.core.test_cases import ALL, FOLDERS, given

from zhize.core.kernel.errors import BadRule
from zhize.core.methods import METHODS, method

PAGES = Path(__file__).parent.parent.parent / "docs" / "algorithms"
SAMPLED = {name for name in METHODS if name.startswith(("sampling.", "registers."))}
OURS = sorted({*FOLDERS.values(), "scoring.score", "scoring.table", *SAMPLED})
# Sample line: the second of each page, beginning “id: `duties.lights`”.
ID_LINE = re.compile(r"^id: `([a-z0-9_.]+)`", re.MULTILINE)


def block(page: str, kind: str) -> Any:
    # Sample: a fenced block whose first line is three backticks and “json output”.
    found = re.search(rf"^```json {kind}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found, f"no block “json {kind}”"
    return json.loads(found[1])


def page_of(name: str) -> str:
    return (PAGES / METHODS[name].page).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", METHODS)
def test_every_method_has_a_page_that_carries_its_id(name: str) -> None:
    assert ID_LINE.findall(page_of(name)) == [name]


def test_every_page_with_an_id_is_the_page_of_a_method() -> None:
    ids = {
        found for path in PAGES.glob("*.md") for found in ID_LINE.findall(path.read_text(encoding="utf-8"))
    }
    assert ids == set(METHODS)


@pytest.mark.parametrize("name", OURS)
def test_the_worked_example_of_the_page_comes_out_as_printed(name: str) -> None:
    result = METHODS[name].run(block(page_of(name), "input"))
    result.pop("trace", None)
    assert result == block(page_of(name), "output")


@pytest.mark.parametrize("name", OURS)
def test_the_schema_of_the_page_takes_its_example_and_every_golden_case_that_succeeds(name: str) -> None:
    schema = jsonschema_rs.validator_for(block(page_of(name), "schema"))
    schema.validate(block(page_of(name), "input"))
    for folder, case in ALL:
        if FOLDERS[folder] == name and "error" not in case:
            schema.validate(given(case))


@pytest.mark.parametrize("name", OURS)
def test_the_schema_refuses_a_field_nobody_reads(name: str) -> None:
    schema = jsonschema_rs.validator_for(block(page_of(name), "schema"))
    assert not schema.is_valid(block(page_of(name), "input") | {"surprise": 1})


@pytest.mark.parametrize("name", OURS)
def test_what_comes_out_is_plain_json(name: str) -> None:
    result = METHODS[name].run(block(page_of(name), "input"))
    assert json.loads(json.dumps(result)) == result


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("data", [None, [], "x", {}, {"today": None}])
def test_input_that_is_no_input_is_answered_in_words(name: str, data: object) -> None:
    with pytest.raises(BadRule) as caught:
        METHODS[name].run(data)
    assert caught.value.remedy


def test_an_unknown_method_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(BadRule, match=r"没有“duties\.light”这一方法") as caught:
        method("duties.light")
    assert "duties.lights" in caught.value.remedy
