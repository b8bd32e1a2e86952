"""A criterion scored by a formula: its figures come from the cards it names, or from the form, and its words say all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from zhize.apps.assessment.forms.facts import facts_form, initial_of
from zhize.apps.assessment.models import Entry
from zhize.apps.assessment.selectors.figures import facts_for
from zhize.core.scoring.reading import scheme_from
from zhize.core.scoring.scheme import Node
from zhize.core.scoring.writing import scheme_mapping

SCHEME = {
    "title": "示例",
    "points": "20",
    "blocks": [
        {
            "code": "x",
            "title": "本项",
            "points": "20",
            "method": {
                "kind": "formula",
                "expression": "min(分值, 分值 × 实绩 ÷ 目标)",
                "inputs": [{"name": "实绩", "title": "治理完成数", "unit": "家"}],
            },
        }
    ],
}


def leaf() -> Node:
    found = scheme_from(SCHEME).node("x")
    assert found is not None
    return found


def test_a_scheme_with_a_formula_is_written_and_read_back() -> None:
    scheme = scheme_from(SCHEME)
    assert scheme_from(scheme_mapping(scheme)) == scheme


def test_the_form_asks_for_each_figure_by_its_title_and_unit() -> None:
    made = facts_form(leaf(), Entry(code="x", facts={}, collected={}))
    form = made({"实绩": "45", "目标": "60", "version": "1"})
    assert form.is_valid(), form.errors
    assert [str(form.fields[name].label) for name in ("实绩", "目标")] == ["治理完成数（家）", "目标"]
    assert form.facts() == {"实绩": "45", "目标": "60"}
    assert initial_of(Entry(code="x", facts=form.facts(), collected={}))["实绩"] == "45"


def test_a_figure_and_its_target_are_filled_in_under_the_names_of_the_formula() -> None:
    facts = facts_for(leaf(), Decimal("45.5"), target=Decimal(60))
    assert facts == {"实绩": "45.5", "目标": "60"}


def test_the_rule_reads_as_an_official_would_say_it() -> None:
    method = leaf().method
    assert method is not None
    assert method.words(Fraction(20)) == (
        "按公式 min(分值, 分值 × 实绩 ÷ 目标) 计分（实绩：治理完成数），最高20分，最低0分"
    )
