"""A place checked, on a phone too: the checklist item by item, what is due, the record as a paper."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.inspection import policies, services
from zhize.apps.inspection.forms import places as forms
from zhize.apps.inspection.mapping.record import record_paper
from zhize.apps.inspection.models import CheckedPlace, PlaceSignature
from zhize.apps.inspection.selectors import draws as draw_selectors
from zhize.apps.inspection.selectors import places as selectors
from zhize.apps.inspection.views.inspections import inspection_page
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.files.answers import named, send_bytes
from zhize.kit.files.store import open_content
from zhize.kit.list_views import stamped
from zhize.kit.officialdoc import layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

GROUP = (gettext_lazy("只有去这个单位的核查组和办公室可以记录"), gettext_lazy("请由核查组的人员办理"))
State, Side = CheckedPlace.State, PlaceSignature.Side


@require_safe
@page
def place(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One place; `as` = docx, pdf: the 核查底稿."""
    row = found(selectors.place_by_pk(request.actor, pk))
    ending = request.GET.get("as", "")
    if ending not in WRITERS:
        return place_page(request, row)
    paper = record_paper(row, selectors.lines_of(row), selectors.signatures_of(row), selectors.people_at(row))
    writer, day = WRITERS[ending], local_day(request.now)
    layout = layout_on(day, row.checked.inspection.jurisdiction.code)
    return send_bytes(
        writer.write(paper, layout), f"{stamped(_('核查底稿'), request.now)}.{ending}", writer.content_type
    )


def place_page(
    request: HttpRequestWithActor, row: CheckedPlace, *, status: int = 200, refused: Any = None, **bound: Any
) -> HttpResponse:
    """The page, with the form that came back refused under its name; `refused`: that of one item."""
    actor, state = request.actor, row.state
    records = policies.may_record(actor, row.checked)
    lines, signatures = selectors.lines_of(row), selectors.signatures_of(row)
    signed = {one.side for one in signatures if one.digest and one.digest == row.digest}
    writes = records and state == State.RECORDING
    context = {
        "spot": row,
        "inspection": row.checked.inspection,
        "lines": [(line, _entry_form(line, refused) if writes else None) for line in lines],
        "recorded": sum(1 for line in lines if line.filled),
        "signatures": signatures,
        "signed": signed,
        "writes": writes,
        "people": selectors.people_at(row),
        "forms": _forms(request, row, records, signed, lines) | bound,
    }
    return render(request, "inspection/place.html", context, status=status)


def _entry_form(line: Any, refused: Any) -> Any:
    if refused is not None and refused.item.pk == line.item.pk:
        return refused
    return forms.EntryForm(item=line.item, entry=line.entry)


def _forms(
    request: HttpRequestWithActor, row: CheckedPlace, records: bool, signed: set[str], lines: list[Any]
) -> dict[str, Any]:
    """An empty form for each thing this hat may do now, under the name of its address."""
    actor = request.actor
    made: dict[str, Any] = {}
    start: dict[str, Any] = {"version": row.version}
    if records and row.state == State.RECORDING:
        today = local_day(request.now)
        kept = {"visited_on": row.visited_on or today, "present": row.present, "summary": row.summary}
        made["finish"] = forms.FinishForm(initial=start | kept)
        if row.draw_id:
            made["replace"] = forms.ReplaceForm(auto_id="id_replace_%s")
    if row.state == State.SIGNING:
        for side in Side:
            if side not in signed and policies.may_sign(actor, row, side):
                shown = {"side": side.value, "digest": row.digest}
                made[f"sign_{side.value}"] = forms.SignForm(initial=shown, auto_id=f"id_{side.value}_%s")
        if policies.may_enter_paper(actor, row):
            left = next((side.value for side in Side if side not in signed), "")
            made["paper"] = forms.PaperForm(initial={"side": left}, auto_id="id_paper_%s")
            made["reopen"] = forms.ReopenForm(initial=start, auto_id="id_reopen_%s")
    if records and row.state == State.SIGNED:
        made["correct"] = forms.CorrectForm(items=[line.item for line in lines], auto_id="id_correct_%s")
    return made


@require_POST
@page
def place_add(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """指定 a place of a checked unit."""
    checked = found(draw_selectors.checked_by_pk(request.actor, pk))
    demand(policies.may_record(request.actor, checked), *GROUP)
    inspection = checked.inspection
    return acted(
        request,
        forms.PlaceForm(request.POST),
        lambda data: services.place_add(checked=checked, **data, actor=request.actor, now=request.now),
        said=_("已列入核查点"),
        back=lambda made: reverse("inspection:place", args=[made.pk]),
        again=lambda bound, status: inspection_page(request, inspection, status=status, place=bound),
    )


@require_POST
@page
def entry(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One item saved; then the next that is still empty."""
    row = found(selectors.place_by_pk(request.actor, pk))
    demand(policies.may_record(request.actor, row.checked), *GROUP)
    lines = selectors.lines_of(row)
    asked = request.POST.get("item", "")
    at = next((n for n, line in enumerate(lines) if str(line.item.pk) == asked), None)
    if at is None:
        return place_page(request, row, status=400)
    item = lines[at].item
    form = forms.EntryForm(request.POST, request.FILES, item=item)
    following = next((line.item for line in lines[at + 1 :] if not line.filled), item)
    return acted(
        request,
        form,
        lambda data: services.entry_save(
            place=row, item=item, said=form.said(), version=data["version"], actor=request.actor, now=request.now
        ),
        said=_("已保存"),
        back=f"{reverse('inspection:place', args=[pk])}#item-{following.pk}",
        again=lambda bound, status: place_page(request, row, status=status, refused=bound),
    )  # fmt: skip


@require_safe
@page
def picture(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A picture, for everybody who sees the place."""
    file = found(selectors.picture_by_pk(request.actor, pk)).evidence.file
    return _file(file)


@require_safe
@page
def scan(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The scan of a paper signature."""
    file = found(selectors.signature_by_pk(request.actor, pk)).scan
    return _file(file)


def _file(file: Any) -> HttpResponse:
    response = FileResponse(open_content(file.sha256), content_type=file.content_type)
    return named(response, "attachment", file.name)  # type: ignore[return-value]  # a streaming response is answered like any other
