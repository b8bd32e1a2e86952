"""质量状况分析报告: what a year shows on a day in each of the four dimensions, and what became of the last decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count
from django.urls import reverse

from zhize.apps.metrics.selectors import Reading, measures_by_dimension, readings_of
from zhize.apps.registers.selectors import Whole, wholes_of
from zhize.apps.work.mapping.situation import (
    DECISION,
    FIGURE,
    FOUR,
    Fact,
    Key,
    Measure,
    Situation,
    became_of,
)
from zhize.apps.work.models import Conference, Resolution, SituationFigure, Task
from zhize.apps.work.selectors.conferences import last_before
from zhize.apps.work.selectors.counted import Stretch, counted_url, decided_url
from zhize.apps.work.selectors.digests import counts_of
from zhize.apps.work.selectors.task_lights import TaskTally, task_tally_q
from zhize.kit.actor import Actor
from zhize.kit.things import ThingCard, ThingRef

WHY = "a report of a whole jurisdiction"
TASKS = {Measure.TOTAL: "total", Measure.DONE: "done", Measure.LATE: "late"}


def situation_of(conference: Conference, start: date, end: date) -> Situation:
    """What the jurisdiction's year shows at the end of `end`. A dozen statements, however many rows there are.

    Reads: `conference.year.jurisdiction` joined.
    """
    year = conference.year
    readings: dict[str, list[Reading]] = {part: [] for part in FOUR}
    for one in readings_of(year, end, FOUR):
        readings[one.card.dimension].append(one)
    counted = measures_by_dimension()
    codes = {code for part in FOUR for code in counted.get(part, ())}
    wholes = wholes_of(year.jurisdiction_id, codes, start, end)
    registers: dict[str, list[Whole]] = {
        part: [one for one in wholes if any(c.startswith(f"{one.type.kind}.") for c in counted.get(part, ()))]
        for part in FOUR
    }
    last = last_before(conference)
    decisions = decisions_of(last) if last else []
    facts = _task_facts(Stretch(year.jurisdiction_id, year.pk, start, end))
    for part in FOUR:
        facts |= _register_facts(part, registers[part]) | _attained_facts(part, readings[part])
    if last:
        facts |= _decision_facts(last)
    return Situation(readings, registers, last, decisions, facts)


def _task_facts(where: Stretch) -> dict[Key, Fact]:
    counts = counts_of(where, by="part")
    facts = {}
    for part in ("", *FOUR):
        found = counts.get(part or None, Counter())
        for measure, key in TASKS.items():
            narrowed = {"part": part} if part else {}
            facts[part, measure.value, ""] = Fact(str(found[key]), counted_url(key, where, **narrowed))
    return facts


def _register_facts(part: str, wholes: Sequence[Whole]) -> dict[Key, Fact]:
    facts: dict[Key, Fact] = {}
    for one in wholes:
        code = one.type.code
        facts[part, Measure.RECORDS, code] = Fact(str(one.n), one.url)
        if one.passed + one.failed:
            facts[part, Measure.FAILED, code] = Fact(str(one.failed), one.failed_url)
            facts[part, Measure.RATE, code] = Fact(one.rate, one.url)
    return facts


def _attained_facts(part: str, readings: Sequence[Reading]) -> dict[Key, Fact]:
    return {
        (part, Measure.ATTAINED, one.card.code): Fact(
            one.attained,
            reverse("metrics:attainment", query={"year": one.target.year_id, "card": one.card.code}),
        )
        for one in readings
        if one.target
    }


def decisions_of(conference: Conference) -> list[Resolution]:
    """What a conference decided, with the task each became."""
    rows = Resolution.objects.system(WHY).filter(conference=conference)
    return list(rows.select_related("lead_unit", "task").order_by("number", "pk"))


def _decision_facts(last: Conference) -> dict[Key, Fact]:
    rows = Task.objects.system(WHY).filter(source_kind="work.conference", source_id=last.pk).order_by()
    tallies = {Measure.SETTLED: TaskTally.DONE, Measure.OPEN: TaskTally.LEFT}
    counts = rows.aggregate(**{m.value: Count("pk", filter=task_tally_q(t)) for m, t in tallies.items()})
    facts: dict[Key, Fact] = {}
    decided = Resolution.objects.system(WHY).filter(conference=last).count()
    page = reverse("work:conference", args=[last.pk])
    facts["", Measure.DECIDED, ""] = Fact(str(decided), f"{page}#resolutions")
    for measure, tally in tallies.items():
        facts["", measure, ""] = Fact(str(counts[measure.value]), decided_url(last.pk, tally.value))
    return facts


def decision_figures(ids: list[int]) -> Mapping[int, Sequence[str]]:
    """What became of decisions by now. One statement."""
    rows = Resolution.objects.system("decisions a document tells of").filter(pk__in=ids)
    return {one.pk: [became_of(one)] for one in rows.select_related("task")}


def decision_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """A decision leads to its task, before that to the conference."""
    rows = Resolution.objects.visible_to(actor).filter(pk__in=ids)
    return {
        one.pk: ThingCard(
            ThingRef(DECISION, one.pk),
            one.text,
            reverse("work:task", args=[one.task_id])
            if one.task_id
            else f"{reverse('work:conference', args=[one.conference_id])}#resolutions",
        )
        for one in rows
    }


def situation_figures(ids: list[int]) -> Mapping[int, Sequence[str]]:
    """What the figures of reports would be if they were drawn up now. A dozen statements for each report."""
    rows = SituationFigure.objects.system("figures of documents compared with their source")
    asked = list(rows.filter(pk__in=ids).select_related("report__conference__year__jurisdiction"))
    reports = {one.report_id: one.report for one in asked}
    now = {pk: situation_of(one.conference, one.starts_on, one.ends_on).facts for pk, one in reports.items()}
    facts = {one.pk: now[one.report_id].get((one.part, one.measure, one.code)) for one in asked}
    return {pk: [fact.words] if fact else [] for pk, fact in facts.items()}


def situation_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Each figure as a link to exactly what it counts. One statement."""
    rows = SituationFigure.objects.visible_to(actor).filter(pk__in=ids)
    return {
        one.pk: ThingCard(
            ThingRef(FIGURE, one.pk), f"{one.get_part_display()}{one.get_measure_display()}", one.url
        )
        for one in rows
    }
