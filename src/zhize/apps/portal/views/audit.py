"""The auditor's pages: the log of the acting hat's jurisdiction, its check, the external auditor's one export."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.audit import policies, selectors
from zhize.apps.audit.selectors.words import kind_words
from zhize.apps.audit.services import export_create
from zhize.apps.audit.specs import ENTRY, Channel
from zhize.kit.audit import log_types
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page

LIST = replace(ENTRY, detail="portal:audit_entry")
# Above this a check would keep a browser waiting longer than people wait (about 27,000 entries a second on the smallest machine tried; row files come on top).
CHECKED_ON_THE_PAGE = 50_000


def _need_reader(request: HttpRequestWithActor) -> None:
    if not policies.may_read_log(request.actor):
        raise NotAllowed(
            _("您的身份不能查看审计记录"),
            why=_("审计记录只供安全审计员、外部审计人员和办公室主任查阅"),
            remedy=_("请切换到有权限的岗位，或联系安全审计员"),
        )


def _need_exporter(request: HttpRequestWithActor) -> None:
    _need_reader(request)
    if not policies.may_export_log(request.actor):
        raise NotAllowed(
            _("只有外部审计人员可以在页面上导出审计记录"), remedy=_("请由系统管理员运行 zhize audit export")
        )


def _no_table_files(request: HttpRequestWithActor) -> None:
    """The log leaves the house as a sealed, logged bundle only, never as a table nobody knows of."""
    if "export" in request.GET:
        raise NotAllowed(
            _("审计记录不能按列表导出"),
            why=_("导出审计记录本身须留痕，且须能核验"),
            remedy=_("外部审计人员请用“导出审计记录”；其他人请由系统管理员运行 zhize audit export"),
        )


@require_safe
@page
def entry_list(request: HttpRequestWithActor) -> HttpResponse:
    """The own chain, newest first, with the last checkpoint."""
    _need_reader(request)
    _no_table_files(request)
    last = selectors.checkpoint_last(request.actor.jurisdiction_code)
    return list_page(
        request,
        LIST,
        "portal/audit_list.html",
        checkpoint=last[1] if last else "",
        may_export=policies.may_export_log(request.actor),
    )


@require_safe
@page
def history(request: HttpRequestWithActor, kind: str, thing_id: int) -> HttpResponse:
    """What happened to one thing."""
    _need_reader(request)
    _no_table_files(request)
    ref = ThingRef(kind, thing_id)
    card = resolve(request.actor, [ref]).get(ref)
    name = card.label if card else f"{kind_words(kind)} {thing_id}"
    return list_page(
        request,
        LIST,
        "portal/audit_of.html",
        rows=selectors.thing_history(request.actor, kind, thing_id),
        title=_("“%(name)s”的审计记录") % {"name": name},
        card=card,
    )


@require_safe
@page
def entry(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One entry: who, when, what, before and after side by side."""
    one = found(selectors.entry_get(request.actor, pk))
    _need_reader(request)
    ref = ThingRef(one.thing_kind, one.thing_id) if one.thing_kind and one.thing_id is not None else None
    known = log_types().get(one.type)
    older, newer = selectors.neighbours(request.actor, one)
    context = {
        "entry": one,
        "at": timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M:%S"),
        "words": known.label if known else one.type,
        "channel": Channel(one.channel).label if one.channel in Channel.values else one.channel,
        "rows": selectors.compared(one),
        "ref": ref,
        "thing_words": f"{kind_words(ref.kind)} {ref.id}" if ref else "",
        "card": resolve(request.actor, [ref]).get(ref) if ref else None,
        "older": older,
        "newer": newer,
    }
    return render(request, "portal/audit_entry.html", context)


@require_POST
@page
def verify(request: HttpRequestWithActor) -> HttpResponse:
    """Checks the own chain now and says the result in words."""
    _need_reader(request)
    if (size := selectors.chain_size(request.actor)) > CHECKED_ON_THE_PAGE:
        raise StateConflict(
            _("本链有 %(size)s 条记录，在页面上核验太久") % {"size": f"{size:,}"},
            remedy=_("请系统管理员运行 zhize audit verify --chain %(code)s")
            % {"code": request.actor.jurisdiction_code},
        )
    code = request.actor.jurisdiction_code
    report = selectors.chain_verify(code, selectors.checkpoints_read(chain=code))
    guards = selectors.guards_report()
    context = {"report": report, "findings": [*guards, *report.findings], "at": request.now}
    return render(request, "portal/audit_verify.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def export(request: HttpRequestWithActor) -> HttpResponse:
    """The external auditor's one bundle: asks what for, makes it, leads to the file."""
    _need_exporter(request)
    reason, problem = request.POST.get("reason", ""), None
    if request.method == "POST":
        try:
            export_create(reason=reason, actor=request.actor, now=request.now)
        except BadInput as error:
            problem = error.problem
        else:
            messages.success(request, _("导出文件已生成，本次导出已记入审计。"))
            return redirect("portal:audit_export")
    context = {
        "made": selectors.export_of(request.actor),
        "size": selectors.chain_size(request.actor),
        "reason": reason,
        "problem": problem,
        "keys": [path.stem for path in selectors.public_key_files()],
    }
    return render(request, "portal/audit_export.html", context, status=400 if problem else 200)


@require_safe
@page
def export_file(request: HttpRequestWithActor) -> HttpResponse:
    """The bundle of this account again: the same file, not a second export."""
    _need_exporter(request)
    made = selectors.export_of(request.actor)
    if not made or made.chain != request.actor.jurisdiction_code:
        raise Http404
    if not default_storage.exists(made.stored_as):
        raise StateConflict(
            _("导出文件已不在文件库中"), remedy=_("请联系系统管理员从备份恢复，或重新开立账号")
        )
    name = f"audit-{made.chain}-{made.seq}.zip"
    return FileResponse(default_storage.open(made.stored_as), as_attachment=True, filename=name)  # type: ignore[return-value]
