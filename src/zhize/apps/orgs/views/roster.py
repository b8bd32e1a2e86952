"""联络员名册: the list (also as Word), one unit's line with its story, the notice of change, its confirmation."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import policies, services
from zhize.apps.orgs.forms import ContactChangeForm, ContactDecideForm
from zhize.apps.orgs.mapping import roster_paper
from zhize.apps.orgs.models import Membership, UnitContact
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.apps.orgs.selectors import roster as selectors
from zhize.apps.orgs.specs.roster import ROSTER
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.files.answers import send_bytes
from zhize.kit.list_views import list_page, stamped
from zhize.kit.officialdoc import layout_on
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

GAPS = 11  # ten are named, one more says that there are more


@require_safe
@page
def roster(request: HttpRequestWithActor) -> HttpResponse:
    """The roster of the jurisdiction as it is today, gaps named; `as=docx` the whole as a document."""
    today = local_day(request.now)
    own = own_jurisdiction(request.actor)
    if own is None:
        raise NotAllowed(_("您还没有岗位，不能查看名册"), remedy=_("请联系本单位所在辖区的系统管理员"))
    rows = selectors.roster(request.actor, today)
    if request.GET.get("as") == "docx":
        writer = WRITERS["docx"]
        paper = writer.write(roster_paper(own.name, today, list(rows)), layout_on(today, own.code))
        name = f"{stamped(_('联络员名册'), request.now)}.docx"
        return send_bytes(paper, name, writer.content_type)
    gaps = [
        (row.pk, row.unit.name) for row in rows.filter(selectors.gap_q(selectors.RosterGap.ANY))[:GAPS]
    ]  # fmt: skip
    return list_page(request, ROSTER, "orgs/roster.html", gaps=gaps)


@require_safe
@page
def roster_unit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One unit's line: who holds which part, what waits, who held it before."""
    return _page(request, found(selectors.roster_member(request.actor, pk)))


def _page(
    request: HttpRequestWithActor,
    member: Membership,
    form: django_forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, today = request.actor, local_day(request.now)
    rows = selectors.contacts_of(member)
    keeps = policies.may_keep_members_of(actor, member.jurisdiction)
    names = keeps or policies.may_name_contacts(actor, member.unit)
    held = selectors.present(rows, today)
    context = {
        "member": member,
        "held": [(part.label, held.get(part.value)) for part in UnitContact.Part],
        "complete": len(held) == len(UnitContact.Part),
        "waiting": [
            (one, ContactDecideForm(initial={"contact": one.pk, "version": one.version}))
            for one in rows
            if one.state == UnitContact.State.ASKED
        ],
        "rows": rows,
        "keeps": keeps,
        "names": names,
        "form": form or ContactChangeForm(initial={"valid_from": today}),
    }
    return render(request, "orgs/roster_unit.html", context, status=status)


@require_POST
@page
def roster_change(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """变更联络员."""
    member: Membership = found(selectors.roster_member(request.actor, pk))
    if not (
        policies.may_name_contacts(request.actor, member.unit)
        or policies.may_keep_members_of(request.actor, member.jurisdiction)
    ):
        raise NotAllowed(
            _("只有本单位和本辖区办公室可以变更联络员"), remedy=_("请切换到该单位或办公室的身份")
        )
    form = ContactChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form, 400)
    try:
        row = services.contact_change(
            member=member, data=form.cleaned_data, actor=request.actor, now=request.now
        )
    except (BadInput, StateConflict) as error:
        form.add_error(None, str(error.problem))
        return _page(request, member, form, error.status)
    asked = row.state == UnitContact.State.ASKED
    messages.success(request, _("已报办公室确认") if asked else _("已登记，名册随之更新"))
    return redirect("orgs:roster_unit", pk=pk)


@require_POST
@page
def roster_decide(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """确认 or 退回 a notice of change."""
    member: Membership = found(selectors.roster_member(request.actor, pk))
    if not policies.may_keep_members_of(request.actor, member.jurisdiction):
        raise NotAllowed(_("只有本辖区领导小组办公室可以确认变更"), remedy=_("请切换到办公室的身份"))
    form = ContactDecideForm(request.POST)
    data: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    row = next((one for one in selectors.contacts_of(member) if one.pk == data.get("contact")), None)
    if row is None:
        raise BadInput(_("没有这份变更通知"), remedy=_("请刷新页面后重新办理"))
    confirm = "refuse" not in request.POST
    services.contact_change_decide(
        member=member, contact=row, confirm=confirm, comment=data["comment"], version=data["version"],
        actor=request.actor, now=request.now,
    )  # fmt: skip
    messages.success(request, _("已确认，名册随之更新") if confirm else _("已退回，该单位会收到消息"))
    return redirect("orgs:roster_unit", pk=pk)


@require_POST
@page
def roster_check(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """核对无误."""
    member: Membership = found(selectors.roster_member(request.actor, pk))
    services.roster_check(member=member, actor=request.actor, now=request.now)
    messages.success(request, _("已核对"))
    return redirect("orgs:roster_unit", pk=pk)
