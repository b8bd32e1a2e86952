"""What the core worked out, written onto rows: nothing else touches these columns."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhize.apps.assessment.models import Assessed, Score
from zhize.core.scoring.calc import figure
from zhize.core.scoring.outcome import ObjectScore
from zhize.core.scoring.scheme import Scheme


def put_result(row: Assessed, result: ObjectScore, scheme: Scheme) -> None:
    row.state = result.state.value
    row.so_far = figure(result.root.so_far) or ""
    row.total = None if result.published is None else Decimal(result.published)
    row.grade, row.grade_label = result.grade, grade_label(scheme, result.grade)
    row.before_veto = result.before_veto
    row.ungraded = result.ungraded[:200]
    row.place = result.place
    row.demands = list(result.demands)


def grade_label(scheme: Scheme, code: str) -> str:
    grade = scheme.scale.grade(code)
    return grade.label if grade else ""


RESULT_FIELDS = (
    "state",
    "so_far",
    "total",
    "grade",
    "grade_label",
    "before_veto",
    "ungraded",
    "place",
    "demands",
)


def score_rows(row: Assessed, result: ObjectScore) -> Iterator[Score]:
    """One row a criterion, in the order of the table; the root is the object's own row."""
    for order, (depth, part) in enumerate(result.root.walk()):
        if part.code:
            yield Score(
                assessed=row,
                code=part.code,
                depth=depth - 1,
                order=order,
                is_leaf=part.is_leaf,
                state=part.state.value,
                points="" if part.is_bonus else figure(part.points) or "",
                score=figure(part.score) or "",
                words=part.words,
                trace=part.trace.as_dict() if part.is_leaf else {},
            )
