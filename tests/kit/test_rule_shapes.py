"""How a rule is adjusted: each part by its kind, a structured value only in the shape it has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhize.kit.rules import RuleError, shipped, shipped_names
from zhize.kit.rules.shapes import Kind, assemble, dumped, parts_of, structure

ALL = [shipped(name) for name in shipped_names()]


def test_kind_label_and_choices_of_a_part_follow_from_value_and_shapes() -> None:
    parts = {part.field: part for part in parts_of(shipped("work/ladder"))}
    assert parts["urge:signer"].kind is Kind.YES
    assert parts["urge:after"].kind is Kind.CHOICE and parts["remind:after"].optional
    assert parts["urge:roles"].kind is Kind.SEVERAL
    assert parts["remind:overdue_days"].kind is Kind.NUMBER and parts["remind:overdue_days"].optional
    assert {word.label for word in parts["urge:roles"].choices} >= {"办公室主任"}
    days = {part.field: part for part in parts_of(shipped("years/lights"))}["remind_days"]
    assert days.kind is Kind.NUMBERS


@pytest.mark.parametrize("rule", ALL, ids=lambda one: one.name)
def test_every_shipped_value_fits_its_own_control(rule: Any) -> None:
    """A value no control could show would be lost on the first save."""
    for part in parts_of(rule):
        value = part.inside(rule.entries[part.key].dated[-1].value)
        values = value if isinstance(value, list) else [value]
        words = {word.value for word in part.choices}
        if part.kind in (Kind.CHOICE, Kind.SEVERAL):
            assert {one for one in values if one is not None} <= words, part.field
        if part.kind is Kind.STRUCTURE:
            assert structure(dumped(value), value, part.field) == value


@pytest.mark.parametrize("rule", ALL, ids=lambda one: one.name)
def test_what_is_taken_apart_is_put_together_the_same(rule: Any) -> None:
    parts = parts_of(rule)
    for entry in (e for e in rule.entries.values() if e.adjustable):
        value = entry.on(date.max).value
        cleaned = {part.field: part.inside(value) for part in parts if part.key == entry.key}
        assert assemble(entry, parts, cleaned) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\nb: [x]", "缺少 c"),
        ("a: 1\nb: [x]\nc: true\nd: 2", "多出 d"),
        ("a: 一\nb: [x]\nc: true", "类型"),
        ("a: 1\nb: [x, 2]\nc: true", "第 2 项"),
        ("a: 1\nb: x\nc: true", "一列"),
        ("a: 1\nb: [x\nc: true", "第 3 行"),
    ],
)
def test_a_structure_of_another_shape_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(RuleError) as caught:
        structure(text, {"a": 1, "b": ["y"], "c": False}, "测试")
    assert words in str(caught.value)
