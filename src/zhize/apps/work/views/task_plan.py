"""How a task is planned: divided into parts, laid out in steps."""

from __future__ import annotations

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhize.apps.work import services
from zhize.apps.work.forms.task_plan import DivideForm, StepsForm, UnitsForm
from zhize.apps.work.models import Task, TaskUnit
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.views.task_actions import OFFICE
from zhize.kit.acting import acted, demand
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

ONLY_LEAD = (
    gettext_lazy("只有牵头单位和交办的办公室可以分解任务、编制节点"),
    gettext_lazy("请切换到牵头单位的身份"),
)


def _asked(request: HttpRequestWithActor, pk: int) -> Task:
    task: Task = found(selectors.task_by_pk(request.actor, pk))
    demand(policies.may_divide(request.actor, task), *ONLY_LEAD)
    return task


def _among(request: HttpRequestWithActor, task: Task) -> list[int] | None:
    """To whom this hat may give parts: the units taking part; the office, to anybody."""
    if policies.may_manage(request.actor, task):
        return None
    return [one.unit_id for one in selectors.participants_of(task) if one.role != TaskUnit.Role.GUIDE]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def divide(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """分解任务: one part at a time, the parts there are below it."""
    task = _asked(request, pk)
    among = _among(request, task)
    if request.method != "POST":
        start = {"due_on": task.due_on, "lead_unit": task.lead_unit.code if among else ""}
        form = DivideForm(initial=start, actor=request.actor, among=among)
        return _page(request, task, form, 200, "work/task_divide.html")
    return acted(
        request,
        DivideForm(request.POST, actor=request.actor, among=among),
        lambda data: services.task_divide(
            task=task,
            part=services.NewTask(lead_unit_id=data.pop("lead_unit").pk, **data),
            actor=request.actor,
            now=request.now,
        ),
        said=_("已分解，承办单位会收到待办"),
        back=reverse("work:task", args=[pk]),
        again=lambda form, status: _page(request, task, form, status, "work/task_divide.html"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def steps(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """节点计划: all steps as lines of one text."""
    task = _asked(request, pk)
    if request.method != "POST":
        lines = [str(one) for one in selectors.steps_of(task)]
        form = StepsForm(initial={"version": task.version, "steps": "\n".join(lines)})
        return _page(request, task, form, 200, "work/task_steps.html")
    return acted(
        request,
        StepsForm(request.POST),
        lambda data: services.task_steps_set(task=task, **data, actor=request.actor, now=request.now),
        said=_("节点计划已保存；进度落后于节点时，任务亮“进度滞后”"),
        back=reverse("work:task", args=[pk]),
        again=lambda form, status: _page(request, task, form, status, "work/task_steps.html"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def units(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """参与单位: who supports, who guides, and each one's part, as lines of one text."""
    task: Task = found(selectors.task_by_pk(request.actor, pk))
    demand(policies.may_manage(request.actor, task), *OFFICE)
    if request.method != "POST":
        text = "\n".join(row.line for row in selectors.participants_of(task))
        form = UnitsForm(initial={"version": task.version, "units": text}, actor=request.actor)
        return _page(request, task, form, 200, "work/task_units.html")
    return acted(
        request,
        UnitsForm(request.POST, actor=request.actor),
        lambda data: services.task_units_set(
            task=task, parts=data["units"], version=data["version"], actor=request.actor, now=request.now
        ),
        said=_("参与单位已保存，新加入的单位会收到消息"),
        back=reverse("work:task", args=[pk]),
        again=lambda form, status: _page(request, task, form, status, "work/task_units.html"),
    )


def _page(
    request: HttpRequestWithActor, task: Task, form: django_forms.Form, status: int, template: str
) -> HttpResponse:
    return render(request, template, {"task": task, "form": form}, status=status)
