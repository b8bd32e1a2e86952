"""The editor of a draft: a plain form of rows, a button for every change of rows, both versions where two met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.documents import forms, policies, selectors, services
from zhize.apps.documents.forms.blocks import SORTS, Row, blocks_of, rows_of_blocks, rows_of_post, with_spare
from zhize.apps.documents.models import Addressee, OfficialDocument
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.core.workflow.official_document import TABLE
from zhize.kit.acting import objected
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.officialdoc import from_json
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

FIELDS = (
    "kind",
    "issuer",
    "title",
    "address_line",
    "copy_line",
    "note",
    "publicity",
    "asks_taking",
    "asks_attendance",
)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """拟稿."""
    own = own_jurisdiction(request.actor)
    if own is None or not policies.may_draft(request.actor):
        raise NotAllowed(_("只有本辖区领导小组办公室可以办理公文"), remedy=_("请切换到办公室的身份"))
    if request.method != "POST":
        issuer = selectors.issuer_default(own)
        form = forms.OfficialForm(actor=request.actor, initial={"kind": "notice", "issuer": issuer})
        return _editor(request, form, [], {}, None)
    form = forms.OfficialForm(request.POST, actor=request.actor)
    rows, sent = rows_of_post(request.POST), _sent(request)
    if _only_rows(request) or not form.is_valid():
        return _editor(request, form, rows, sent, None, status=200 if _only_rows(request) else 422)
    try:
        document = services.official_draft(
            jurisdiction=own,
            **form.data_for_service(),
            addressee_ids=_ids(sent, Addressee.Sent.MAIN),
            copy_ids=_ids(sent, Addressee.Sent.COPY),
            blocks=blocks_of(rows),
            source=None,
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        return _editor(request, objected(form, error), rows, sent, None, status=422)
    messages.success(request, _("已拟稿，核对无误后送核"))
    return redirect("documents:official", pk=document.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改公文稿; where somebody saved first, what I wrote stays in the form beside what was saved."""
    document = found(selectors.official_of(request.actor, pk))
    if not policies.may_handle(request.actor, document):
        raise NotAllowed(_("只有本辖区领导小组办公室可以办理公文"), remedy=_("请切换到办公室的身份"))
    if not any(step.action == "edit" for step in TABLE.steps_from(document.state)):
        raise StateConflict(
            _("%(state)s的公文不能修改") % {"state": document.get_state_display()},
            where=document.title,
            remedy=_("请先退回拟稿人；已印发的，另行发文更正"),
        )
    if request.method != "POST":
        rows = rows_of_blocks(from_json(document.blocks))
        sent = {one.unit_id: one.sent for one in selectors.addressees_of(document)}
        initial = {name: getattr(document, name) for name in FIELDS} | {"version": document.version}
        return _editor(
            request, forms.OfficialForm(actor=request.actor, initial=initial), rows, sent, document
        )
    form = forms.OfficialForm(request.POST, actor=request.actor)
    rows, sent = rows_of_post(request.POST), _sent(request)
    if _only_rows(request) or not form.is_valid():
        return _editor(request, form, rows, sent, document, status=200 if _only_rows(request) else 422)
    try:
        services.official_update(
            document=document,
            data=form.data_for_service()
            | {
                "blocks": blocks_of(rows),
                "addressee_ids": _ids(sent, Addressee.Sent.MAIN),
                "copy_ids": _ids(sent, Addressee.Sent.COPY),
            },
            version=form.cleaned_data["version"] or 0,
            actor=request.actor,
            now=request.now,
        )
    except EditConflict:
        return _conflict(request, pk, form, rows, sent)
    except BadInput as error:
        return _editor(request, objected(form, error), rows, sent, document, status=422)
    messages.success(request, _("已保存"))
    return redirect("documents:official", pk=pk)


def _conflict(
    request: HttpRequestWithActor, pk: int, form: forms.OfficialForm, rows: list[Row], sent: dict[int, str]
) -> HttpResponse:
    """My text stays in the form, carried by the newest version; what was saved stands beside it, line by line."""
    fresh = found(selectors.official_of(request.actor, pk))
    theirs = rows_of_blocks(from_json(fresh.blocks))
    mine = rows_of_blocks(blocks_of(rows))
    pairs = [{"name": "title", "label": _("标题"), "mine": form.cleaned_data["title"], "theirs": fresh.title}]
    for number in range(max(len(mine), len(theirs))):
        words = [side[number].text if number < len(side) else "" for side in (mine, theirs)]
        pairs.append(
            {
                "name": str(number),
                "label": _("第 %(n)s 段") % {"n": number + 1},
                "mine": words[0],
                "theirs": words[1],
            }
        )
    data = request.POST.copy()
    data["version"] = str(fresh.version)
    again = forms.OfficialForm(data, actor=request.actor)
    differing = [pair for pair in pairs if pair["mine"] != pair["theirs"]]
    return _editor(request, again, rows, sent, fresh, status=409, conflict=differing)


def _only_rows(request: HttpRequestWithActor) -> bool:
    """A button that only changes the rows of the form saves nothing."""
    return any(name in request.POST for name in ("add", "renumber", "everyone"))


def _sent(request: HttpRequestWithActor) -> dict[int, str]:
    """Unit id → main or copy, as chosen; a unit in both is addressed mainly."""
    chosen: dict[int, str] = {}
    for sent in (Addressee.Sent.COPY, Addressee.Sent.MAIN):
        chosen |= {int(pk): sent.value for pk in request.POST.getlist(sent.value) if pk.isdigit()}
    return chosen


def _ids(sent: dict[int, str], wanted: str) -> Sequence[int]:
    return [pk for pk, how in sent.items() if how == wanted]


def _editor(
    request: HttpRequestWithActor,
    form: forms.OfficialForm,
    rows: list[Row],
    sent: dict[int, str],
    document: OfficialDocument | None,
    *,
    status: int = 200,
    conflict: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    offered = selectors.recipients_offered(request.actor, request.now.date(), sent)
    groups = (
        ("above", _("本级"), offered.above),
        ("members", _("成员单位"), offered.members),
        ("below", _("下级办公室"), offered.below),
        ("others", _("其他"), offered.others),
    )
    if (group := request.POST.get("everyone", "")) in (key for key, _label, _units in groups):
        proper = selectors.recipients_of(unit.pk for unit in getattr(offered, group))
        sent = sent | dict.fromkeys(proper.copies, "copy") | dict.fromkeys(proper.main, "main")
    context = {
        "form": form,
        "rows": with_spare(rows),
        "sorts": SORTS,
        "groups": [one for one in groups if one[2]],
        "sent": sent,
        "document": document,
        "conflict": conflict,
        "back": reverse("documents:official", args=[document.pk])
        if document
        else reverse("documents:official_list"),
    }
    return render(request, "documents/official_edit.html", context, status=status)
