"""The own jurisdiction: group, office, demands on sign-in, and what lies below."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.forms import JurisdictionForm
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.views.saving import form_page
from zhize.apps.orgs.views.units import get_or_post
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def jurisdiction(request: HttpRequestWithActor) -> HttpResponse:
    """辖区: its group, office, sign-in demand, and what lies below."""
    own = selectors.own_jurisdiction(request.actor)
    if own is None:
        raise NotAllowed(_("您还没有岗位"), remedy=_("请联系系统管理员"))
    context = {
        "jurisdiction": own,
        "children": selectors.child_jurisdictions(request.actor),
        "may_edit": policies.may_manage_jurisdiction(request.actor, own),
        "may_set_security": policies.may_set_security(request.actor, own),
        "unit_name": selectors.unit_name,
        "region_name": selectors.region_name,
    }
    return render(request, "orgs/jurisdiction.html", context)


@get_or_post
@page
def jurisdiction_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改辖区: name, group, office. The own one, or one directly below."""
    thing: Jurisdiction = found(
        Jurisdiction.objects.visible_to(request.actor).select_related("region").by_pk(pk)
    )
    if not policies.may_manage_jurisdiction(request.actor, thing):
        raise NotAllowed(_("只有本辖区或上级辖区的系统管理员可以修改辖区"), remedy=_("请切换到有权限的岗位"))
    form = JurisdictionForm(
        Unit.objects.visible_to(request.actor).filter(region_id=thing.region_id).order_by("order", "code"),
        request.POST if request.method == "POST" else None,
        initial={
            "name": thing.name,
            "group_unit": thing.group_unit_id,
            "office_unit": thing.office_unit_id,
            "version": thing.version,
        },
    )
    return form_page(
        request,
        form,
        lambda data: services.jurisdiction_update(
            thing=thing,
            data={name: data[name] for name in ("name", "group_unit", "office_unit")},
            version=data["version"],
            actor=request.actor,
            now=request.now,
        ),
        title=_("修改辖区：%(name)s") % {"name": thing.name},
        submit=_("保存"),
        done=reverse("orgs:jurisdiction"),
        said=_("已保存。"),
        cancel=reverse("orgs:jurisdiction"),
    )


@require_POST
@page
def jurisdiction_security(request: HttpRequestWithActor) -> HttpResponse:
    """登录须动态口令: the security administrator's demand on everybody of the jurisdiction."""
    own = selectors.own_jurisdiction(request.actor)
    if own is None:
        raise NotAllowed(_("您还没有岗位"), remedy=_("请联系系统管理员"))
    if not policies.may_set_security(request.actor, own):
        raise NotAllowed(_("只有本辖区的安全管理员可以设定登录要求"), remedy=_("请切换到有权限的岗位"))
    version = request.POST.get("version", "")
    saved = services.jurisdiction_demand_totp(
        jurisdiction=own,
        required=request.POST.get("totp_required") == "1",
        version=int(version) if version.isdigit() else None,
        actor=request.actor,
        now=request.now,
    )
    messages.success(
        request,
        _("已要求本辖区所有人登录时使用动态口令。") if saved.totp_required else _("已取消动态口令要求。"),
    )
    return redirect("orgs:jurisdiction")
