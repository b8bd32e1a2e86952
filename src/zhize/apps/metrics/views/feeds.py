"""来源系统: which there are, the mapping of one, a period's file of it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.metrics import policies, services
from zhize.apps.metrics.forms.feeds import FeedFileForm, FeedForm
from zhize.apps.metrics.models import Feed
from zhize.apps.metrics.selectors.feeds import feed_by_pk, feeds_of, readings_of
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

ONLY_OFFICE = (gettext_lazy("只有本辖区办公室可以维护来源系统"), gettext_lazy("请切换到办公室的身份"))
NAMES = ("name", "region_head", "columns", "skipped")


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Every source, and the period read last."""
    demand(policies.may_keep(request.actor), *ONLY_OFFICE)
    return render(request, "metrics/feeds.html", {"feeds": feeds_of(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """A new one."""
    jurisdiction = own_jurisdiction(request.actor)
    demand(policies.may_keep(request.actor) and jurisdiction is not None, *ONLY_OFFICE)
    if request.method != "POST":
        return _create_page(request, FeedForm(), 200)
    return acted(
        request,
        FeedForm(request.POST),
        lambda data: services.feed_create(
            jurisdiction=found(jurisdiction), data=_words(data), actor=request.actor, now=request.now
        ),
        said=_("已保存；以后每期只要上传它导出的文件"),
        back=lambda made: reverse("metrics:feed", args=[made.pk]),
        again=lambda form, status: _create_page(request, form, status),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One: a file of it is read here; the mapping is changed below."""
    feed = _own(request, pk)
    if request.method != "POST":
        return _page(request, feed)
    return acted(
        request,
        FeedForm(request.POST),
        lambda data: services.feed_update(
            feed=feed, data=_words(data), version=data["version"], actor=request.actor, now=request.now
        ),
        said=_("已保存"),
        back=reverse("metrics:feed", args=[pk]),
        again=lambda form, status: _page(request, feed, status, form=form),
    )


@require_POST
@page
def read(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """This period's export: on to what it would add and change."""
    feed = _own(request, pk)

    def run(data: dict[str, Any]) -> Any:
        file = data["file"]
        return services.feed_read(
            feed=feed, period=data["period"], upload=file.file, name=file.name, size=file.size, actor=request.actor,
            now=request.now,
        )  # fmt: skip

    return acted(
        request,
        FeedFileForm(request.POST, request.FILES),
        run,
        said=_("已按这个来源的对应读入，核对后点“确认导入”即入库"),
        back=lambda made: reverse("imports:run", args=["metrics.observation", made.pk]),
        again=lambda form, status: _page(request, feed, status, file_form=form),
    )


def _own(request: HttpRequestWithActor, pk: int) -> Feed:
    feed: Feed = found(feed_by_pk(request.actor, pk))
    demand(policies.may_keep_in(request.actor, feed.jurisdiction), *ONLY_OFFICE)
    return feed


def _words(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in NAMES}


def _page(
    request: HttpRequestWithActor, feed: Feed, status: int = 200, **bound: django_forms.Form
) -> HttpResponse:
    start = {name: getattr(feed, name) for name in (*NAMES, "version")}
    forms = {"form": FeedForm(initial=start), "file_form": FeedFileForm()} | bound
    context = {"feed": feed, "readings": readings_of(feed), **forms}
    return render(request, "metrics/feed.html", context, status=status)


def _create_page(request: HttpRequestWithActor, form: django_forms.Form, status: int) -> HttpResponse:
    return render(request, "metrics/feed_form.html", {"form": form}, status=status)
