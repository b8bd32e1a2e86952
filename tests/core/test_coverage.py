"""Orphans: what nobody owns, opens or shows evidence for."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from zhize.core.duties.coverage import Clause, Duty, Obligation, orphans

CLAUSES = [Clause("二（一）"), Clause("二（二）"), Clause("二", demands=False)]
DUTIES = [Duty("d1", ("二（一）",), ("办公室",)), Duty("d2", ("二（二）",), ("省质监局", "省工商局"))]
OBLIGATIONS = [
    Obligation("o1", "d1", "办公室", has_evidence=True),
    Obligation("o2", "d2", "省质监局", has_evidence=True),
    Obligation("o3", "d2", "省工商局", has_evidence=True),
]


def test_a_register_without_gaps_has_no_orphans() -> None:
    found = orphans(CLAUSES, DUTIES, OBLIGATIONS)
    assert found.complete
    assert (found.clauses, found.expected_obligations, found.expected_evidence) == (2, 3, 3)


def test_a_clause_without_a_duty_is_an_orphan_but_a_heading_is_not() -> None:
    assert orphans(CLAUSES, DUTIES[:1], OBLIGATIONS[:1]).clauses_without_owner == ("二（二）",)


def test_a_duty_nobody_holds_leaves_its_clause_an_orphan() -> None:
    found = orphans(CLAUSES, [DUTIES[0], replace(DUTIES[1], holders=())], OBLIGATIONS[:1])
    assert found.duties_without_holder == ("d2",)
    assert found.clauses_without_owner == ("二（二）",)


def test_of_two_units_on_one_duty_the_one_without_an_obligation_is_named() -> None:
    assert orphans(CLAUSES, DUTIES, OBLIGATIONS[:2]).duties_without_obligation == (("d2", "省工商局"),)


def test_a_duty_not_due_this_year_needs_no_obligation() -> None:
    assert orphans(CLAUSES, [DUTIES[0], replace(DUTIES[1], due_this_year=False)], OBLIGATIONS[:1]).complete


def test_evidence_is_missed_only_where_it_is_expected_by_now() -> None:
    bare = [
        replace(OBLIGATIONS[0], has_evidence=False),
        replace(OBLIGATIONS[1], has_evidence=False, evidence_expected=False),
    ]
    found = orphans(CLAUSES, DUTIES, [*bare, OBLIGATIONS[2]])
    assert found.obligations_without_evidence == ("o1",)
    assert not found.complete


def test_an_obligation_of_an_unknown_duty_or_a_stranger_is_reported_in_words() -> None:
    odd = [
        Obligation("o8", "d9", "办公室", has_evidence=True),
        Obligation("o9", "d1", "省教育厅", has_evidence=True),
    ]
    assert orphans(CLAUSES, DUTIES, [*OBLIGATIONS, *odd]).dangling == (
        "履职事项 o8 所属的职责 d9 不在清单中",
        "履职事项 o9 的单位 省教育厅 不是职责 d1 的责任单位",
    )


@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_order_does_not_matter_and_more_obligations_never_make_more_orphans(
    random: Random, number: int
) -> None:
    some = OBLIGATIONS[:number]
    shuffled = random.sample(some, len(some))
    assert orphans(reversed(CLAUSES), reversed(DUTIES), shuffled) == orphans(CLAUSES, DUTIES, some)
    fewer = orphans(CLAUSES, DUTIES, OBLIGATIONS).duties_without_obligation
    assert set(fewer) <= set(orphans(CLAUSES, DUTIES, some).duties_without_obligation)
