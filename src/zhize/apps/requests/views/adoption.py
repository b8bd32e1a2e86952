"""意见采纳情况表: every comment with the office's answer, who is still awaited and who no longer is, the table as a paper."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.requests import mapping, policies, selectors, services
from zhize.apps.requests.forms.comments import AdoptionForm, NotAwaitForm
from zhize.apps.requests.mapping.adoption_paper import adoption_paper as paper_of
from zhize.apps.requests.models import Call, DraftComment, UnitRequest
from zhize.apps.requests.specs import COMMENT
from zhize.apps.requests.views.calls import asked_call, kept_call
from zhize.kit.acting import acted, objected
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.files.answers import send_bytes
from zhize.kit.list_views import list_page
from zhize.kit.officialdoc import layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def adoption(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """意见采纳情况表: every comment with the office's answer; those ticked are answered together."""
    call = _round(request, pk)
    form = AdoptionForm()
    status = 200
    if request.method == "POST":
        call = kept_call(request, pk)
        form = AdoptionForm(request.POST)
        chosen = [int(word) for word in request.POST.getlist("comments") if word.isdigit()]
        try:
            if form.is_valid():
                number = services.comments_decide(
                    call=call, comment_ids=chosen, verdict=form.cleaned_data["verdict"],
                    reason=form.cleaned_data["reason"], actor=request.actor, now=request.now,
                )  # fmt: skip
                messages.success(request, _("已答复 %(n)s 条意见") % {"n": number})
                return redirect(request.get_full_path())
        except BadInput as error:
            objected(form, error)
        status = 422
    return _adoption_page(request, call, form, status)


@require_POST
@page
def not_await(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """不再等候: the round goes on without this unit's answer, with the reason."""
    row: UnitRequest = found(selectors.request_by_pk(request.actor, pk))
    call = kept_call(request, row.call_id)
    return acted(
        request,
        NotAwaitForm(request.POST, prefix=str(pk)),
        lambda data: services.request_not_await(request=row, **data, actor=request.actor, now=request.now),
        said=_("已不再等候%(unit)s的回复，该单位会收到消息") % {"unit": row.unit.name},
        back=reverse("requests:adoption", args=[call.pk]),
        again=lambda bound, status: _adoption_page(request, call, AdoptionForm(), status, {pk: bound}),
    )


def _adoption_page(
    request: HttpRequestWithActor,
    call: Call,
    form: forms.Form,
    status: int,
    bound: Mapping[int, forms.Form] | None = None,
) -> HttpResponse:
    """The table, and who is still awaited, each with its form (`bound`: one that came back)."""
    keeps = policies.may_change_call(request.actor, call) and call.state == Call.State.ISSUED
    awaited = selectors.awaited_in(request.actor, call) if keeps else []
    answer = list_page(
        request, COMMENT, "requests/adoption.html",
        rows=selectors.comments_to(request.actor, call),
        title=_("意见采纳情况表"),
        crumbs=[
            (_("征集"), reverse("requests:calls")),
            (call.title, reverse("requests:call", args=[call.pk])),
        ],
        call=call,
        standing=selectors.adoption_of(request.actor, call),
        form=form,
        keeps=keeps,
        awaited=[(row, (bound or {}).get(row.pk) or NotAwaitForm(prefix=str(row.pk))) for row in awaited],
        bulk={"name": "comments", "form": "decide"} if keeps else None,
        verdicts=DraftComment.Verdict,
    )  # fmt: skip
    answer.status_code = status
    return answer


@require_safe
@page
def adoption_paper(request: HttpRequestWithActor, pk: int, ending: str) -> HttpResponse:
    """The table as a paper: .docx or PDF."""
    call = _round(request, pk)
    day = local_day(request.now)
    rows = selectors.comments_to(request.actor, call).order_by(*COMMENT.ordering)
    made = paper_of(call, selectors.adoption_of(request.actor, call), list(rows), day)
    writer = WRITERS[ending]
    content = writer.write(made, layout_on(day, call.jurisdiction.code))
    return send_bytes(content, f"{made.title}-{day:%Y%m%d}.{ending}", writer.content_type)


def _round(request: HttpRequestWithActor, pk: int) -> Call:
    call = asked_call(request, pk)
    if call.content != mapping.COMMENTS:
        raise StateConflict(
            _("这次征集不是征求意见，没有意见采纳情况表"), where=call.title, remedy=_("请查看汇总表")
        )
    return call
