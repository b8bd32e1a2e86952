"""The leader's page, and a region's sheet before a trip (一地一页): each one A4."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.orgs.selectors import region_name
from zhize.apps.portal import policies
from zhize.apps.portal.selectors import brief as reads
from zhize.apps.portal.selectors import roll_up
from zhize.apps.portal.selectors.brief_page import brief_page
from zhize.apps.portal.selectors.tables import regions_below
from zhize.apps.portal.views.situation import address, today_of, year_asked
from zhize.kit import contributions
from zhize.kit.errors import NotAllowed
from zhize.kit.files.answers import send_bytes
from zhize.kit.officialdoc.onepage import onepage_pdf
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _demand(request: HttpRequestWithActor) -> None:
    if not policies.may_see_brief(request.actor):
        raise NotAllowed(
            _("您的身份不能查看领导一页"),
            why=_("这一页供领导和办公室使用"),
            remedy=_("请切换到办公室的身份，或查看总览"),
        )


def _frame(request: HttpRequestWithActor) -> dict[str, Any]:
    year, rows = year_asked(request)
    return {
        "year": year,
        "years": [
            {"label": one.label, "url": address(request, year=one.pk), "current": year and one.pk == year.pk}
            for one in rows
        ],
    }


@require_safe
@page
def leader(request: HttpRequestWithActor) -> HttpResponse:
    """领导一页: what to decide, what changed within the week, who is stuck and why."""
    _demand(request)
    actor, today, frame = request.actor, today_of(request), _frame(request)
    if year := frame["year"]:
        roll, sheet = roll_up(actor, year, request.now), reads.brief(actor, year, today)
        if request.GET.get("export") == "pdf":
            page = brief_page(actor.jurisdiction_name, year.label, roll, sheet, request.now)
            name = f"{_('领导一页')}-{today:%Y%m%d}.pdf"
            return send_bytes(onepage_pdf(page), name, "application/pdf")
        frame |= {
            "roll": roll,
            "brief": sheet,
            "regions": regions_below(actor, today),
            "region_name": region_name,
        }
    return render(request, "portal/leader.html", frame)


@require_safe
@page
def region(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """一地一页: a region below, with what it owes, does and reaches, and how it was assessed."""
    here = found(reads.region_below(request.actor, pk))
    _demand(request)
    actor, today, frame = request.actor, today_of(request), _frame(request)
    frame |= {"region": here, "name": region_name(here)}
    if year := frame["year"]:
        units = reads.units_of_region(actor, here, min(max(today, year.starts_on), year.ends_on))
        ids = tuple(pk for unit in units for pk in (unit.pk, unit.answers_through_id) if pk)
        frame |= {
            "roll": roll_up(actor, year, request.now),
            "brief": reads.brief(actor, year, today, ids or (0,), here.code),
            "sections": [
                {"title": section.title, "template": section.template, "data": data}
                for ids, sections in (
                    ([here.pk], contributions.region_sections.items()),
                    ([unit.pk for unit in units], contributions.unit_sections.items()),
                )
                for pk in ids
                for section in sections
                if (data := section.load(actor, pk, today)) is not None
            ],
        }
    return render(request, "portal/region.html", frame)
