"""Grades, scores and places in a document are held against the result before it is signed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.assessment.conftest import DECEMBER, Play

from zhize.apps.assessment import services
from zhize.apps.assessment.mapping.grades import grade_ref
from zhize.apps.assessment.models import Assessed
from zhize.apps.documents import services as papers
from zhize.apps.documents.models import Issuer, OfficialDocument
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.figures import figures_changed
from zhize.kit.officialdoc import Run, from_json, para, runs_of
from zhize.kit.things import resolve


@pytest.fixture
def draft(play: Play, issuer: Issuer, director: Actor) -> OfficialDocument:
    play.to_appeals()
    play.approve()
    return services.notice_draft(round_=play.round, actor=director, now=DECEMBER)


def _change(row: Assessed, **values: Any) -> None:
    Assessed.objects.system("test").filter(pk=row.pk).update(**values)


def test_the_number_of_each_grade_is_linked_and_one_that_changed_stops_the_circular(
    play: Play, draft: OfficialDocument, office: Actor
) -> None:
    blocks = from_json(draft.blocks)
    numbers = [run for block in blocks for run in runs_of(block) if run.ref.startswith("assessment.grade")]
    refs = {str(grade_ref(play.round, row.grade)) for row in (play.row("lz"), play.row("ts"))}
    assert {run.ref for run in numbers} == refs
    assert figures_changed(blocks) == ()
    best = next(row for row in (play.row("lz"), play.row("ts")) if row.grade == "A")
    _change(best, grade="B", grade_label="B级")
    (changed, *_more) = figures_changed(blocks)
    assert (changed.words, changed.now) == ("1个", "0个")
    with pytest.raises(StateConflict, match="来源变了"):
        papers.official_check(document=draft, version=None, actor=office, now=DECEMBER)


def test_a_link_of_a_grade_leads_to_exactly_its_objects(
    play: Play, draft: OfficialDocument, office: Actor
) -> None:
    ref = grade_ref(play.round, "A")
    assert resolve(office, [ref])[ref].url.endswith(f"/{play.pk}/?grade=A")


def test_score_grade_and_place_of_an_object_are_compared(play: Play, draft: OfficialDocument) -> None:
    row = play.row("lz")
    ref = f"assessment.assessed:{row.pk}"
    assert row.total is not None
    told = [
        para("得", Run(f"{row.total:.2f}分", ref), "，", Run(row.grade_label, ref), "，", Run("第1名", ref))
    ]
    _change(row, place=1)
    assert figures_changed(told) == ()
    _change(row, place=2, total="70.5", grade_label="C级")
    assert [(one.words, one.now) for one in figures_changed(told)] == [
        (f"{row.total:.2f}分", "70.5分"), (row.grade_label, "C级"), ("第1名", "第2名"),
    ]  # fmt: skip
