"""Draws: fixing a list, announcing the seed, drawing, the record to print and the file to work it out again."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.inspection import policies, services
from zhize.apps.inspection.forms import draws as forms
from zhize.apps.inspection.mapping.draw_paper import draw_paper, input_of, numbers_words, outcomes
from zhize.apps.inspection.models import InspectedUnit, PlaceDraw
from zhize.apps.inspection.selectors import draws as selectors
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.files.answers import send_bytes
from zhize.kit.list_views import stamped
from zhize.kit.officialdoc import layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

GOING = (gettext_lazy("只有去这个单位的核查组和办公室可以抽取"), gettext_lazy("请由核查组的人员办理"))
SHOWN = 300


@require_http_methods(["GET", "HEAD", "POST"])
@page
def draw_new(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Fixes a list for one checked unit; `register` fills it from what the house keeps."""
    actor = request.actor
    checked = found(selectors.checked_by_pk(actor, pk))
    demand(policies.may_draw(actor, checked), *GOING)
    if request.method != "POST":
        return _form_page(request, checked, forms.DrawForm(initial=_start(request, checked)), 200)
    form = forms.DrawForm(request.POST, request.FILES)
    return acted(
        request,
        form,
        lambda _data: services.draw_fix(checked=checked, new=form.new(), actor=actor, now=request.now),
        said=_("名单已固定，公布种子后抽取"),
        back=lambda made: reverse("inspection:draw", args=[made.pk]),
        again=lambda bound, status: _form_page(request, checked, bound, status),
    )


def _start(request: HttpRequestWithActor, checked: InspectedUnit) -> dict[str, str]:
    chosen = request.GET.get("register", "")
    if chosen not in selectors.Register.values:
        return {}
    names = selectors.listed_for(request.actor, checked, chosen, local_day(request.now))
    label = selectors.Register(chosen).label
    return {"rows": "\n".join(names), "origin": f"{checked.unit.region.name}{label}", "title": f"抽取{label}"}


def _form_page(request: HttpRequestWithActor, checked: InspectedUnit, form: Any, status: int) -> HttpResponse:
    register = forms.RegisterForm(initial={"register": request.GET.get("register")})
    context = {"form": form, "checked": checked, "inspection": checked.inspection, "register": register}
    return render(request, "inspection/draw_form.html", context, status=status)


@require_safe
@page
def draw(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One draw; `as` = docx, pdf: the record; json: what `zhize calc` reads."""
    row = found(selectors.draw_by_pk(request.actor, pk))
    ending = request.GET.get("as", "")
    if ending == "json":
        text = json.dumps(input_of(row), ensure_ascii=False, indent=1)
        return send_bytes(text.encode(), f"{stamped(_('抽取'), request.now)}.json", "application/json")
    if ending in WRITERS:
        writer, day = WRITERS[ending], local_day(request.now)
        code = row.checked.inspection.jurisdiction.code
        name = f"{stamped(_('抽取记录'), request.now)}.{ending}"
        return send_bytes(writer.write(draw_paper(row), layout_on(day, code)), name, writer.content_type)
    return _draw_page(request, row)


def _draw_page(
    request: HttpRequestWithActor, row: PlaceDraw, *, status: int = 200, **bound: Any
) -> HttpResponse:
    may, start = policies.may_draw(request.actor, row.checked), {"version": row.version}
    made: dict[str, Any] = {}
    if may and row.state == PlaceDraw.State.FIXED:
        made["run"] = forms.SeedForm(initial=start)
    if may and row.state != PlaceDraw.State.VOID:
        made["void"] = forms.VoidForm(initial=start, auto_id="id_void_%s")
    said = outcomes(row)
    drawn = {one["id"] for one in row.drawn}
    first = sorted(row.places, key=lambda one: (one["id"] not in drawn, one["stratum"]))
    context = {
        "draw": row,
        "inspection": row.checked.inspection,
        "numbers": numbers_words(row),
        "places": [(one, said.get(one["id"], "")) for one in first[:SHOWN]],
        "more": max(0, len(row.places) - SHOWN),
        "forms": made | bound,
    }
    return render(request, "inspection/draw.html", context, status=status)


@require_POST
@page
def draw_run(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """抽取 with the seed."""
    row = found(selectors.draw_by_pk(request.actor, pk))
    demand(policies.may_draw(request.actor, row.checked), *GOING)
    return acted(
        request,
        forms.SeedForm(request.POST),
        lambda data: services.draw_run(row=row, **data, actor=request.actor, now=request.now),
        said=_("已抽取"),
        back=reverse("inspection:draw", args=[pk]),
        again=lambda bound, status: _draw_page(request, row, status=status, run=bound),
    )


@require_POST
@page
def draw_void(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """作废 with the reason."""
    row = found(selectors.draw_by_pk(request.actor, pk))
    demand(policies.may_draw(request.actor, row.checked), *GOING)
    return acted(
        request,
        forms.VoidForm(request.POST),
        lambda data: services.draw_void(row=row, **data, actor=request.actor, now=request.now),
        said=_("已作废，可以重新抽取"),
        back=reverse("inspection:draw", args=[pk]),
        again=lambda bound, status: _draw_page(request, row, status=status, void=bound),
    )
