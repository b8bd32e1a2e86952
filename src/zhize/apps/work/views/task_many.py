"""批量改派 and 批量办结: shown before it is done, what is left out and why beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhize.apps.work import services
from zhize.apps.work.forms.task_many import BulkCloseForm, BulkReassignForm
from zhize.apps.work.models import Task
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.selectors.bulk import Bulk, closings_of, reassignments_of
from zhize.apps.work.views.task_bulk import chosen_ids
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

ONLY_OFFICE = (gettext_lazy("只有交办的办公室可以批量办理"), gettext_lazy("请切换到办公室的身份"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def reassign(request: HttpRequestWithActor) -> HttpResponse:
    """批量改派: one new lead unit for all that are ticked, as after a merger of units."""
    return _many(
        request,
        BulkReassignForm(request.POST or None, actor=request.actor),
        lambda data: services.tasks_reassign(
            task_ids=chosen_ids(request), lead_unit_id=data["lead_unit"].pk, reason=data["reason"],
            actor=request.actor, now=request.now,
        ),
        lambda tasks: reassignments_of(tasks, None, request.actor),
        gettext_lazy("批量改派"),
        "work:tasks_reassign",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page
def close(request: HttpRequestWithActor) -> HttpResponse:
    """批量办结销号: those whose completion is asked for."""
    return _many(
        request,
        BulkCloseForm(request.POST or None),
        lambda data: services.tasks_close(
            task_ids=chosen_ids(request), comment=data["comment"], actor=request.actor, now=request.now
        ),
        lambda tasks: closings_of(tasks, request.actor),
        gettext_lazy("批量办结"),
        "work:tasks_close",
    )


def _many(
    request: HttpRequestWithActor,
    form: django_forms.Form,
    run: Callable[[dict[str, Any]], services.Many],
    preview: Callable[[list[Task]], list[Bulk]],
    title: Promise,
    address: str,
) -> HttpResponse:
    demand(policies.may_hand_out(request.actor), *ONLY_OFFICE)

    def again(bound: django_forms.Form, status: int) -> HttpResponse:
        found = preview(selectors.tasks_by_ids(request.actor, chosen_ids(request)))
        context = {"form": bound, "found": found, "title": title, "address": reverse(address)}
        return render(request, "work/task_many.html", context, status=status)

    def done(data: dict[str, Any]) -> None:
        many = run(data)
        words = _("办理 %(done)s 项，%(left)s 项没有办理。") % {"done": many.done, "left": len(many.left_out)}
        for one in many.left_out[:5]:
            words += f" {one.task.code}：{one.why}。"
        messages.info(request, words)

    if request.method != "POST":
        return again(form, 200)
    return acted(
        request, form, done, said=_("已办理，并记入各任务的办理经过"), back=reverse("work:tasks"), again=again
    )
