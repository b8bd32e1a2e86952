"""Objects × blocks as rows a table shows, and the way of a round as steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhize.apps.assessment.models import Assessed, Round, Score, Veto
from zhize.core.scoring.numbers import publish, rational
from zhize.core.scoring.scheme import Node, Scheme
from zhize.core.workflow.assessment_round import TABLE


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One object: its blocks in order ("" where there is no score), and what the columns behind them say.

    `veto`: why its grade is not the one its points alone would give.
    """

    row: Assessed
    blocks: tuple[str, ...]
    veto: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The blocks of the scheme as columns, the objects as rows in official order."""

    blocks: tuple[Node, ...]
    rows: tuple[MatrixRow, ...]


def matrix_of(
    scheme: Scheme,
    objects: Sequence[Assessed],
    scores: Mapping[int, list[Score]],
    vetoes: Mapping[int, Sequence[Veto]],
) -> Matrix:
    """Figures to two places, for the eye; the exact ones stand on each object's page."""
    blocks = scheme.root.children
    found = []
    for row in objects:
        by_code = {one.code: one.score for one in scores.get(row.pk, [])}
        shown = tuple(_short(by_code.get(block.code, "")) for block in blocks)
        found.append(MatrixRow(row, shown, _veto(scheme, row, vetoes.get(row.pk, ()))))
    return Matrix(blocks, tuple(found))


def is_struck(row: Assessed) -> bool:
    """Whether a veto made another grade of it than its points alone would."""
    return bool(row.grade) and row.before_veto not in ("", row.grade)


def _veto(scheme: Scheme, row: Assessed, vetoes: Iterable[Veto]) -> str:
    """一票否决：瞒报、谎报质量安全事件，按得分为B级."""
    if not is_struck(row):
        return ""
    titles = {one.code: one.title for one in scheme.vetoes}
    why = "、".join(titles.get(one.code, one.code) for one in vetoes if one.lifted_at is None)
    by_points = next((grade.label for grade in scheme.scale.grades if grade.code == row.before_veto), "")
    return _("一票否决：%(why)s，按得分为%(grade)s") % {"why": why, "grade": by_points}


def _short(score: str) -> str:
    return format(publish(rational(Decimal(score)), 2), "f") if score else ""


def steps_shown(round_: Round) -> list[dict[str, Any]]:
    """The states of the table in their order, as the component takes them."""
    values = [one.value for one in TABLE.states]
    here = values.index(round_.state)
    labels = dict(Round.State.choices)
    notes = {
        "self_evaluation": _("%(day)s 前") % {"day": round_.self_due_on} if here <= 1 else "",
        "checking": _("%(day)s 前") % {"day": round_.check_due_on}
        if round_.check_due_on and here == 2
        else "",
        "appeals": _("%(day)s 前") % {"day": round_.appeal_due_on}
        if round_.appeal_due_on and here == 4
        else "",
        "approved": str(round_.approved_on or ""),
        "published": str(round_.published_on or ""),
    }
    return [
        {
            "label": labels[value],
            "state": "done" if n < here else "current" if n == here else "todo",
            "note": notes.get(value) or None,
        }
        for n, value in enumerate(values)
    ]
