"""Pages of saved views: kept from a list page, renamed and deleted on a page of their own."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.kit.errors import NotAllowed
from zhize.kit.fields import ThingSpec, specs
from zhize.kit.models import SavedView
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.saved_views import saved_view_delete, saved_view_rename, saved_view_save, saved_views
from zhize.kit.views import found, page


def _spec(request: HttpRequestWithActor, kind: str) -> ThingSpec:
    spec = specs().get(kind)
    if spec is None:
        raise Http404
    if not spec.may_view(request.actor):
        raise NotAllowed(_("您的身份不能使用这个列表"), remedy=_("请切换到有权限的岗位"))
    return spec


def _back(request: HttpRequestWithActor) -> str:
    """The list's own address, when the form named one of this site; otherwise "" ."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None, require_https=request.is_secure()
    )
    return back if safe else ""


@page
def saved_view_list(request: HttpRequestWithActor, kind: str) -> HttpResponse:
    """管理视图: the person's own views of one list."""
    spec = _spec(request, kind)
    context = {"spec": spec, "views": list(saved_views(request.actor, spec)), "back": _back(request)}
    return render(request, "kit/saved_views.html", context)


@page
def saved_view_keep(request: HttpRequestWithActor, kind: str) -> HttpResponse:
    """Keeps the list page as it stands; leads back to it."""
    spec = _spec(request, kind)
    view = saved_view_save(
        spec=spec,
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("已保存视图“%(name)s”。") % {"name": view.name})
    back = _back(request)
    return redirect(f"{back}?{view.query}" if back else reverse("kit:saved_views", args=[kind]))


@page
def saved_view_name(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    view = saved_view_rename(
        view=_view(request, kind, pk), name=request.POST.get("name", ""), actor=request.actor, now=request.now
    )
    messages.success(request, _("已改名为“%(name)s”。") % {"name": view.name})
    return _to_list(request, kind)


@page
def saved_view_drop(request: HttpRequestWithActor, kind: str, pk: int) -> HttpResponse:
    view = _view(request, kind, pk)
    saved_view_delete(view=view, actor=request.actor, now=request.now)
    messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
    return _to_list(request, kind)


def _view(request: HttpRequestWithActor, kind: str, pk: int) -> SavedView:
    view: SavedView = found(saved_views(request.actor, _spec(request, kind)).by_pk(pk))
    return view


def _to_list(request: HttpRequestWithActor, kind: str) -> HttpResponse:
    address = reverse("kit:saved_views", args=[kind])
    back = _back(request)
    return redirect(f"{address}?back={quote(back)}" if back else address)


save = require_POST(saved_view_keep)
rename = require_POST(saved_view_name)
delete = require_POST(saved_view_drop)
