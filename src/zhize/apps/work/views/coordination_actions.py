"""What people do with one matter raised for coordination: one address an action, each a plain form."""

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
from zhize.apps.work.forms import coordination as forms
from zhize.apps.work.models import Matter
from zhize.apps.work.policies import coordination as policies
from zhize.apps.work.selectors import coordination as selectors
from zhize.apps.work.views.coordination import matter_page
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

Form = Callable[[HttpRequestWithActor], django_forms.Form]
OWN = (policies.may_own, _("只有提请单位可以办理"), _("请切换到提请单位的身份"))
OFFICE = (policies.may_handle, _("只有受理的办公室可以办理"), _("请切换到办公室的身份"))
LEADER = (policies.may_instruct, _("只有本辖区的领导和办公室可以登记批示"), _("请切换到相应的身份"))


def action(
    name: str,
    who: tuple[Callable[[Actor, Matter], bool], Promise, Promise],
    form: Form,
    run: Callable[..., Any],
    said: str | Promise,
) -> Callable[..., HttpResponse]:
    """A page that takes one form for one matter and calls one service with its data; `who` may, and what others read."""

    @require_POST
    @page
    def view(request: HttpRequestWithActor, pk: int) -> HttpResponse:
        matter: Matter = found(selectors.matter_by_pk(request.actor, pk))
        allowed, what, remedy = who
        demand(allowed(request.actor, matter), what, remedy)
        return acted(
            request,
            form(request),
            lambda data: run(matter=matter, **data, actor=request.actor, now=request.now),
            said=said,
            back=reverse("work:matter", args=[pk]),
            again=lambda bound, status: matter_page(request, matter, status=status, **{name: bound}),
        )

    return view


def _plain(form: type[django_forms.Form]) -> Form:
    return lambda request: form(request.POST)


def _closing(settled: bool) -> Callable[..., Any]:
    return lambda **given: services.matter_close(settled=settled, **given)


take = action("version", OFFICE, _plain(VersionForm), services.matter_take, _("已受理，提请单位会收到消息"))
send_back = action(
    "return", OFFICE, _plain(forms.SendBackForm), services.matter_return, _("已退回，提请单位会收到待办")
)
submit = action(
    "submit", OFFICE, _plain(forms.SubmitForm), services.matter_submit, _("已呈批，批示后请在这里登记")
)
instruct = action(
    "instruct",
    LEADER,
    lambda request: forms.InstructForm(request.POST, request.FILES),
    services.matter_instruct,
    _("已登记批示"),
)
answer = action(
    "answer", OFFICE, _plain(forms.AnswerForm), services.matter_answer, _("已答复，由提请单位确认是否解决")
)
settle = action("version", OWN, _plain(VersionForm), _closing(True), _("已确认解决"))
reopen = action("reopen", OWN, _plain(forms.ReopenForm), _closing(False), _("已继续提请，办公室会收到待办"))
withdraw = action("withdraw", OWN, _plain(forms.WithdrawForm), services.matter_withdraw, _("已撤回"))


@require_POST
@page
def pass_on(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """转有关单位."""
    matter: Matter = found(selectors.matter_by_pk(request.actor, pk))
    demand(policies.may_handle(request.actor, matter), *OFFICE[1:])
    form = forms.PassForm(request.POST, actor=request.actor)
    return acted(
        request,
        form,
        lambda data: services.matter_pass(
            matter=matter, unit_ids=form.unit_ids(), question=data["question"], due_on=data["due_on"],
            version=data["version"], actor=request.actor, now=request.now,
        ),
        said=_("已转有关单位，各单位会收到待办"),
        back=reverse("work:matter", args=[pk]),
        again=lambda bound, status: matter_page(request, matter, status=status, **{"pass": bound}),
    )  # fmt: skip


@require_POST
@page
def resend(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """补充后重新提请."""
    matter: Matter = found(selectors.matter_by_pk(request.actor, pk))
    demand(policies.may_own(request.actor, matter), *OWN[1:])
    form = forms.MatterForm(request.POST, actor=request.actor)
    return acted(
        request,
        form,
        lambda data: services.matter_resend(
            matter=matter, data=form.data_for_service(), version=data["version"], actor=request.actor, now=request.now
        ),
        said=_("已重新提请"),
        back=reverse("work:matter", args=[pk]),
        again=lambda bound, status: matter_page(request, matter, status=status, resend=bound),
    )  # fmt: skip


@require_POST
@page
def reply(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """回复 of the own unit, where it is asked."""
    matter: Matter = found(selectors.matter_by_pk(request.actor, pk))
    rows = selectors.asked_units_of(matter)
    own = next((row for row in rows if policies.may_reply(request.actor, row)), None)
    if own is None:
        raise NotAllowed(str(_("只有被征求意见的单位可以回复")), remedy=str(_("请切换到该单位的身份")))
    return acted(
        request,
        forms.ReplyForm(request.POST),
        lambda data: services.matter_reply(row=own, **data, actor=request.actor, now=request.now),
        said=_("已回复"),
        back=reverse("work:matter", args=[pk]),
        again=lambda bound, status: matter_page(request, matter, status=status, reply=bound),
    )  # fmt: skip
