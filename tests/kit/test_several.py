"""Several of a list in one field: ticked, typed, imported; always the same text in the order of the list."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.kit.test_forms import sample

from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.forms import form_class
from zhize.kit.imports.parse import parse_cell
from zhize.kit.several import SeveralCells, choose

OPTIONS = [("caizheng", "省财政厅"), ("tongji", "省统计局"), ("keji", "省科技厅")]
FIELD = FieldSpec("x", "配合单位", Kind.SEVERAL, options=lambda actor: OPTIONS)


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ("x=keji&x=caizheng", "caizheng、keji"),
        ("x=省统计局；省财政厅", "caizheng、tongji"),
        ("x=keji、keji", "keji"),
        ("", ""),
    ],
)
def test_ticked_or_typed_it_is_one_text_in_the_order_of_the_list(
    office: Actor, posted: str, kept: str
) -> None:
    form = form_class(sample(FIELD), office)(QueryDict(posted))
    assert form.is_valid()
    assert form.cleaned_data["x"] == kept


def test_what_is_not_on_the_list_is_refused_by_name(office: Actor) -> None:
    form = form_class(sample(FIELD), office)(QueryDict("x=keji&x=省电影局"))
    assert form.errors["x"] == ["“省电影局”不在可选范围内。请从列表中选择。"]


def test_the_boxes_of_what_is_chosen_are_ticked(office: Actor) -> None:
    page = str(form_class(sample(FIELD), office)(initial={"x": "tongji"})["x"])
    assert page.count("checked") == 1
    assert 'value="tongji"' in page.split("checked")[0]


def test_a_cell_is_read_like_a_person_writes_it_and_refused_with_a_remedy(office: Actor) -> None:
    cells = SeveralCells(FIELD, office)
    assert parse_cell(FIELD, "省科技厅，省财政厅", cells)[0] == "caizheng、keji"
    value, what, remedy = parse_cell(FIELD, "省电影局", cells)
    assert (value, what) == (None, "“省电影局”不在可选范围内")
    assert "顿号" in remedy


def test_without_a_list_any_words_will_do(office: Actor) -> None:
    free = FieldSpec("x", "关键词", Kind.SEVERAL)
    form = form_class(sample(free), office)(QueryDict("x=甲，乙"))
    assert form.is_valid()
    assert form.cleaned_data["x"] == "甲、乙"


@given(st.lists(st.sampled_from([value for value, _label in OPTIONS]), unique=True))
def test_choosing_again_changes_nothing(values: list[str]) -> None:
    once, unknown = choose(OPTIONS, "、".join(values))
    assert not unknown
    assert choose(OPTIONS, once) == (once, "")
