"""会议: list, one with its preparation, registering and changing."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.documents.selectors import official_of_source, told_of
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.apps.work import services
from zhize.apps.work.forms import conferences as forms
from zhize.apps.work.mapping.conference_paper import DIMENSIONS
from zhize.apps.work.mapping.situation import became_of
from zhize.apps.work.models import Conference, ConferencePaper, ConferenceUnit, Resolution
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.selectors import conferences as selectors
from zhize.apps.work.selectors.situation import decisions_of
from zhize.apps.work.services.conference_common import ref_of
from zhize.apps.work.specs.conferences import CONFERENCE
from zhize.apps.work.specs.tasks import UNITS
from zhize.apps.work.views.minutes_part import of_minutes
from zhize.apps.years import selectors as years
from zhize.core.workflow.conference import TABLE
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

LABELS = {f.name: f.verbose_name for f in Conference._meta.concrete_fields if f.name in DIMENSIONS}
ONLY_OFFICE = (gettext_lazy("只有召集会议的办公室可以办理"), gettext_lazy("请切换到办公室的身份"))


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Conferences, newest first."""
    may = policies.may_call(request.actor)
    return list_page(request, CONFERENCE, "work/conferences.html", title=_("会议"), may_call=may)


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The page of a conference."""
    return conference_page(request, found(selectors.conference_by_pk(request.actor, pk)))


def conference_page(
    request: HttpRequestWithActor, conference: Conference, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page, with the form that came back refused under its name."""
    actor = request.actor
    rows = selectors.attendance_of(conference)
    own = next((row for row in rows if policies.is_own(actor, row)), None)
    prepares = policies.may_prepare(actor, conference)
    steps = {step.action for step in TABLE.steps_from(conference.state)} if prepares else set()
    resolutions = selectors.resolutions_of(conference)
    papers, last = selectors.papers_of(conference), selectors.last_before(conference)
    documents = official_of_source(actor, ref_of(conference))
    may = {
        "prepare": prepares,
        "edit": prepares and conference.state in ("preparing", "called"),
        "call": "call" in steps,
        "call_off": "call_off" in steps,
        "hold": "hold" in steps and conference.held_on <= request.now.date(),
        "decide": prepares and conference.state == "held",
        "hand_out": prepares
        and conference.state in ("held", "minuted")
        and any(one.task_id is None and one.lead_unit_id for one in resolutions),
        "analyse": prepares and conference.state in ("preparing", "called", "held"),
        "keep": prepares and conference.state in ("called", "held", "minuted"),
        "goal": prepares
        and conference.state in ("held", "minuted")
        and any(one.target_id is None for one in resolutions),
        "report": prepares
        and conference.state in ("preparing", "called", "held")
        and not any(one.kind == "report" and one.state != "voided" for one in documents),
        "reply": own is not None and conference.state == "called",
        "bring": conference.state in ("preparing", "called", "held")
        and policies.may_bring_paper(actor, conference, own),
    }
    context = {
        "conference": conference,
        "rows": rows,
        "own": own,
        "counts": _counts(rows),
        "told": told_of(actor, ref_of(conference)),
        "checks": selectors.checks_of(conference) if prepares else [],
        "papers": selectors.newest_of(papers),
        "resolutions": resolutions,
        "topics": selectors.topics_of(conference),
        "owing": _owing(rows, papers),
        "last": last,
        "became": [(one, became_of(one)) for one in decisions_of(last)] if last and prepares else [],
        "documents": documents,
        **of_minutes(actor, conference, resolutions, may, bound.pop("wording", {})),
        "problems": [(words, getattr(conference, name)) for name, words in LABELS.items()],
        "may": may,
        "today": local_day(request.now),
        "forms": _forms(request, conference, rows, resolutions, own, may) | bound,
    }
    return render(request, "work/conference.html", context, status=status)


def _owing(rows: list[ConferenceUnit], papers: list[ConferencePaper]) -> list[ConferenceUnit]:
    """Who owes a paper and has brought none."""
    brought = {paper.unit_id for paper in papers}
    return [row for row in rows if row.owes_paper and row.unit_id not in brought]


def _counts(rows: list[ConferenceUnit]) -> dict[str, int]:
    counts = {one.value: sum(row.reply == one for row in rows) for one in ConferenceUnit.Reply}
    return counts | {"came": sum(bool(row.attended) for row in rows), "all": len(rows)}


def _forms(
    request: HttpRequestWithActor,
    conference: Conference,
    rows: list[ConferenceUnit],
    resolutions: list[Resolution],
    own: ConferenceUnit | None,
    may: dict[str, bool],
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    start = {"version": conference.version}
    if may["reply"] and own:
        initial = {"reply": own.reply, "attendee": own.attendee, "note": own.note}
        made["reply"] = forms.ReplyForm(initial=initial)
    if may["edit"]:
        due = {"due_on": conference.papers_due_on}
        made["papers"] = forms.PapersForm(rows=rows, initial=start | due, auto_id="id_papers_%s")
    if may["keep"]:
        made["record"] = forms.RecordForm(
            initial=start | {"record": conference.record}, auto_id="id_record_%s"
        )
    if may["goal"]:
        made["goal"] = forms.GoalForm(actor=request.actor, rows=resolutions, auto_id="id_goal_%s")
    if may["analyse"]:
        made["problems"] = forms.ProblemsForm(
            initial=start | {name: getattr(conference, name) for name in DIMENSIONS}, auto_id="id_problems_%s"
        )
    if may["decide"]:
        made["resolution"] = forms.ResolutionForm(actor=request.actor, auto_id="id_resolution_%s")
    if may["bring"]:
        made["paper"] = forms.PaperForm(auto_id="id_paper_%s")
    if may["call_off"]:
        made["call_off"] = forms.CallOffForm(initial=start, auto_id="id_off_%s")
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """登记会议."""
    demand(policies.may_call(request.actor), _("只有本辖区办公室可以登记会议"), _("请切换到办公室的身份"))
    if request.method != "POST":
        members = "、".join(
            UNITS.load(request.actor).filter(memberships__capacity="member").values_list("name", flat=True)
        )
        return _form_page(
            request, forms.ConferenceForm(actor=request.actor, initial={"units": members}), None, 200
        )
    form = forms.ConferenceForm(request.POST, actor=request.actor)
    return acted(
        request,
        form,
        lambda data: _create(request, form, data),
        said=_("已登记，可按筹备事项逐项办理"),
        back=lambda made: reverse("work:conference", args=[made.pk]),
        again=lambda bound, status: _form_page(request, bound, None, status),
    )


def _create(request: HttpRequestWithActor, form: forms.ConferenceForm, data: dict[str, Any]) -> Conference:
    year = years.year_in_progress(request.actor, request.now.date())
    jurisdiction = own_jurisdiction(request.actor)
    if year is None or jurisdiction is None:
        raise StateConflict(_("还没有工作年度，不能登记会议"), remedy=_("请先在“工作年度”中建立并开启本年度"))
    return services.conference_create(
        jurisdiction=jurisdiction, year=year, data=_data(data), unit_ids=form.unit_ids() or [], actor=request.actor,
        now=request.now,
    )  # fmt: skip


def _data(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in ("units", "version")}


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Changes a conference that has not been held."""
    conference: Conference = found(selectors.conference_by_pk(request.actor, pk))
    demand(policies.may_prepare(request.actor, conference), *ONLY_OFFICE)
    choose = conference.state == Conference.State.PREPARING
    if request.method != "POST":
        initial = {name: getattr(conference, name) for name in services.CONFERENCE_FIELDS}
        named = "、".join(row.unit.name for row in selectors.attendance_of(conference))
        start = initial | {"units": named, "version": conference.version}
        return _form_page(
            request,
            forms.ConferenceForm(actor=request.actor, choose_units=choose, initial=start),
            conference,
            200,
        )
    form = forms.ConferenceForm(request.POST, actor=request.actor, choose_units=choose)
    return acted(
        request,
        form,
        lambda data: services.conference_update(
            conference=conference, data=_data(data), unit_ids=form.unit_ids(), version=data["version"],
            actor=request.actor, now=request.now,
        ),
        said=_("已保存"),
        back=reverse("work:conference", args=[pk]),
        again=lambda bound, status: _form_page(request, bound, conference, status),
    )  # fmt: skip


def _form_page(
    request: HttpRequestWithActor, form: django_forms.Form, conference: Conference | None, status: int
) -> HttpResponse:
    return render(
        request, "work/conference_form.html", {"form": form, "conference": conference}, status=status
    )
