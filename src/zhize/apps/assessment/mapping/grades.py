"""The grade of a round as a thing a document can point to."""

from __future__ import annotations

from zhize.apps.assessment.mapping.schemes import scheme_of
from zhize.apps.assessment.models import Round
from zhize.kit.things import ThingRef

GRADE = "assessment.grade"
MOST_GRADES = 100


def grade_ref(round_: Round, code: str) -> ThingRef:
    """Round and place of the grade in its scale, in one number."""
    places = [grade.code for grade in scheme_of(round_).scale.grades]
    return ThingRef(GRADE, round_.pk * MOST_GRADES + places.index(code))
