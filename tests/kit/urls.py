"""Addresses of these tests beside the product's own."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import include, path
from tests.kit.things import ALIASED, DAYS, HIDDEN, UNITS

from zhize.kit.edit import create_page, update_page
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


@page
def units(request: HttpRequestWithActor) -> HttpResponse:
    return list_page(request, UNITS)


@page
def days(request: HttpRequestWithActor) -> HttpResponse:
    return list_page(request, DAYS)


@page
def aliased(request: HttpRequestWithActor) -> HttpResponse:
    return list_page(request, ALIASED)


@page
def hidden(request: HttpRequestWithActor) -> HttpResponse:
    return list_page(request, HIDDEN)


@page
def unit_new(request: HttpRequestWithActor) -> HttpResponse:
    return create_page(request, UNITS, done=lambda unit: "/t/units/")


@page
def unit_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    return update_page(request, UNITS, pk, done=lambda unit: "/t/units/")


def gone(request: HttpRequestWithActor) -> HttpResponse:
    raise Http404


def broken(request: HttpRequestWithActor) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [
    path("t/units/", units),
    path("t/days/", days),
    path("t/aliased/", aliased),
    path("t/hidden/", hidden),
    path("t/units/new", unit_new),
    path("t/units/<int:pk>/edit", unit_edit),
    path("t/gone", gone),
    path("t/broken", broken),
    path("", include("zhize.kit.urls")),
    path("", include("zhize.config.urls")),
]
handler403 = "zhize.kit.error_pages.forbidden"
handler404 = "zhize.kit.error_pages.not_found"
handler500 = "zhize.kit.error_pages.broken"
