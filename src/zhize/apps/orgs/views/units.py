"""Regions and units: the tree, lists, a unit's page with its story, forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.forms import SuccessionForm
from zhize.apps.orgs.models import Region, Unit
from zhize.apps.orgs.specs import REGION, SUCCESSION, UNIT
from zhize.apps.orgs.views.saving import form_page
from zhize.kit import contributions
from zhize.kit.clock import local_day
from zhize.kit.edit import create_page, update_page
from zhize.kit.errors import NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def today_of(request: HttpRequestWithActor) -> date:
    """The day of this request in the office's time zone."""
    return local_day(request.now)


@require_safe
@page
def regions(request: HttpRequestWithActor) -> HttpResponse:
    """地区: the tree province, prefecture, county in official order."""
    _demand_reader(request)
    tree = selectors.region_tree(request.actor, today_of(request))
    below = [child for top in tree for child in top.children]
    context = {
        "tree": tree,
        "prefectures": sum(1 for node in below if node.region.level == Region.Level.PREFECTURE),
        "counties": sum(len(node.children) for node in below),
        "may_edit": policies.may_manage_structure(request.actor),
        "region_name": selectors.region_name,
    }
    return render(request, "orgs/regions.html", context)


@require_safe
@page
def region_list(request: HttpRequestWithActor) -> HttpResponse:
    """The same as a table: filters, Excel."""
    return list_page(
        request, REGION, "orgs/region_list.html", may_edit=policies.may_manage_structure(request.actor)
    )


@require_safe
@page
def region(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A region: its facts, its jurisdictions, what lies below."""
    _demand_reader(request)
    thing = found(Region.objects.visible_to(request.actor).select_related("parent").by_pk(pk))
    context = {
        "region": thing,
        "children": Region.objects.visible_to(request.actor).filter(parent=thing).order_by("order", "code"),
        "units": Unit.objects.visible_to(request.actor).filter(region=thing).order_by("order", "code"),
        "may_edit": policies.may_manage_region(request.actor, thing),
        "region_name": selectors.region_name,
        "unit_name": selectors.unit_name,
        "sections": _sections(request, contributions.region_sections, thing.pk),
    }
    return render(request, "orgs/region.html", context)


def _sections(
    request: HttpRequestWithActor, point: contributions.Point[contributions.UnitSection], pk: int
) -> list[dict[str, Any]]:
    """What the apps above add to the page of a unit or region."""
    today = today_of(request)
    return [
        {"title": s.title, "template": s.template, "data": data}
        for s in point.items()
        if (data := s.load(request.actor, pk, today)) is not None
    ]


@get_or_post
@page
def region_create(request: HttpRequestWithActor) -> HttpResponse:
    return create_page(request, REGION, cancel=reverse("orgs:regions"))


@get_or_post
@page
def region_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    return update_page(
        request,
        REGION,
        pk,
        cancel=reverse("orgs:region", kwargs={"pk": pk}),
        may=lambda region: policies.may_manage_region(request.actor, region),
    )


@require_safe
@page
def units(request: HttpRequestWithActor) -> HttpResponse:
    """单位: of the own region, in official order."""
    rows = UNIT.rows(request.actor).filter(region_id=request.actor.region_id or 0)
    return _units(request, rows, _("本级单位"), "own")


@require_safe
@page
def units_all(request: HttpRequestWithActor) -> HttpResponse:
    """单位: of all regions."""
    return _units(request, None, _("全部单位"), "all")


def _units(request: HttpRequestWithActor, rows: Any, title: str, tab: str) -> HttpResponse:
    return list_page(
        request,
        UNIT,
        "orgs/units.html",
        rows=rows,
        title=title,
        tab=tab,
        may_edit=policies.may_manage_structure(request.actor),
    )


@require_safe
@page
def unit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A unit: its name over time, who succeeded whom, posts, memberships, and what other apps add."""
    _demand_reader(request)
    today = today_of(request)
    thing = found(selectors.unit(request.actor, pk))
    context = {
        "unit": thing,
        "label": selectors.unit_label(thing, today),
        "aliases": selectors.aliases(thing),
        "history": selectors.history_of(thing),
        "posts": selectors.posts_of_unit(request.actor, thing.pk, today),
        "memberships": selectors.memberships_of_unit(request.actor, thing),
        "sections": _sections(request, contributions.unit_sections, thing.pk),
        "may_edit": policies.may_manage_units_of(request.actor, thing.region),
        "unit_name": selectors.unit_name,
        "region_name": selectors.region_name,
    }
    return render(request, "orgs/unit.html", context)


@get_or_post
@page
def unit_create(request: HttpRequestWithActor) -> HttpResponse:
    own = Region.objects.visible_to(request.actor).by_pk(request.actor.region_id or 0)
    return create_page(request, UNIT, cancel=reverse("orgs:units"), initial={"region": own})


@get_or_post
@page
def unit_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    return update_page(
        request,
        UNIT,
        pk,
        cancel=reverse("orgs:unit", kwargs={"pk": pk}),
        may=lambda unit: policies.may_manage_units_of(request.actor, unit.region),
    )


@require_safe
@page
def successions(request: HttpRequestWithActor) -> HttpResponse:
    """机构沿革: who took over whom, latest first."""
    return list_page(
        request, SUCCESSION, "orgs/successions.html", may_edit=policies.may_manage_structure(request.actor)
    )


@get_or_post
@page
def succession_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    return update_page(
        request,
        SUCCESSION,
        pk,
        cancel=reverse("orgs:successions"),
        done=lambda _t: reverse("orgs:successions"),
        may=lambda row: policies.may_manage_units_of(request.actor, row.predecessor.region),
    )


@get_or_post
@page
def unit_succeed(request: HttpRequestWithActor) -> HttpResponse:
    """登记沿革: n units taken over by m on a date."""
    if not policies.may_manage_structure(request.actor):
        raise NotAllowed(_("只有系统管理员可以登记机构沿革"), remedy=_("请切换到有权限的岗位"))
    choices = Unit.objects.visible_to(request.actor).filter(region_id=request.actor.region_id or 0)
    initial = {"predecessors": request.GET.getlist("unit"), "ends": True}
    form = SuccessionForm(
        choices.order_by("order", "code"),
        request.POST if request.method == "POST" else None,
        initial=initial,
    )
    return form_page(
        request,
        form,
        lambda data: services.unit_succeed(
            **data | {"predecessors": list(data["predecessors"]), "successors": list(data["successors"])},
            actor=request.actor,
            now=request.now,
        ),
        title=_("登记机构沿革"),
        submit=_("登记"),
        done=lambda rows: reverse("orgs:unit", kwargs={"pk": rows[0].successor_id}),
        said=_("已登记沿革，原单位名称今后写作“新名（原旧名）”。"),
        cancel=reverse("orgs:successions"),
        note=_("公文和职责中印出的旧名称不变；名单和统计按承接关系只计一次。"),
    )


def _demand_reader(request: HttpRequestWithActor) -> None:
    if not policies.may_read_directory(request.actor):
        raise NotAllowed(
            _("您还没有岗位，不能查看通讯录和单位"), remedy=_("请联系本单位所在辖区的系统管理员")
        )
