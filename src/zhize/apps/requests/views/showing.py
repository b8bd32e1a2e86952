"""One answer as each hat sees it: the unit fills it in, the office decides, others read what was handed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhize.apps.requests import forms, mapping, policies, selectors
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.years.selectors import bounds
from zhize.core.workflow.unit_request import TABLE
from zhize.kit import contributions
from zhize.kit.clock import local_day
from zhize.kit.columns import columns_of
from zhize.kit.errors import NotAllowed
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found


def own_request(request: HttpRequestWithActor, pk: int) -> UnitRequest:
    """The answer for the people of its unit; others who see it 403."""
    row: UnitRequest = found(selectors.request_by_pk(request.actor, pk))
    if not policies.may_answer(request.actor, row):
        raise NotAllowed(
            _("只有被征集单位的人员可以填报"), remedy=_("请切换到该单位的身份，或联系该单位联络员")
        )
    return row


def parts_of(row: UnitRequest) -> list[tuple[str, str]]:
    """What of the draft concerns the unit asked, where the app of the draft tells it."""
    tells = contributions.draft_parts.get(row.call.source_kind)
    return tells(row.call.source_id, [row.unit_id]) if tells and row.call.source_id else []


def reply_page(
    request: HttpRequestWithActor, row: UnitRequest, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page of an answer as this hat sees it."""
    actor, call = request.actor, row.call
    own = policies.may_read_draft(actor, row)
    running = call.state == Call.State.ISSUED and call.year.state != "closed"
    editing = running and policies.may_answer(actor, row) and not TABLE.status(row.state).locked
    deciding = running and row.state == UnitRequest.State.SUBMITTED and policies.may_review(actor, row)
    fields = mapping.fields_of(call)
    shown = row.handed_in or {}
    form = bound.get("form") or (
        form_of(row, fields, actor)(initial=initial_of(row, fields)) if editing else None
    )
    context = {
        "row": row,
        "call": call,
        "light_now": selectors.light_of(row, bounds(local_day(request.now))),
        "own": own,
        "editing": editing,
        "form": form,
        "asked": mapping.asked_of(call.form),
        "shown": shown,
        "values": _values(fields, shown.get("answers", {})),
        "files": selectors.files_of(row, draft=own),
        "reminders": selectors.reminders_of(row),
        "content": selectors.content_of(call),
        "has_last": bool(editing and selectors.last_answers(row)),
        "pack_form": bound.get("pack_form")
        or (forms.PackUploadForm() if editing and selectors.has_packs(call) else None),
        "content_words": selectors.content_words(row) if editing or deciding else "",
        "stamp_form": bound.get("stamp_form") or (forms.StampForm() if editing else None),
        "stamp_here": editing
        and call.stamp_needed
        and not row.stamped_by
        and call.content != mapping.COMMENTS,
        "evidence": list(forms.own_evidence(actor)) if editing else [],
        "review": bound.get("review")
        or (forms.ReviewForm(fields=fields, initial={"version": row.version}) if deciding else None),
        "may_withdraw": running
        and own
        and row.state == UnitRequest.State.SUBMITTED
        and policies.may_answer(actor, row),
        "counts_as": selectors.counts_as(call),
        "sent_along": selectors.call_files(call),
        "comments": call.content == mapping.COMMENTS,
        "parts": parts_of(row),
        "nil_words": _("无意见") if call.content == mapping.COMMENTS else _("零报告"),
    }
    return render(request, "requests/request.html", context, status=status)


def form_of(row: UnitRequest, fields: tuple[FieldSpec, ...], actor: Any, *, draft: bool = False) -> Any:
    """In a round of comments “nothing to say” is a button of its own (无意见), no box of the form."""
    nil_allowed = row.call.nil_allowed and row.call.content != mapping.COMMENTS
    return forms.reply_form(fields, actor, nil_allowed=nil_allowed, draft=draft)


def initial_of(row: UnitRequest, fields: tuple[FieldSpec, ...]) -> dict[str, Any]:
    return {
        **forms.reply_initial(fields, row.answers),
        "statement": row.statement,
        "nil_report": row.nil_report,
        "version": row.version,
    }


def _values(fields: tuple[FieldSpec, ...], answers: dict[str, Any]) -> dict[str, str]:
    """Answers in the words a page shows, whole."""
    read = forms.reply_initial(fields, answers)
    return {
        c.name: str(read[c.name])
        if c.spec.kind is Kind.LONG and read[c.name]
        else c.words(c.read(read[c.name]))
        for c in columns_of(fields)
    }
