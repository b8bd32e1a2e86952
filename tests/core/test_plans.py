"""Laws of looking for similar items and of merging them; the ways of life of plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhize.core.kernel.errors import NoSuchStep
from zhize.core.plans.merge import Draft, merge
from zhize.core.plans.similar import Item, Weighing, similar
from zhize.core.workflow.plan import CONSOLIDATED, UNIT
from zhize.core.workflow.table import next_state

ANY = Weighing(Decimal(0), Decimal("0.6"), Decimal("0.1"), Decimal("0.2"))
WORDS = st.text("质量抽查监督企业档案。 1", max_size=14)
ITEMS = st.lists(
    st.tuples(WORDS, WORDS, st.lists(st.sampled_from("甲乙丙"), max_size=2, unique=True)), max_size=14
).map(lambda rows: [Item(str(n), t, x, duties=tuple(d)) for n, (t, x, d) in enumerate(rows)])


@given(ITEMS)
def test_a_score_lies_between_nought_and_one_and_no_item_meets_itself(items: list[Item]) -> None:
    for pair in similar(items, ANY):
        assert Decimal(0) <= pair.score <= Decimal(1)
        assert pair.first != pair.second


@given(ITEMS)
def test_the_order_of_the_items_changes_no_score(items: list[Item]) -> None:
    def scores(given_items: list[Item]) -> dict[frozenset[str], Decimal]:
        return {frozenset((p.first, p.second)): p.score for p in similar(given_items, ANY)}

    assert scores(items) == scores(items[::-1])


@given(WORDS.filter(lambda text: len(text.replace("。", " ").split()) == 1 and len(text.strip()) > 3), WORDS)
def test_an_item_is_wholly_like_its_copy(title: str, text: str) -> None:
    (pair,) = similar([Item("a", title, text), Item("b", title, text)], ANY)
    assert pair.score == 1


@given(ITEMS, st.decimals(0, 1, places=2))
def test_a_higher_threshold_only_leaves_out(items: list[Item], threshold: Decimal) -> None:
    every = similar(items, ANY)
    by = Weighing(threshold, ANY.title_weight, ANY.same_duty, ANY.common_share)
    assert similar(items, by) == [pair for pair in every if pair.score >= threshold]


def _draft(name: str, **more: object) -> Draft:
    values: dict[str, object] = {
        "title": f"{name}的事项", "goal": "合格率达到90%。", "measure": f"{name}的措施。", "due_on": date(2012, 6, 30),
        "lead": ord(name), "lead_name": name,
    }  # fmt: skip
    return Draft(**{**values, **more})  # type: ignore[arg-type]


def test_merging_keeps_the_first_lead_and_what_everybody_said_once() -> None:
    whole = merge(
        [
            _draft("甲", duties=(1, 2), money=Decimal("12.50")),
            _draft(
                "乙", duties=(2, 3), due_on=date(2012, 11, 30), supports=(7, ord("甲")), money=Decimal("7.50")
            ),
        ]
    )
    assert (whole.title, whole.lead, whole.goal) == ("甲的事项", ord("甲"), "合格率达到90%。")
    assert whole.measure == "甲：甲的措施。\n乙：乙的措施。"
    assert (whole.supports, whole.duties) == ((ord("乙"), 7), (1, 2, 3))
    assert (whole.due_on, whole.money) == (date(2012, 11, 30), Decimal("20.00"))


def test_money_nobody_named_stays_unnamed() -> None:
    assert merge([_draft("甲"), _draft("乙")]).money is None


def test_nothing_to_merge_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing"):
        merge([])


@pytest.mark.parametrize(
    ("table", "state", "action", "says"),
    [
        (UNIT, "accepted", "return", "已接收的计划不能退回"),
        (UNIT, "draft", "accept", "编制中的计划不能接收"),
        (CONSOLIDATED, "draft", "approve", "编制中的计划不能登记审定"),
        (CONSOLIDATED, "presented", "issue", "已报审的计划不能印发"),
        (CONSOLIDATED, "issued", "reopen", "已印发的计划不能退回修改"),
    ],
)
def test_what_may_not_follow_is_refused_in_words(table: object, state: str, action: str, says: str) -> None:
    with pytest.raises(NoSuchStep, match=says):
        next_state(table, state, action)  # type: ignore[arg-type]
