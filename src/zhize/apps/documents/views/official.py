"""公文: the list, one document on its sheet with what can be done now, its files, the text to chase with."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.documents import forms, policies, selectors, services
from zhize.apps.documents.models import Addressee, OfficialDocument, Receipt, StoredFile
from zhize.apps.documents.models.countersigns import INSIDE
from zhize.apps.documents.services.sending import file_name
from zhize.apps.documents.specs import OFFICIAL
from zhize.apps.documents.views.files import send_file
from zhize.apps.documents.views.sheet import sheet_of
from zhize.core.kernel.findings import Severity
from zhize.core.workflow.official_document import TABLE
from zhize.kit.actor import Actor
from zhize.kit.files.answers import send_bytes
from zhize.kit.list_views import list_page
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef
from zhize.kit.views import found, page

STATE = OfficialDocument.State
WAY = (
    STATE.DRAFT, STATE.CHECKED, STATE.SIGNED, STATE.RECHECKED, STATE.SEALED, STATE.ISSUED, STATE.ARCHIVED,
)  # fmt: skip


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """公文: those the office works on, and what was sent to the own unit or published."""
    return list_page(
        request, OFFICIAL, "documents/official_list.html", may_draft=policies.may_draft(request.actor)
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One document: the sheet, and beside it what this hat can do now."""
    return detail_page(request, found(selectors.official_of(request.actor, pk)))


def detail_page(
    request: HttpRequestWithActor, document: OfficialDocument, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page of a document; `bound` holds a form that came back with objections, by its step."""
    actor, today = request.actor, request.now.date()
    addressees = selectors.addressees_of(document)
    paper, layout = selectors.paper_words(document, addressees, today)
    progress = selectors.progress_of(document, addressees) if document.issued_at else None
    inside = policies.may_handle(actor, document)
    findings = (
        selectors.findings_of(document, addressees, today) if inside and document.state == STATE.DRAFT else ()
    )
    context = {
        "document": document,
        "sheet": sheet_of(paper, layout, actor),
        "addressees": addressees,
        "progress": progress,
        "approvals": selectors.approvals_of(ThingRef(selectors.OFFICIAL, document.pk))
        if inside or policies.may_sign(actor, document)
        else [],
        "story": selectors.steps_of(actor, document),
        "actions": {action.value: action.label for action in TABLE.actions} | {"draft": _("拟稿")},
        "findings": findings,
        "stops": sum(1 for one in findings if one.severity is Severity.REFUSE),
        "may_handle": inside,
        "mine": mine_of(actor, document, addressees, progress),
        "way": _way(document),
        "chain": selectors.chain_of(document) if document.issued_at else None,
        "acts_on": selectors.official_of(actor, document.acts_on_id) if document.acts_on_id else None,
        "figures": selectors.figures_of(document)
        if inside and document.state in (STATE.DRAFT, STATE.CHECKED)
        else (),
        "figure_form": bound.pop("figure", None),
        "countersigns": _countersigns(request, document, bound.pop("countersign", None)),
        "forms": _forms(request, document, inside) | _follow_form(document, inside) | bound,
    }
    return render(request, "documents/official.html", context, status=status)


def _countersigns(
    request: HttpRequestWithActor, document: OfficialDocument, bound: Any
) -> list[dict[str, Any]]:
    """Who was asked and what each said; a form for whoever may still answer. Others than the office see their own."""
    actor = request.actor
    if document.state == STATE.DRAFT:
        return []
    rows = selectors.countersigns_of(document)
    last = max((row.round for row in rows), default=0)
    open_now = document.state == STATE.CHECKED and bool(rows) and last == selectors.round_of(document)
    shown = []
    for row in rows:
        if row.unit_id != actor.unit_id and not actor.has(*INSIDE):
            continue
        form = None
        if open_now and row.round == last and not row.answer:
            if policies.may_countersign(actor, document, row.unit_id):
                own = row.unit_id == actor.unit_id
                made = forms.CountersignForm if own else forms.PaperCountersignForm
                start = {"unit_id": row.unit_id, "answer": "agreed", "on": request.now.date()}
                form = made(initial=start, auto_id=f"id_{row.unit_id}_%s")
            if bound is not None and bound.data.get("unit_id") == str(row.unit_id):
                form = bound
        shown.append({"row": row, "form": form, "mine": row.unit_id == actor.unit_id})
    return shown


def _forms(request: HttpRequestWithActor, document: OfficialDocument, inside: bool) -> dict[str, Any]:
    """The forms of the steps the table admits now, for whoever may take them."""
    initial: dict[str, Any] = {"version": document.version}
    today = request.now.date()
    external = bool(document.issuer and document.issuer.is_external)
    made: dict[str, Any] = {}
    for step in TABLE.steps_from(document.state):
        match step.action:
            case "check" if inside:
                made["check"] = forms.CheckForm(initial=initial)
            case "return" if inside:
                made["return"] = forms.ReturnForm(initial=initial)
            case "ask" if inside:
                made["ask"] = forms.AskForm(
                    initial=initial, units=selectors.countersigners_offered(request.actor, today)
                )
            case "recheck" if inside and not external:
                made["recheck"] = forms.RecheckForm(initial=initial | {"on": today})
            case "seal" if inside and document.issuer and document.issuer.has_seal and not external:
                made["seal"] = forms.SealForm(initial=initial | {"on": today})
            case "sign" if not external and policies.may_sign(request.actor, document):
                made["sign"] = forms.SignForm(initial=initial | {"signed_on": today})
            case "register" if external and inside:
                made["register"] = forms.RegisterForm(initial=initial)
            case "issue" if inside:
                made["issue"] = forms.IssueForm(initial=initial | {"dated_on": document.signed_on})
            case "archive" if inside:
                made["archive"] = forms.ArchiveForm(
                    initial=initial | {"retention": services.retention_of(document, request.now)}
                )
            case "void" if inside:
                made["void"] = forms.VoidForm(initial=initial)
    return made


def mine_of(
    actor: Actor,
    document: OfficialDocument,
    addressees: list[Addressee],
    progress: selectors.Progress | None,
) -> dict[str, Any] | None:
    """What the acting unit owes as an addressee: which acts are still to do, and who did the others."""
    rows = selectors.receivable(actor, addressees)
    if progress is None or not rows:
        return None
    may = any(policies.may_receive(actor, one.unit) for one in rows)
    ids = {one.unit_id for one in rows}
    signed = [row for row in progress.rows if row.addressee.unit_id in ids]
    return {
        "units": [one.unit.name for one in rows],
        "receive": may and any(row.received is None for row in signed),
        "read": may and all(row.received for row in signed) and any(row.read is None for row in signed),
        "take": _owed(document.asks_taking and may, signed, "taken"),
        "attend": _owed(document.asks_attendance and may, signed, "attends"),
        "done": [one for row in signed for one in (row.received, row.read, row.taken, row.attends) if one],
        "acts": Receipt.Act,
    }


def _owed(asked: bool, signed: list[Any], act: str) -> bool:
    """Whether a main addressee of these has signed for it and still owes this act."""
    main = [row for row in signed if row.addressee.sent == Addressee.Sent.MAIN]
    return asked and any(row.received and row.of(act) is None for row in main)


def _follow_form(document: OfficialDocument, inside: bool) -> dict[str, Any]:
    return {"follow": forms.FollowForm(auto_id="id_follow_%s")} if inside and document.issued_at else {}


def _way(document: OfficialDocument) -> list[dict[str, str]]:
    """拟稿 → 核稿 → … for the line of steps."""
    if document.state == STATE.VOIDED:
        return []
    at = WAY.index(STATE(document.state))
    labels = (_("拟稿"), _("核稿"), _("签发"), _("复核"), _("用印"), _("印发"), _("归档"))
    coming = at + 1 if at else 0  # a draft is still being drafted; 已核稿 means that signing comes next
    return [
        {"label": label, "state": "current" if place == coming else "done" if place < coming else "todo"}
        for place, label in enumerate(labels)
    ]


@require_safe
@page
def docx(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The archived original; while it is a draft, the draft as it stands."""
    document = found(selectors.official_of(request.actor, pk))
    return _file(request, document, document.docx, "docx")


@require_safe
@page
def pdf(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The printed form; of another issuer's document the final scan."""
    document = found(selectors.official_of(request.actor, pk))
    return _file(request, document, document.pdf, "pdf")


def _file(
    request: HttpRequestWithActor, document: OfficialDocument, kept: StoredFile | None, ext: str
) -> HttpResponse:
    if kept is not None:
        return send_file(kept, "attachment", kept.content_type)
    addressees = selectors.addressees_of(document)
    paper, layout = selectors.paper_words(document, addressees, request.now.date())
    made = services.written(document, paper, layout, ext)
    return send_bytes(made, file_name(document, ext), WRITERS[ext].content_type)
