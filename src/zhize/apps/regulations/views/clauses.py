"""One clause: what was done about it this year, by whom, with which evidence."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations import selectors
from zhize.apps.regulations.models import Obligation
from zhize.apps.years import selectors as years
from zhize.core.duties.lights import Boundaries
from zhize.kit import contributions
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

MANY = 30


@require_safe
@page
def clause(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The clause's words, its duties, and per duty who did what about it this year; beyond thirty rows one unit can be chosen."""
    actor = request.actor
    here = found(selectors.clause_by_pk(actor, pk))
    year = years.year_in_progress(actor, request.now.date())
    duties = selectors.duties_of_clauses(actor, here.version).get(here.pk, [])
    ids = [duty.pk for duty in duties]
    owed = selectors.obligations_of_duties(actor, ids, year.pk if year else None)
    every = [row for rows in owed.values() for row in rows]
    chosen = _chosen(request, every)
    shown = {
        duty: [row for row in rows if chosen is None or row.unit_id == chosen] for duty, rows in owed.items()
    }
    done = selectors.done_about(actor, [row.pk for rows in shown.values() for row in rows])
    day = selectors.bounds(request.now.date())
    context = {
        "clause": here,
        "year": year,
        "rows": [
            {
                "duty": duty,
                "obligations": [
                    {"row": row, "light": selectors.light_of_row(row, day), "done": done.get(row.pk, [])}
                    for row in shown.get(duty.pk, [])
                ],
                "counts": _counts(owed.get(duty.pk, []), day),
            }
            for duty in duties
        ],
        "units": _units(every) if len(every) > MANY else [],
        "chosen": chosen,
        "years": selectors.history_of(actor, request.now.date(), duty_ids=ids) if ids else [],
        "sections": _sections(request, ids, year.pk) if year and ids else [],
    }
    return render(request, "regulations/clause.html", context)


def _chosen(request: HttpRequestWithActor, rows: list[Obligation]) -> int | None:
    """The unit asked for, where it owes something here."""
    word = request.GET.get("unit", "")
    known = {row.unit_id for row in rows}
    return int(word) if word.isdigit() and int(word) in known else None


def _units(rows: list[Obligation]) -> list[Unit]:
    return list({row.unit_id: row.unit for row in rows}.values())


def _counts(rows: list[Obligation], day: Boundaries) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        light = selectors.light_of_row(row, day).value
        counts[light] = counts.get(light, 0) + 1
    return counts


def _sections(request: HttpRequestWithActor, duty_ids: list[int], year_id: int) -> list[dict[str, object]]:
    """What the apps above know of these duties (plans, tasks, conferences), where there is something for this actor."""
    return [
        {"title": one.title, "template": one.template, "data": data}
        for one in contributions.clause_sections.items()
        if (data := one.load(request.actor, duty_ids, year_id)) is not None
    ]
