"""What a person writes in lines and settings, and what the core reads: there and back without loss."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from zhize.apps.assessment.forms.lines import (
    demand_lines,
    demands_from,
    grade_lines,
    grades_from,
    veto_lines,
    vetoes_from,
)
from zhize.apps.assessment.forms.methods import OPTIONS, method_data, method_initial
from zhize.core.scoring.methods import METHODS, method_from


@pytest.mark.parametrize("kind", METHODS)
def test_every_setting_of_every_method_has_its_field(kind: str) -> None:

    assert {one.name for one in OPTIONS[kind]} == {*METHODS[kind].options()}


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "bands", "bands": [{"above": "90", "points": "5"}, {"from": "60", "to": "90", "points": "1", "points_to": "4"}, {"below": "60", "points": "0"}], "places": 1},
        {"kind": "formula", "expression": "实绩", "inputs": [{"name": "实绩", "title": "抽查", "unit": "%"}, {"name": "甲"}]},
    ],
)  # fmt: skip
def test_lines_keep_every_end_of_a_range(data: dict[str, Any]) -> None:
    assert method_data(data["kind"], method_initial(data)) == data


def test_grades_with_quotas_and_vetoes_go_to_lines_and_back() -> None:
    grades = [{"code": "A", "label": "优秀", "above": "90", "at_most": {"share": "0.3", "rounding": "up"}}, {"code": "B", "label": "良好", "from": "80", "to": "90", "at_most": {"count": 3}}, {"code": "C", "label": "其他"}]  # fmt: skip
    assert grade_lines(grades).splitlines() == ["优秀 = >90 =  = 30%", "良好 = 80 = ≤90 = 3", "其他 =  = "]
    assert grades_from(grade_lines(grades), grades) == grades
    vetoes = [{"code": "a", "title": "事故", "not_above": "B", "clause": "四（四）"}, {"code": "b", "title": "瞒报", "lower": 1}, {"code": "c", "title": "造假", "cap": "59"}]  # fmt: skip
    labels, codes = {"A": "优秀", "B": "良好"}, {"优秀": "A", "良好": "B"}
    assert veto_lines(vetoes, labels).splitlines() == ["事故 = 不高于良好", "瞒报 = 降1级", "造假 = 最高59分"]
    assert vetoes_from(veto_lines(vetoes, labels), vetoes, codes) == vetoes


def test_demands_go_to_lines_and_back() -> None:
    demands = [
        {"says": "书面报告", "grades": ["C", "D"], "days": 30},
        {"says": "约谈负责人", "last": 3, "by": "talk"},
    ]
    text = demand_lines(demands, {"C": "C级", "D": "D级"})
    assert text.splitlines() == ["书面报告 = C级、D级 = 30", "约谈负责人 = 后3名 =  = 约谈"]
    assert demands_from(text, {"C级": "C", "D级": "D"}) == demands
    for wrong in ("书面报告", "书面报告 = D = 三十天", "书面报告 = D = 30 = 谈话"):
        with pytest.raises(ValidationError):
            demands_from(wrong, {})


def test_a_grade_needs_no_more_cells_than_it_has() -> None:
    """What stands empty at the end of a line need not be written."""
    assert grades_from("A = 90\nB = 60 = 90\nC", []) == [
        {"code": "A", "label": "A", "from": "90"},
        {"code": "B", "label": "B", "from": "60", "below": "90"},
        {"code": "C", "label": "C"},
    ]


def test_settings_go_to_the_form_and_back() -> None:
    data = {"kind": "survey", "groups": [{"code": "q", "title": "企业", "weight": "0.6"}, {"code": "x", "title": "消费者", "weight": "0.4"}], "at_least": 50}  # fmt: skip
    shown = method_initial(data)
    assert shown["m_groups"] == "q = 企业 = 0.6\nx = 消费者 = 0.4"
    assert method_data("survey", {**shown, "m_at_least": "50"}) == data
    method_from(method_data("survey", {**shown, "m_at_least": "50"}), "x")
