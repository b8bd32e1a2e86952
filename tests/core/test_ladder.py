"""督办办法: the ladder is climbed in order, from data; local ladders are other data."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.errors import BadRule, NoSuchStep
from zhize.core.workflow.ladder import Ladder
from zhize.kit.yaml_text import yaml_of

RULE = Path(__file__).resolve().parents[2] / "src" / "zhize" / "rules" / "work" / "ladder.yaml"
SHIPPED = Ladder.from_mapping(
    {row["key"]: row["dated"][-1]["value"] for row in yaml_of(RULE.read_text("utf-8"))["values"]}
)
DIRECTOR, STAFF = frozenset({"office_director"}), frozenset({"office_staff"})


def test_the_shipped_ladder_has_three_rungs_and_the_last_is_signed() -> None:
    assert [(r.name, r.signer) for r in SHIPPED.rungs] == [
        ("提醒", False),
        ("催办", False),
        ("提请督办", True),
    ]


@pytest.mark.parametrize(
    ("taken", "overdue", "roles", "comes"),
    [
        ([], -10, STAFF, "remind"),
        (["remind"], -10, STAFF, "urge"),
        (["remind", "urge"], 3, DIRECTOR, "urge"),
        (["remind", "urge"], 5, DIRECTOR, "supervise"),
        (["remind", "urge"], 30, STAFF, "urge"),
        (["remind", "urge", "supervise"], 30, DIRECTOR, "supervise"),
        ([], None, frozenset({"liaison"}), None),
    ],
)
def test_what_comes_next(
    taken: list[str], overdue: int | None, roles: frozenset[str], comes: str | None
) -> None:
    rung = SHIPPED.next_for(taken, overdue, roles)
    assert (rung.key if rung else None) == comes


@given(
    st.lists(st.sampled_from(["remind", "urge", "supervise"]), max_size=6), st.none() | st.integers(-30, 30)
)
def test_what_comes_next_is_always_allowed(taken: list[str], overdue: int | None) -> None:
    rung = SHIPPED.next_for(taken, overdue, DIRECTOR)
    assert rung is not None and SHIPPED.why_not(rung, taken, overdue) == ""


def test_a_local_ladder_is_other_data_and_a_wrong_one_is_told_by_its_field() -> None:
    local = Ladder.from_mapping(
        {"slip": {"name": "督办通知单", "roles": ["office_staff"], "overdue_days": 0}}
    )
    assert local.why_not(local.rung("slip"), [], -1) == "到期后才能督办通知单"
    with pytest.raises(NoSuchStep, match="可用：督办通知单"):
        local.rung("urge")
    with pytest.raises(BadRule, match="slip"):
        Ladder.from_mapping({"slip": {"nam": "督办通知单"}})


@pytest.mark.parametrize(
    ("taken", "overdue", "sent", "proposed"),
    [
        ([], -4, None, None),
        ([], -3, "remind", None),
        ([], 40, "remind", None),
        (["remind"], 0, "remind", None),
        (["remind"], 1, "remind", "urge"),
        (["remind", "urge"], 1, None, None),
        (["remind", "urge"], 9, None, None),
        (["remind", "urge"], 10, None, "supervise"),
        (["remind", "urge", "supervise"], 90, None, None),
        ([], None, None, None),
    ],
)
def test_what_the_rule_sends_and_what_it_proposes(
    taken: list[str], overdue: int | None, sent: str | None, proposed: str | None
) -> None:
    out, asked = SHIPPED.sent_by_rule(taken, overdue), SHIPPED.proposed_by_rule(taken, overdue)
    assert (out and out[0].key, asked and asked[0].key) == (sent, proposed)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"signer": True, "by_rule": "send"}, "须签发的一级不能由系统直接发出"),
        ({"by_rule": "always"}, "没有“always”这一种"),
        ({"rule_days": [1, "二"]}, "“二”不合适"),
        ({"rule_days": [400]}, "“400”不合适"),
        ({"paper": "notice", "paper_title": "关于督办的通知"}, "没有 {matter}"),
    ],
)
def test_what_a_rung_cannot_be_is_refused_in_words(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(BadRule) as refused:
        Ladder.from_mapping({"slip": {"name": "督办通知单", "roles": ["office_staff"], **wrong}})
    assert words in str(refused.value)
