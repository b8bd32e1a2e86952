"""Records of a register: list, one with its story, form, voiding, material."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.registers import policies, selectors
from zhize.apps.registers.models import RecordType, record_type, type_codes
from zhize.apps.registers.specs import spec_on
from zhize.kit.edit import create_page, update_page
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def type_of(request: HttpRequestWithActor, code: str) -> RecordType:
    """The type of an address, as today's edition has it; 404 for none."""
    if code not in type_codes():
        raise Http404
    return record_type(code, request.now.date())


@require_safe
@page
def listed(request: HttpRequestWithActor, register: str) -> HttpResponse:
    """A register's valid records."""
    type_ = type_of(request, register)
    return list_page(request, spec_on(type_.code, request.now.date()), "registers/records.html", type=type_)


@get_or_post
@page
def create(request: HttpRequestWithActor, register: str) -> HttpResponse:
    """登记 one."""
    type_ = type_of(request, register)
    spec = spec_on(type_.code, request.now.date())
    return create_page(request, spec, cancel=reverse("registers:records", args=[type_.code]))


@get_or_post
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改: only the unit that registered it."""
    record = found(selectors.record_by_pk(request.actor, pk))
    type_ = type_of(request, record.type)
    return update_page(
        request,
        spec_on(type_.code, request.now.date()),
        pk,
        cancel=reverse("registers:record", args=[pk]),
        may=lambda thing: policies.may_change(request.actor, type_, thing),
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One record."""
    record = found(selectors.record_by_pk(request.actor, pk))
    context: dict[str, Any] = {"record": record, "title": _("记录")}
    return render(request, "registers/record.html", context)
