"""Changing a scheme as data, comparing two, trying one on known facts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.errors import BadRule
from zhize.core.scoring import editing
from zhize.core.scoring.compare import Change, differences, tried
from zhize.core.scoring.reading import scheme_from

BODY: dict[str, Any] = {
    "title": "办法",
    "points": "100",
    "blocks": [
        {"code": "1", "title": "目标", "points": "60", "children": [
            {"code": "1.1", "title": "抽查", "points": "40", "method": {"kind": "proportion"}},
            {"code": "1.2", "title": "报送", "points": "20", "method": {"kind": "deduction", "per": "5", "required": "4"}},
        ]},
        {"code": "2", "title": "措施", "points": "40", "method": {"kind": "manual", "guidance": "看台账"}},
    ],
    "scale": {"grades": [{"code": "A", "from": "90"}, {"code": "B", "below": "90"}]},
}  # fmt: skip
OBJECTS = [
    {"id": "a", "name": "甲", "facts": {"1.1": {"actual": 9, "target": 10}, "1.2": {"actual": 4}, "2": {"value": "38"}}},
    {"id": "b", "name": "乙", "facts": {"1.1": {"actual": 10, "target": 10}, "1.2": {"actual": 2}, "2": {"value": "36"}}},
]  # fmt: skip


def titles(body: Any) -> list[str]:
    return [one["title"] for _, one in editing.walk(body)]


def test_every_step_gives_a_new_body_and_leaves_the_old_one() -> None:
    kept = deepcopy(BODY)
    editing.changed(BODY, "1.1", {"title": "监督抽查"})
    editing.with_points(BODY, {"2": "50"})
    editing.added(BODY, "2", {"title": "机制", "points": "10", "method": {"kind": "met"}})
    editing.removed(BODY, "1.2")
    editing.moved(BODY, "2", -1)
    assert kept == BODY


def test_points_and_places() -> None:
    assert scheme_from(editing.with_points(BODY, {"1.1": "45", "2": "35"})).root.worth == 100
    assert titles(editing.moved(BODY, "2", -1)) == ["措施", "目标", "抽查", "报送"]
    assert titles(editing.moved(BODY, "2", 1)) == titles(BODY)


def test_a_leaf_that_gets_parts_keeps_its_method_as_the_first_of_them() -> None:
    made, code = editing.added(BODY, "2", {"title": "机制", "points": "10", "method": {"kind": "met"}})
    assert code == "2.2"
    parts = editing.criterion_in(made, "2")["children"]  # type: ignore[index]
    assert [one["method"]["kind"] for one in parts] == ["manual", "met"]
    scheme_from(made)


def test_the_last_criterion_stays_and_an_unknown_one_is_named() -> None:
    one = editing.removed(BODY, "1.2")
    with pytest.raises(BadRule, match="最后一项"):
        editing.removed(one, "1.1")
    with pytest.raises(BadRule, match="没有“9”"):
        editing.changed(BODY, "9", {"title": "无"})


@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "move"]), st.integers(0, 30)), max_size=12))
def test_whatever_is_done_codes_stay_apart_and_the_scheme_can_be_read(steps: list[tuple[str, int]]) -> None:
    body: Any = BODY
    for what, n in steps:
        codes = [one["code"] for _, one in editing.walk(body)]
        code = codes[n % len(codes)]
        try:
            if what == "add":
                body, _ = editing.added(body, code if code.count(".") < 5 else "", {"title": "新", "points": "1", "method": {"kind": "met"}})  # fmt: skip
            elif what == "remove":
                body = editing.removed(body, code)
            else:
                body = editing.moved(body, code, 1)
        except BadRule as error:
            assert error.remedy
    codes = [one["code"] for _, one in editing.walk(body)]
    assert len(codes) == len(set(codes))
    scheme_from(body)


def test_two_editions_side_by_side() -> None:
    new = editing.with_points(editing.removed(BODY, "1.2"), {"1.1": "60"})
    new, _ = editing.added(new, "", {"title": "测评", "points": "0", "method": {"kind": "met"}})
    found = differences(scheme_from(BODY), scheme_from(new))
    assert [(one.change, one.title, one.what, one.before, one.after) for one in found if one.what != "计分方法"] == [
        (Change.CHANGED, "抽查", "分值", "40分", "60分"),
        (Change.ADDED, "测评", "", "", "0分"),
        (Change.REMOVED, "报送", "", "20分", ""),
    ]  # fmt: skip
    assert differences(scheme_from(BODY), scheme_from(BODY)) == ()


def test_what_another_edition_would_make_of_known_facts() -> None:
    """乙 reports late often: with more points for reports it falls, with none it rises to A."""
    new = editing.with_points(editing.removed(BODY, "1.2"), {"1.1": "60"})
    found = {one.name: one for one in tried(scheme_from(BODY), scheme_from(new), OBJECTS)}
    assert [found["乙"].before.grade, found["乙"].after.grade] == ["B", "A"]
    assert found["乙"].differs
    assert not found["甲"].differs


def test_facts_the_new_rule_cannot_use_are_named_and_never_guessed() -> None:
    new = editing.changed(
        BODY, "1.2", {"method": {"kind": "levels", "levels": [{"code": "好", "points": "20"}]}}
    )
    found = tried(scheme_from(BODY), scheme_from(new), OBJECTS)[0]
    assert found.after.total is None
    assert [text.split("：")[0] for text in found.left_out] == ["报送"]
