"""Names of a text the directory does not know: mapped, registered, taken as a collective, or left out with a reason."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhize.apps.regulations import policies, selectors, services
from zhize.apps.regulations.models import DutyHolder, RegulationVersion
from zhize.apps.regulations.views.checking_page import rule_values
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _keeper(request: HttpRequestWithActor) -> None:
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以认定文中名称"), remedy=_("请切换到办公室的身份"))


@require_POST
@page
def decide(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """认定文中名称: one form for all names of the text; which button was pressed says what the ticked ones are."""
    version = found(selectors.version_by_pk(request.actor, pk))
    _keeper(request)
    messages.success(request, _decided(request, version))
    return redirect(reverse("regulations:confirm", kwargs={"pk": pk}))


def _decided(request: HttpRequestWithActor, version: RegulationVersion) -> str:
    post, jurisdiction = request.POST, version.regulation.jurisdiction
    ticked = [name[:80] for name in post.getlist("name")]
    match post.get("act", ""):
        case "map":
            pairs = zip(post.getlist("each"), post.getlist("unit"), strict=False)
            typed = {name[:80]: words.strip() for name, words in pairs if words.strip()}
            decisions = services.means_typed(jurisdiction=jurisdiction, typed=typed)
        case "near":
            directory = selectors.directory_of(jurisdiction)
            values = rule_values(version, request.now)
            names = selectors.checking_names(version, directory, Decimal(str(values["name_near"])))
            near = {one.name: one.near[0] for one in names.unknown if one.near and one.name in ticked}
            decisions = services.means_typed(jurisdiction=jurisdiction, typed=near)
        case "create":
            regulation = version.regulation
            since = regulation.in_force_from or regulation.issued_on or local_day(request.now)
            number = services.names_register(
                jurisdiction=jurisdiction,
                names=ticked,
                kind=post.get("kind", ""),
                members_from=since if "member" in post else None,
                actor=request.actor,
                now=request.now,
            )
            return _("已登记 {n} 个单位，名称待系统管理员核对").format(n=number)
        case "collective" if post.get("collective") in DutyHolder.Collective.values:
            decisions = dict.fromkeys(ticked, services.Means(collective=post["collective"]))
        case "leave":
            decisions = dict.fromkeys(ticked, services.Means(reason=post.get("reason", "").strip()))
        case _:
            raise BadInput(_("没有选定要做什么"), remedy=_("请返回核对页重新操作"))
    number = services.names_decide(
        jurisdiction=jurisdiction, decisions=decisions, actor=request.actor, now=request.now
    )
    return _("已认定 {n} 个名称，以后的文件照此处理").format(n=number)


@require_POST
@page
def forget(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """取消认定: the name is open again."""
    name = found(selectors.printed_name_by_pk(request.actor, pk))
    _keeper(request)
    services.name_forget(name=name, actor=request.actor, now=request.now)
    messages.success(request, _("已取消认定"))
    back = request.POST.get("version", "")
    if back.isdigit():
        return redirect(reverse("regulations:confirm", kwargs={"pk": int(back)}))
    return redirect("regulations:index")
