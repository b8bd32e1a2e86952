"""The office's calls: list, one with who has answered, sending, reminding, ending, all answers in one table."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.requests import mapping, policies, selectors, services
from zhize.apps.requests.forms import EndForm
from zhize.apps.requests.forms.comments import CallFilesForm
from zhize.apps.requests.mapping.consolidated_paper import consolidated_paper
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.models.calls import OVERSIGHT
from zhize.apps.requests.specs import CALL
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.files.answers import send_bytes
from zhize.kit.list_views import list_page, xlsx_response
from zhize.kit.officialdoc import layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """征集: what the office asks, how many have answered."""
    return list_page(request, CALL, "requests/calls.html", may_call=policies.may_call(request.actor))


def asked_call(request: HttpRequestWithActor, pk: int) -> Call:
    """The call for those who oversee it; 404 outside the scope."""
    call: Call = found(selectors.call_by_pk(request.actor, pk))
    if call.jurisdiction_id != request.actor.jurisdiction_id or not request.actor.has(*OVERSIGHT):
        raise NotAllowed(_("只有发出征集的办公室可以查看各单位的报送"), remedy=_("请打开本单位的报送件"))
    return call


def kept_call(request: HttpRequestWithActor, pk: int) -> Call:
    """The call for its office; others of its jurisdiction 403."""
    call: Call = found(selectors.call_by_pk(request.actor, pk))
    if not policies.may_change_call(request.actor, call):
        raise NotAllowed(_("只有本辖区办公室可以办理征集"), remedy=_("请切换到办公室的身份"))
    return call


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One call: before it is sent what it costs below, afterwards who has answered; a unit is led to its own answer."""
    actor, today = request.actor, request.now.date()
    call = found(selectors.call_by_pk(actor, pk))
    if call.jurisdiction_id != actor.jurisdiction_id or not actor.has(*OVERSIGHT):
        own = found(selectors.own_request(actor, call))
        return redirect("requests:request", pk=own.pk)
    draft = call.state in (Call.State.DRAFT, Call.State.CANCELLED) and call.issued_at is None
    rows = [] if draft else selectors.answering(actor, call, local_day(request.now))
    missing = [row for row in rows if row.missing]
    source = ThingRef(call.source_kind, call.source_id) if call.source_id else None
    content = selectors.content_of(call)
    # a draft, or a correction under way, is the unit's own business until it is sent
    states = (UnitRequest.State.SUBMITTED, UnitRequest.State.ACCEPTED)
    sent = [row.request.pk for row in rows if row.request.state in states]
    context = {
        "call": call,
        "draft": draft,
        "asked": mapping.asked_of(call.form),
        "units": selectors.addressees(call) if draft else [],
        "before": selectors.before_sending(call, local_day(request.now)) if draft else None,
        "rows": rows,
        "missing": missing,
        "answered": len(rows) - len(missing),
        "text": _text(call, missing),
        "content": content,
        "told": content.words(sent) if content and sent else {},
        "has_packs": selectors.has_packs(call),
        "files": selectors.call_files(call),
        "files_form": CallFilesForm(),
        "comments": call.content == mapping.COMMENTS,
        "counts_as": selectors.counts_as(call),
        "source": resolve(actor, [source]).get(source) if source else None,
        "may_change": policies.may_change_call(actor, call),
        "end_form": EndForm(initial={"version": call.version}),
        "today": today,
    }
    return render(request, "requests/call.html", context)


def _text(call: Call, missing: list[selectors.Answering]) -> str:
    """Who has not answered, ready to paste into the work group: a line a unit, with whom to telephone."""
    if not missing:
        return ""
    head = _("“%(title)s”（期限 %(day)s）尚有 %(n)s 个单位未报送：") % {
        "title": call.title, "day": call.due_on, "n": len(missing),
    }  # fmt: skip
    lines = [
        " ".join([row.request.unit.name, *(f"{p.user.name} {p.user.phone}".strip() for p in row.people[:2])])
        for row in missing
    ]
    foot = _("请尽快报送；没有内容的请零报告。") if call.nil_allowed else _("请尽快报送。")
    if call.content == mapping.COMMENTS:
        foot = _("请尽快回复；没有意见的请点“无意见”。")
    return "\n".join([head, *lines, foot])


@require_POST
@page
def issue(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """发出."""
    call = kept_call(request, pk)
    despite = request.POST.get("despite", "")[:300]
    services.call_issue(
        call=call, version=_version(request), despite=despite, actor=request.actor, now=request.now
    )
    messages.success(request, _("已发出，各单位会收到待办"))
    return redirect("requests:call", pk=pk)


@require_POST
@page
def finish(request: HttpRequestWithActor, pk: int, end: str) -> HttpResponse:
    """结束 or 取消."""
    call = kept_call(request, pk)
    act = services.call_close if end == "close" else services.call_cancel
    note = request.POST.get("note", "")[:300]
    act(call=call, note=note, version=_version(request), actor=request.actor, now=request.now)
    messages.success(request, _("征集已结束") if end == "close" else _("征集已取消"))
    return redirect("requests:call", pk=pk)


@require_POST
@page
def remind(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """催报: the units ticked, or all that have not answered."""
    call = kept_call(request, pk)
    ticked = [int(word) for word in request.POST.getlist("units") if word.isdigit()]
    chosen = ticked if request.POST.get("which") == "ticked" else None
    if chosen == []:
        raise BadInput(_("没有勾选单位"), where=_("催报"), remedy=_("请勾选单位，或用一键催报"))
    reminders = services.requests_remind(
        call=call, unit_ids=chosen, text=request.POST.get("text", ""), actor=request.actor, now=request.now
    )
    messages.success(request, _("已催报 %(n)s 个单位") % {"n": len(reminders)})
    return redirect("requests:call", pk=pk)


@require_safe
@page
def answers(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """汇总: all answers in one table, as an Excel file, or drafted as one document (.docx, PDF)."""
    call = asked_call(request, pk)
    everything = request.GET.get("all") == "1"
    table = selectors.consolidated(request.actor, call, accepted_only=not everything)
    if request.GET.get("export") == "xlsx":
        name = f"{call.title}-{_('汇总')}"
        return xlsx_response(table.columns, table.rows, sheet=_("汇总"), name=name)
    if (kind := request.GET.get("export", "")) in WRITERS:
        day = local_day(request.now)
        absent = selectors.left_out(request.actor, call, table)
        paper = consolidated_paper(call, table.columns, table.rows, absent, day)
        writer = WRITERS[kind]
        content = writer.write(paper, layout_on(day, call.jurisdiction.code))
        return send_bytes(content, f"{paper.title}-{day:%Y%m%d}.{kind}", writer.content_type)
    return render(
        request, "requests/answers.html", {"call": call, "table_of": table, "everything": everything}
    )


def _version(request: HttpRequestWithActor) -> int | None:
    """The version the page was opened with, as it travelled along."""
    word = request.POST.get("version", "")
    return int(word) if word.isdigit() else None
