"""The round that is measured really is scored, and comes out as bare arithmetic says."""

from __future__ import annotations

import pytest

from tests.perf import scoring
from tests.perf.scoring import BLOCKS, LEAVES, METHODS, bare_facts, bare_round, objects_data, scheme_data
from zhize.core.scoring.facts import objects_from
from zhize.core.scoring.outcome import State
from zhize.core.scoring.reading import scheme_from
from zhize.core.scoring.score import score_round


def test_every_leaf_of_the_measured_round_has_its_score_and_the_way_to_it() -> None:
    objects = objects_data(6)
    result = score_round(scheme_from(scheme_data()), objects_from(objects))
    leaves = [leaf for one in result.objects for leaf in one.root.leaves()]
    assert len(leaves) == 6 * BLOCKS * LEAVES
    assert {leaf.state for leaf in leaves} == {State.SCORED, State.NOT_APPLICABLE}
    rules = {leaf.trace.children[0].rule for leaf in leaves}
    assert {f"scoring.{method['kind']}" for method in METHODS} <= rules


def test_both_ways_come_to_the_same_and_a_difference_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert scoring.timed(40).objects == 40
    grades = {grade for _total, grade in bare_round(bare_facts(objects_data(40)))}
    assert len(grades) > 1
    monkeypatch.setattr(scoring, "TENTH", scoring.TENTH + 1)
    with pytest.raises(AssertionError, match="bare"):
        scoring.timed(5)


def test_the_table_has_a_row_for_each_step() -> None:
    assert scoring.scoring_table(20).count("\n| ") == 5
