"""What official documents print of a result, as it stands now: how many objects have a grade; score, grade and place of one.

A number of objects is linked by `mapping.grades.grade_ref`, so that it is compared with the count of that grade and leads
to exactly these objects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from zhize.apps.assessment.mapping import scheme_of
from zhize.apps.assessment.mapping.grades import GRADE, MOST_GRADES
from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import chain_of
from zhize.core.scoring.scale import Grade
from zhize.kit.actor import Actor
from zhize.kit.rules import rule
from zhize.kit.things import ThingCard, ThingRef

OBJECT = "assessment.assessed"


def grade_figures(ids: list[int]) -> Mapping[int, Sequence[str]]:
    """How many objects of the round have the grade now. Two statements."""
    counted = Counter(
        Assessed.objects.system("grades a document prints")
        .filter(round_id__in={pk // MOST_GRADES for pk in ids})
        .values_list("round_id", "grade")
    )
    return {pk: [f"{counted[round_.pk, grade.code]}个"] for pk, (round_, grade) in _grades(ids).items()}


def grade_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """The round with only the objects of that grade. Two statements."""
    seen = set(
        Round.objects.visible_to(actor)
        .filter(pk__in={pk // MOST_GRADES for pk in ids})
        .values_list("pk", flat=True)
    )
    return {
        pk: ThingCard(
            ThingRef(GRADE, pk),
            f"{round_.title} {grade.label}",
            reverse("assessment:round", args=[round_.pk], query={"grade": grade.code}),
        )
        for pk, (round_, grade) in _grades(ids).items()
        if round_.pk in seen
    }


def object_figures(ids: list[int]) -> Mapping[int, Sequence[str]]:
    """Published score, grade, place (where the scheme gives places) and name of each object. One statement."""
    rows = Assessed.objects.system("results a document prints").filter(pk__in=ids)
    return {
        row.pk: [
            *([f"{row.total.normalize():f}分"] if row.total is not None else []),
            *([row.grade_label] if row.grade_label else []),
            *([f"第{row.place}名"] if row.place else []),
            row.name,
        ]
        for row in rows.only("total", "grade_label", "place", "name")
    }


def _grades(ids: list[int]) -> dict[int, tuple[Round, Grade]]:
    """Round and grade of each id; one that names none is left out."""
    rows = Round.objects.system("grades a document prints").in_bulk({pk // MOST_GRADES for pk in ids})
    found = {}
    for pk in ids:
        round_ = rows.get(pk // MOST_GRADES)
        grades = scheme_of(round_).scale.grades if round_ else ()
        if round_ and pk % MOST_GRADES < len(grades):
            found[pk] = (round_, grades[pk % MOST_GRADES])
    return found


def may_draft_notice(round_: Round) -> bool:
    """Whether no circular of the round stands: none drafted yet, or the one that went out was revoked or repealed."""
    if round_.notice_ref is None:
        return True
    document = OfficialDocument.objects.system("the circular of a round").by_pk(round_.notice_ref)
    return document is None or not chain_of(document).stands


def copies_default(round_: Round, today: date) -> list[str]:
    """Organs the circular names beside its addressees where the office names no others (rule assessment/circular)."""
    return list(rule("assessment/circular", on=today, jurisdiction=round_.jurisdiction.code)["copies"])
