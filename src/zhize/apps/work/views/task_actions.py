"""What people do with one task: one address an action, each a plain form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zhize.apps.work import services
from zhize.apps.work.forms import tasks as forms
from zhize.apps.work.models import Task, TaskReminder
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors import tasks as selectors
from zhize.apps.work.selectors.ladder import ladder_of
from zhize.apps.work.services import Report
from zhize.apps.work.views.task import task_page
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

Data = dict[str, Any]
Form = Callable[[HttpRequestWithActor, Task], django_forms.Form]
May = Callable[[Actor, Task], bool]
LEAD = (_("只有牵头单位的人员可以办理"), _("请切换到该单位的身份"))
TAKING_PART = (_("只有牵头和配合单位的人员可以报告进展"), _("请切换到该单位的身份"))
OFFICE = (_("只有交办的办公室可以办理"), _("请切换到办公室的身份"))
CHECKER = (
    _("只有交办的办公室可以核查，且不能核查本单位牵头的任务"),
    _("请由办公室其他身份的人员办理；办公室自己牵头的，由领导核查"),
)


def _posted(form: type[django_forms.Form]) -> Form:
    return lambda request, task: form(request.POST)


def _report_form(request: HttpRequestWithActor, task: Task) -> django_forms.Form:
    return forms.ReportForm(request.POST, request.FILES, actor=request.actor, task=task)


def _ask_form(request: HttpRequestWithActor, task: Task) -> django_forms.Form:
    return forms.ReportForm(
        request.POST, request.FILES, actor=request.actor, task=task,
        said=selectors.last_words(task, request.actor.unit_id),
    )  # fmt: skip


def _remind_form(request: HttpRequestWithActor, task: Task) -> django_forms.Form:
    rungs = list(ladder_of(task.jurisdiction.code, local_day(request.now)).rungs)
    return forms.RemindForm(request.POST, rungs=rungs)


def _report(data: Data) -> Report:
    names = ("words", "percent", "difficulties", "uploads", "dated_on")
    answered = {name: data[name] for name in ("value", "is_reached") if name in data}
    return Report(**{name: data[name] for name in names}, **answered, existing=list(data["existing"]))


def action(
    name: str,
    form: Form,
    may: May,
    refusal: tuple[Promise, Promise],
    run: Callable[..., Any],
    said: str | Promise | Callable[[Any], str | Promise],
    given: Callable[[Data], Data] = lambda data: data,
) -> Callable[..., HttpResponse]:
    """A page that takes one form for one task and calls one service with what `given` makes of it.

    `name` is the form's place on the task's page, where a refused one is shown again.
    """

    @require_POST
    @page
    def view(request: HttpRequestWithActor, pk: int) -> HttpResponse:
        task: Task = found(selectors.task_by_pk(request.actor, pk))
        demand(may(request.actor, task), *refusal)
        return acted(
            request,
            form(request, task),
            lambda data: run(task=task, **given(data), actor=request.actor, now=request.now),
            said=said,
            back=reverse("work:task", args=[pk]),
            again=lambda bound, status: task_page(request, task, status=status, **{name: bound}),
        )

    return view


def _reported(data: Data) -> Data:
    return {"report": _report(data)}


def _completed(data: Data) -> Data:
    return {"report": _report(data), "version": data["version"]}


def _with(**fixed: Any) -> Callable[[Data], Data]:
    return lambda data: data | fixed


def _reminded(data: Data) -> Data:
    return {name: data[name] for name in ("step", "text", "signer")}


def _reminded_words(reminder: TaskReminder) -> Promise:
    if reminder.slip_id:
        return _("督办公文已起草：从“办理经过”打开，核稿、签发、印发后单位才收到")
    return _("已督办，牵头单位会收到待办")


def _reassigned(data: Data) -> Data:
    return {"lead_unit_id": data["lead_unit"].pk, "reason": data["reason"], "version": data["version"]}


def _reassign_form(request: HttpRequestWithActor, task: Task) -> django_forms.Form:
    return forms.ReassignForm(request.POST, actor=request.actor)


VERSION, REASON, COMMENT = _posted(VersionForm), _posted(forms.ReasonForm), _posted(forms.CommentForm)
work, manage, check = policies.may_work, policies.may_manage, policies.may_check

take = action("take", VERSION, work, LEAD, services.task_take, _("已确认承办"))
hand_back = action(
    "hand_back",
    _posted(forms.HandBackForm),
    work,
    LEAD,
    services.task_hand_back,
    _("已退回交办，办公室会收到待办"),
)
report = action(
    "report",
    _report_form,
    policies.may_report,
    TAKING_PART,
    services.task_progress_report,
    _("已报告进展"),
    _reported,
)
ask = action(
    "report",
    _ask_form,
    work,
    LEAD,
    services.task_completion_ask,
    _("已申请办结，等待办公室核查"),
    _completed,
)
withdraw = action(
    "withdraw", VERSION, work, LEAD, services.task_completion_withdraw, _("已撤回，可以继续报告进展")
)
extend = action(
    "extend",
    _posted(forms.ExtensionForm),
    work,
    LEAD,
    services.task_extension_ask,
    _("已申请延期，等待办公室审批"),
)
close = action("check", COMMENT, check, CHECKER, services.task_check, _("已办结销号"), _with(close=True))
return_back = action(
    "check", COMMENT, check, CHECKER, services.task_check, _("已退回，牵头单位会收到待办"), _with(close=False)
)
grant = action(
    "decide", COMMENT, check, CHECKER, services.task_extension_decide, _("已同意延期"), _with(grant=True)
)
refuse = action(
    "decide",
    COMMENT,
    check,
    CHECKER,
    services.task_extension_decide,
    _("已答复不同意延期"),
    _with(grant=False),
)
reassign = action(
    "reassign",
    _reassign_form,
    manage,
    OFFICE,
    services.task_reassign,
    _("已改派，新牵头单位会收到待办"),
    _reassigned,
)
go_on = action("continue", REASON, manage, OFFICE, services.task_continue, _("已转为持续推进"))
suspend = action("suspend", REASON, manage, OFFICE, services.task_suspend, _("已暂停"))
resume = action("resume", _posted(forms.ResumeForm), manage, OFFICE, services.task_resume, _("已恢复办理"))
cancel = action("cancel", REASON, manage, OFFICE, services.task_cancel, _("已取消这项任务"))
remind = action("remind", _remind_form, manage, OFFICE, services.task_remind, _reminded_words, _reminded)
