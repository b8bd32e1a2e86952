"""Grades on the situation page, what awaits a leader, and which assessments served a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.assessment import mapping
from zhize.apps.assessment.models import INSIDE, Assessed, Round
from zhize.apps.documents.selectors import acts_told
from zhize.apps.regulations.models import Duty
from zhize.kit.actor import Actor
from zhize.kit.contributions import Brief, BriefLine, BriefQuestion, Figure, Situation
from zhize.kit.things import ThingRef

HEADS = (gettext_lazy("考核等次"), gettext_lazy("考核得分"))


def grades_situation(actor: Actor, year_id: int, today: date) -> Situation:
    """Grades by region: of circulated rounds for everybody, of running ones for who carries them through. Three statements."""
    rounds = list(Round.objects.visible_to(actor).filter(year_id=year_id).order_by("created_at", "pk"))
    inside = actor.is_system or actor.has(*INSIDE)
    shown = [one for one in rounds if one.is_public or (inside and one.computed_at)]
    gone = results_gone(shown)
    shown = [one for one in shown if one.pk not in gone]
    if not shown:
        return Situation()
    rows = Assessed.objects.system("grades of rounds the actor sees").filter(
        round__in=[one.pk for one in shown]
    )
    by_round = {one.pk: one for one in shown}
    regions: dict[int, tuple[Figure, ...]] = {}
    for row in rows.select_related("unit").order_by("round_id", "order"):
        regions[row.unit.region_id] = _figures(by_round[row.round_id], row, inside)
    last = shown[-1]
    return Situation(
        totals=_totals(last, [row for row in rows if row.round_id == last.pk]), by_region=regions
    )


def results_gone(rounds: Sequence[Round]) -> set[int]:
    """The circulated rounds whose result no longer stands: withdrawn, or the circular revoked or repealed and nothing
    decided yet. One statement, none where nothing was circulated."""
    public = [ThingRef("assessment.round", one.pk) for one in rounds if one.is_public]
    return {ref.id for ref, row in acts_told(public).items() if not row.stands} if public else set()


def _figures(round_: Round, row: Assessed, inside: bool) -> tuple[Figure, ...]:
    """The grade for all; the points for who may see them. The tile is the darker the better the grade."""
    scale = mapping.scheme_of(round_).scale
    steps = max(len(scale.grades) - 1, 1)
    level = 1 - scale.place_of(row.grade) / steps if row.grade else None
    url = (
        reverse("assessment:object", args=[row.pk])
        if inside
        else reverse("assessment:round", args=[round_.pk])
    )
    return (
        Figure(HEADS[0], row.grade_label or "—", url, level=level),
        Figure(HEADS[1], f"{row.total:.2f}" if inside and row.total is not None else "—", url),
    )


def _totals(round_: Round, rows: Sequence[Assessed]) -> tuple[Figure, ...]:
    """How many have each grade, the empty ones too; before that, how many handed in."""
    url = reverse("assessment:round", args=[round_.pk])
    if not any(row.grade for row in rows):
        handed = sum(row.self_state == Assessed.Self.SUBMITTED for row in rows)
        return (Figure(_("自评已报送"), f"{handed}/{len(rows)}", url),)
    scale = mapping.scheme_of(round_).scale
    return tuple(
        Figure(
            grade.label,
            str(sum(row.grade == grade.code for row in rows)),
            reverse("assessment:round", args=[round_.pk], query={"grade": grade.code}),
        )
        for grade in scale.grades
    )


def assessment_brief(actor: Actor, asked: BriefQuestion) -> Brief:
    """What awaits approval, and what was circulated lately. One statement."""
    rounds = Round.objects.visible_to(actor).filter(year_id=asked.year_id)
    decide, changed = [], []
    for one in rounds.select_related("jurisdiction").order_by("pk"):
        url = reverse("assessment:round", args=[one.pk])
        if one.state in (Round.State.APPEALS, Round.State.INITIAL):
            why = one.get_state_display()
            decide.append(
                BriefLine(_("审定：%(title)s") % {"title": one.title}, url, on=one.appeal_due_on, why=why)
            )
        if one.published_on and one.published_on >= asked.since:
            changed.append(
                BriefLine(_("通报考核结果：%(title)s") % {"title": one.title}, url, on=one.published_on)
            )
    return Brief(decide=tuple(decide), changed=tuple(changed))


@dataclass(frozen=True, slots=True)
class ClauseScore:
    """A criterion that serves the clause, in a round: over how many objects it was scored, and what they lost."""

    title: str
    round_title: str
    url: str
    words: str


def clause_scores(actor: Actor, duty_ids: list[int], year_id: int) -> list[ClauseScore] | None:
    """The rounds of the year that served one of these duties, by the criteria that name its clause. Three statements."""
    labels = _clause_labels(duty_ids)
    codes = set(Duty.objects.visible_to(actor).filter(pk__in=duty_ids).values_list("code", flat=True))
    found = []
    for round_ in Round.objects.visible_to(actor).filter(year_id=year_id).order_by("pk"):
        served = [
            leaf
            for leaf in mapping.scheme_of(round_).root.leaves()
            if labels & set(leaf.clauses) or codes & set(leaf.duties)
        ]
        found += [
            ClauseScore(
                leaf.title,
                round_.title,
                f"{reverse('assessment:round_scheme', args=[round_.pk])}#i-{leaf.code}",
                round_.get_state_display(),
            )
            for leaf in served
        ]
    return found or None


def _clause_labels(duty_ids: list[int]) -> set[str]:
    """The printed labels of the clauses these duties rest on, without a segment: 四（一）."""
    rows = Duty.objects.system("labels of clauses whose page is open").filter(pk__in=duty_ids)
    return set(rows.values_list("bases__clause__label", flat=True)) - {None}
