"""The reader's page, its words, and the door of `zhize calc`."""

import json
import re

import pytest
from tests.core.reading import ROOT, confirmations, lexicon, rendition

from zhize.core.duties.candidates import read
from zhize.core.duties.candidates_confirm import replay
from zhize.core.kernel.errors import BadRule
from zhize.core.methods import method
from zhize.core.regulation.holders import Role
from zhize.core.regulation.lexicon import lexicon_from_mapping
from zhize.kit.yaml_text import yaml_of

WORDS = max((ROOT / "src" / "zhize" / "rules" / "reading").glob("*.yaml"))


def words():
    return yaml_of(WORDS.read_text(encoding="utf-8"))


def test_the_worked_example_of_the_page_comes_out_as_printed():
    page = (ROOT / "docs" / "algorithms" / "regulation-reading.md").read_text(encoding="utf-8")
    text = re.search(r"```text example\n(.*?)```", page, re.DOTALL)[1]
    outcome = json.loads(re.search(r"```json outcome\n(.*?)```", page, re.DOTALL)[1])
    found = {
        c.key: {
            "holders": [h.name + ("（会同）" if h.role is Role.CO_ACT else "") for h in c.holders],
            "nature": c.nature,
            "flags": [code for code, _ in c.flags],
        }
        for c in read(text, lexicon()).candidates
    }
    assert found == outcome


def test_the_door_gives_plain_json_with_counts_and_edition():
    result = method("regulation.read").run({"text": rendition(), "lexicon": words()})
    assert json.loads(json.dumps(result, ensure_ascii=False)) == result
    assert result["edition"] == "reading@2011-01-01" and result["counts"]["pairs"] == 53


@pytest.mark.parametrize(
    "data", [None, [], {}, {"text": 1}, {"text": "一、"}, {"text": "一、", "lexicon": {}}]
)
def test_input_that_is_no_input_is_answered_in_words(data):
    with pytest.raises(BadRule) as caught:
        method("regulation.read").run(data)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("group", "wrong"),
    [
        ("units", None),
        ("roles", {"lead": "牵头"}),
        ("kinds", [["plan"]]),
        ("dates", {"due": ["("]}),
        ("script", {"traditional": "負", "simplified": ""}),
    ],
)
def test_a_damaged_word_list_is_refused_with_the_group_named(group, wrong):
    with pytest.raises(BadRule) as caught:
        lexicon_from_mapping(words() | {group: wrong})
    assert caught.value.where.split(".")[0] == group and caught.value.remedy


def test_the_word_list_carries_its_date_and_source():
    assert words()["valid_from"] and words()["source"]


def test_a_word_taken_from_the_list_changes_the_reading_so_it_is_data():
    poorer = words()
    poorer["roles"]["co_act"] = ["协同"]
    found = read(rendition(), lexicon_from_mapping(poorer))
    assert not any(h.role is Role.CO_ACT for c in found.candidates for h in c.holders)


def test_a_confirmation_that_fits_nowhere_is_a_problem_in_words_and_the_rest_stands():
    given = confirmations() | {
        "9.9#1": {"title": "无处可落", "holders": ["省质监局"], "kind": "other", "nature": "standing"},
        "3.1.3#1": {"title": "执法", "holders": ["省不存在局"], "kind": "enforce", "nature": "counted"},
        "3.3#1": {
            "title": "总结",
            "holders": ["领导小组成员单位"],
            "kind": "report",
            "nature": "periodic",
            "recurrence": {"every": "year"},
        },
        "3.4#1": {
            "title": "一二三四五六七八九十一二三四五六七",
            "holders": [],
            "kind": "meet",
            "nature": "常态",
        },
        "4.1#1": "省质监局",
    }
    result = replay(read(rendition(), lexicon()), given)
    assert len(result.duties) == 55 - 4
    assert [p.split("：")[0] for p in result.problems] == [
        "3.1.3#1",
        "3.3#1",
        "3.4#1",
        "3.4#1",
        "3.4#1",
        "4.1#1",
        "9.9#1",
    ]


def test_confirmed_recurrences_are_ones_the_schedule_understands():
    from zhize.core.duties.recurrence import Recurrence

    dated = [c for c in confirmations().values() if c["nature"] in ("periodic", "once")]
    assert dated and all(
        Recurrence.from_mapping(c["recurrence"]) and c["configured"] and c["basis"] for c in dated
    )
