"""Many tasks at once: 一键催办 and 调整期限, each shown before it is done."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhize.apps.work import services
from zhize.apps.work.forms.tasks import ChaseForm, RescheduleForm
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.selectors.by_rule import proposed_to
from zhize.apps.work.selectors.chase import chase_of
from zhize.apps.work.selectors.ladder import ladder_of
from zhize.core.workflow.ladder import Rung
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

ONLY_OFFICE = (gettext_lazy("只有交办的办公室可以督办和调整期限"), gettext_lazy("请切换到办公室的身份"))


def chosen_ids(request: HttpRequestWithActor) -> list[int]:
    """The ticked rows, from the list (GET) or the page that showed them (POST)."""
    given = request.POST if request.method == "POST" else request.GET
    return [int(one) for one in given.getlist("ids") if one.isdecimal()][:1000]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def chase(request: HttpRequestWithActor) -> HttpResponse:
    """一键催办: which step each would get and which are left out, then one button; with `due` the tasks are those that the
    ladder proposes today."""
    demand(policies.may_hand_out(request.actor), *ONLY_OFFICE)
    rungs = _rungs(request)
    if request.method != "POST":
        return _chase_page(request, ChaseForm(rungs=rungs), 200)
    form = ChaseForm(request.POST, rungs=rungs)

    def run(data: dict[str, str]) -> None:
        done = services.tasks_remind(
            task_ids=chosen_ids(request), **data, actor=request.actor, now=request.now
        )
        if done.left_out:
            messages.info(
                request,
                _("督办 %(done)s 项，%(left)s 项不需要或不能督办。")
                % {"done": done.reminded, "left": len(done.left_out)},
            )
        if done.papers:
            messages.info(
                request,
                _("已起草督办公文 %(n)s 份，在“公文”中核稿、签发、印发。") % {"n": done.papers},
            )

    return acted(
        request,
        form,
        run,
        said=_("已发出，各单位会收到待办和消息"),
        back=reverse("work:reminders"),
        again=lambda bound, status: _chase_page(request, bound, status),
    )


def _rungs(request: HttpRequestWithActor) -> list[Rung]:
    today = local_day(request.now)
    ladder = ladder_of(request.actor.jurisdiction_code, today)
    return [rung for rung in ladder.rungs if request.actor.roles & set(rung.roles)]


def _chase_page(request: HttpRequestWithActor, form: django_forms.Form, status: int) -> HttpResponse:
    due = request.method != "POST" and "due" in request.GET
    ids = proposed_to(request.actor, request.now) if due else chosen_ids(request)
    tasks = selectors.tasks_by_ids(request.actor, ids)
    chases = chase_of(tasks, "", request.actor, request.now)
    signed = any(rung.signer for rung in _rungs(request))
    context = {"form": form, "chases": chases, "signed": signed}
    return render(request, "work/chase.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def reschedule(request: HttpRequestWithActor) -> HttpResponse:
    """调整期限: one new date for all that are ticked, with the reason."""
    demand(policies.may_hand_out(request.actor), *ONLY_OFFICE)
    if request.method != "POST":
        return _reschedule_page(request, RescheduleForm(), 200)
    return acted(
        request,
        RescheduleForm(request.POST),
        lambda data: services.tasks_change_due(
            task_ids=chosen_ids(request), **data, actor=request.actor, now=request.now
        ),
        said=_("已调整期限，并记入各任务的办理经过"),
        back=reverse("work:tasks"),
        again=lambda bound, status: _reschedule_page(request, bound, status),
    )


def _reschedule_page(request: HttpRequestWithActor, form: django_forms.Form, status: int) -> HttpResponse:
    tasks = selectors.tasks_by_ids(request.actor, chosen_ids(request))
    return render(request, "work/reschedule.html", {"form": form, "tasks": tasks}, status=status)
