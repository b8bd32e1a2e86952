"""提请协调事项: lists, one with what may be done now, raising a new one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms as django_forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.documents.selectors.approvals import approvals_of
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work import services
from zhize.apps.work.forms import coordination as forms
from zhize.apps.work.models import Matter
from zhize.apps.work.policies import coordination as policies
from zhize.apps.work.selectors import coordination as selectors
from zhize.apps.work.selectors.task_lights import task_light
from zhize.apps.work.specs.coordination import ASKED, MATTER
from zhize.core.workflow.coordination import TABLE
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.files.store import open_content
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

STEP_DUE = {"raised": 1, "returned": 0, "answered": 4, "settled": 5, "withdrawn": 5}


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Everything this hat may see, newest first."""
    return _list(request, MATTER, _("协调事项"), asked=False)


@require_safe
@page
def asked(request: HttpRequestWithActor) -> HttpResponse:
    """What the own unit is asked about."""
    return _list(request, ASKED, _("征求本单位意见的协调事项"), asked=True)


def _list(request: HttpRequestWithActor, spec: Any, title: str, *, asked: bool) -> HttpResponse:
    may = policies.may_raise_any(request.actor)
    return list_page(request, spec, "work/matters.html", title=title, may_raise=may, asked_only=asked)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The page of a matter."""
    return matter_page(request, found(selectors.matter_by_pk(request.actor, pk)))


def matter_page(
    request: HttpRequestWithActor, matter: Matter, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page, with the form that came back refused under its name."""
    actor = request.actor
    rows = selectors.asked_units_of(matter)
    own = next((row for row in rows if policies.may_reply(actor, row)), None)
    steps = {step.action for step in TABLE.steps_from(matter.state)}
    owns, handles = policies.may_own(actor, matter), policies.may_handle(actor, matter)
    may = {
        name: allowed and name in steps
        for names, allowed in (
            (("resend", "settle", "reopen", "withdraw"), owns),
            (("take", "return", "pass", "submit", "answer", "assign"), handles),
            (("instruct",), policies.may_instruct(actor, matter)),
        )
        for name in names
    }
    may["reply"] = own is not None and matter.state == Matter.State.PASSED
    ref = ThingRef(matter.ref_kind, matter.ref_id) if matter.ref_id else None
    day = bounds(local_day(request.now))
    context = {
        "matter": matter,
        "light_now": selectors.matter_light(matter, day),
        "asked": rows,
        "approvals": approvals_of(ThingRef(selectors.KIND, matter.pk)),
        "story": selectors.steps_of(matter),
        "tasks": [(one, task_light(one, day)) for one in selectors.tasks_of(actor, matter)],
        "source": resolve(actor, [ref]).get(ref) if ref else None,
        "way": _way(matter),
        "may": may,
        "forms": _forms(request, matter, may, own) | bound,
    }
    return render(request, "work/matter.html", context, status=status)


def _forms(request: HttpRequestWithActor, matter: Matter, may: dict[str, bool], own: Any) -> dict[str, Any]:
    """An empty form for each thing this hat may do, under the name of its address."""
    actor, start = request.actor, {"version": matter.version}
    today = local_day(request.now)
    made: dict[str, Any] = {"version": VersionForm(initial=start)}
    if may["resend"]:
        values = {name: getattr(matter, name) for name in services.MATTER_FIELDS}
        made["resend"] = forms.MatterForm(actor=actor, initial=start | values, auto_id="id_resend_%s")
    if may["pass"]:
        made["pass"] = forms.PassForm(
            actor=actor, initial=start | {"units": matter.wanted_of}, auto_id="id_pass_%s"
        )
    if may["instruct"]:
        mine = {"by_name": actor.name, "by_title": actor.post_title} if actor.has("leader") else {}
        made["instruct"] = forms.InstructForm(initial=start | {"on": today} | mine)
    if may["reply"]:
        made["reply"] = forms.ReplyForm(initial={"reply": own.reply})
    for name, form in (
        ("return", forms.SendBackForm),
        ("submit", forms.SubmitForm),
        ("answer", forms.AnswerForm),
        ("reopen", forms.ReopenForm),
        ("withdraw", forms.WithdrawForm),
    ):
        if may[name]:
            made[name] = form(initial=start, auto_id=f"id_{name}_%s")
    return made


def _way(matter: Matter) -> list[dict[str, str]]:
    """提请 → 受理 → 协调 → 答复 → 解决: what is done, and the step that is due."""
    words = (_("提请"), _("受理"), _("协调"), _("答复"), _("解决"))
    due = STEP_DUE.get(matter.state, 2)
    states = ["done" if n < due else "current" if n == due else "todo" for n in range(len(words))]
    return [{"label": word, "state": state} for word, state in zip(words, states, strict=True)]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """提请协调, by hand or from a thing (`from` = kind:id), then with what is known of it filled in."""
    actor = request.actor
    demand(policies.may_raise_any(actor), _("只有单位的人员可以提请协调"), _("请切换到单位的身份"))
    origin = _origin(request)
    desks = selectors.desks_of(actor, local_day(request.now))
    if origin:
        there = selectors.open_matter_of(origin.card.ref, [origin.unit_id])
        desks = selectors.desk_of_origin(origin)
    else:
        there = None
    context = {"origin": origin, "there": there}
    if request.method != "POST":
        start = {"title": origin.card.label[:120], "problem": origin.problem} if origin else {}
        return _form_page(request, forms.MatterForm(actor=actor, desks=desks, initial=start), context, 200)
    form = forms.MatterForm(request.POST, actor=actor, desks=desks)

    def run(data: dict[str, Any]) -> Matter:
        chosen = next((one for one in desks if one.key == data.get("desk")), None) or next(iter(desks), None)
        if chosen is None:
            raise NotAllowed(_("当前身份没有可以提请的办公室"), remedy=_("请切换到单位的身份"))
        return services.matter_raise(
            jurisdiction=chosen.jurisdiction, unit=chosen.unit, data=form.data_for_service(),
            ref=origin.card.ref if origin else None, actor=actor, now=request.now,
        )  # fmt: skip

    return acted(
        request,
        form,
        run,
        said=_("已提请，办公室会收到待办；办到哪一步在这里看"),
        back=lambda made: reverse("work:matter", args=[made.pk]),
        again=lambda bound, status: _form_page(request, bound, context, status),
    )


def _origin(request: HttpRequestWithActor) -> selectors.Origin | None:
    """What the address says it arises from; refuses in words what is not the own unit's."""
    text = request.GET.get("from", "")
    if not text:
        return None
    try:
        ref = ThingRef.parse(text[:80])
    except ValueError:
        ref = ThingRef("", 0)
    origin = selectors.origin_of(request.actor, ref)
    if origin is None:
        raise BadInput(
            _("找不到要提请协调的来源事项，或不是本单位的"),
            remedy=_("请从本单位的任务、计划事项或履职事项页面提请，或直接填写"),
        )
    return origin


def _form_page(
    request: HttpRequestWithActor, form: django_forms.Form, context: dict[str, Any], status: int
) -> HttpResponse:
    return render(request, "work/matter_form.html", {"form": form, **context}, status=status)


@require_safe
@page
def scan(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The scan of an instruction, for everybody who sees the matter; always as an attachment."""
    file = found(selectors.scan_of(request.actor, pk))
    response = FileResponse(open_content(file.sha256), content_type=file.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # a streaming response is answered like any other
