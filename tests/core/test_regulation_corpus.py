"""Nine other real documents against labels made by a person."""

import json

import pytest
from tests.core.reading import labelled, proposed, real

from zhize.core.kernel.refs import Mark
from zhize.core.regulation.holders import Role, Sort
from zhize.core.regulation.model import render
from zhize.core.regulation.score import score, total

DOCUMENTS = ["01", "04", "08", "10", "12", "15", "18", "26", "27"]
STRICT = {"01", "04", "08"}


def scored(name):
    label = next(d for f, d in labelled().items() if f.startswith(name))
    return score(proposed(name), label)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_renders_back_and_turns_into_json(name):
    assert render(proposed(name).document) == real(name)
    assert json.loads(json.dumps(proposed(name).to_json(), ensure_ascii=False))["counts"]["duties"] > 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_clause_counts_are_exactly_as_labelled(name):
    clauses = scored(name)["clauses"]
    assert clauses and all(found == expected for found, expected in clauses.values()), clauses


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_holders_are_found_and_none_invented(name):
    least = 0.97 if name in STRICT else 0.9
    holders = scored(name)["holders"]
    assert holders["precision"] >= least and holders["recall"] >= least, holders
    assert holders["collective_as_unit"] == []


@pytest.mark.parametrize("name", sorted(STRICT))
def test_brackets_are_all_found_with_their_holders_and_roles(name):
    brackets = scored(name)["brackets"]
    assert brackets["precision"] >= 0.97 and brackets["recall"] >= 0.97 and brackets["role_accuracy"] >= 0.97


@pytest.mark.parametrize("name", ["01", "04", "08", "10", "26", "27", "12"])
def test_labelled_counts_agree(name):
    counts = scored(name)["counts"]
    assert counts and all(found == expected for found, expected in counts.values()), counts


def test_the_total_is_over_names_not_a_mean_of_means():
    result = total([scored(n) for n in DOCUMENTS])
    assert result["total"]["precision"] >= 0.97 and result["total"]["recall"] >= 0.97


def test_a_lead_rule_stated_once_holds_for_later_brackets_and_only_where_stated():
    by_text = {b.text: b for b in proposed("01").brackets}
    assert by_text["海关总署、商务部负责"].holders[0].role is Role.LEAD
    assert proposed("08").brackets[7].text == "市场监管总局、工业和信息化部负责"
    assert {h.role for h in proposed("08").brackets[7].holders} == {Role.UNKNOWN}


def test_a_rule_that_one_body_carries_out_all_that_follows_is_kept_with_later_duties():
    later = [c for c in proposed("08").candidates if c.ref.path[:2] == (2, 2)]
    assert later and all("试点城市政府" in {h.name for h in c.holders} for c in later)
    assert all(h.sort is not Sort.UNIT for c in later for h in c.holders if h.name == "试点城市政府")


def test_the_table_of_contents_is_not_counted_twice():
    assert [c.heading for c in proposed("10").document.clauses][:2] == ["总则", "组织机构和职责"]


def test_an_item_that_changes_its_subject_after_a_full_stop_goes_to_that_unit_alone():
    duties = {c.key: [h.name for h in c.holders] for c in proposed("10").candidates}
    assert duties["2.1.3.1#3"] == ["国家发展改革委", "国家粮食局"] and duties["2.1.3.1#4"] == [
        "国家发展改革委"
    ]


def test_conditions_under_a_clause_are_no_duties():
    keys = {str(c.ref) for c in proposed("10").candidates}
    assert not any(key.startswith(("6.4.2.", "6.4.1.")) for key in keys)


def test_a_number_used_twice_keeps_both_units_and_is_reported():
    document = proposed("26")
    assert [w.code for w in document.warnings] == ["number_repeated"]
    assert {"县工业园区管委会", "县能源办"} <= {h.name for h in document.named}
    assert [c.ref for c in document.document.walk() if c.mark is Mark.ROW and c.ref.path == (2, 30)] != []


def test_common_indicators_of_a_table_are_common_duties_of_all_its_units():
    common = [c for c in proposed("26").candidates if c.common]
    assert common and {c.ref.path[0] for c in common} == {1} and len(proposed("26").members) == 31


def test_who_scores_is_not_who_does():
    assert {h.role for h in proposed("27").named} == {Role.ASSESS}


def test_offices_inside_a_unit_are_kept_apart_from_units():
    inside = {h.name for h in proposed("12").holders if h.sort is Sort.INTERNAL}
    assert {"基层处", "中医药处", "药政处"} <= inside and not inside & {h.name for h in proposed("12").named}
