"""督办单: one slip with its paper, its tasks and what was answered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhize.apps.documents.selectors import official_of_source, told_of
from zhize.apps.work.models import TaskSlip
from zhize.apps.work.selectors import slips as selectors
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef
from zhize.kit.views import found, page


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The paper of a step of supervision, and each task it is about."""
    slip: TaskSlip = found(selectors.slip_by_pk(request.actor, pk))
    ref = ThingRef(selectors.KIND, slip.pk)
    context = {
        "slip": slip,
        "rows": selectors.reminders_of_slip(slip),
        "documents": official_of_source(request.actor, ref),
        "told": told_of(request.actor, ref),
    }
    return render(request, "work/slip.html", context)
