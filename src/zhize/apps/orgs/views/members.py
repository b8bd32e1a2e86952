"""Members of the jurisdiction on a date, and the leading group's dated list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.models import GroupMember, Jurisdiction, Membership, Unit
from zhize.apps.orgs.specs import GROUP_MEMBER, MEMBERSHIP
from zhize.apps.orgs.views.units import get_or_post, today_of
from zhize.kit.edit import create_page, update_page
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

SPARE_LINES = 5


def _on(request: HttpRequestWithActor) -> tuple[date, str]:
    """The date asked for, and words when it made no sense."""
    asked = request.GET.get("on", "")
    try:
        day = parse_date(asked) if asked else None
    except ValueError:
        day = None
    wrong = _("“%(text)s”不是日期，显示的是今天。") % {"text": asked[:20]} if asked and day is None else ""
    return day or today_of(request), wrong


def _own(request: HttpRequestWithActor) -> Jurisdiction:
    own = selectors.own_jurisdiction(request.actor)
    if own is None:
        raise NotAllowed(_("您还没有岗位，不能查看成员"), remedy=_("请联系本单位所在辖区的系统管理员"))
    return own


@require_safe
@page
def members(request: HttpRequestWithActor) -> HttpResponse:
    """成员: the jurisdiction's units on a date, with the names of today beside those that were renamed."""
    own = _own(request)
    on, wrong = _on(request)
    lines = selectors.members_on(request.actor, on)
    context = {
        "jurisdiction": own,
        "on": on,
        "wrong": wrong,
        "lines": lines,
        "members": sum(1 for line in lines if line.membership.capacity == Membership.Capacity.MEMBER),
        "may_edit": policies.may_keep_members_of(request.actor, own),
        "unit_name": selectors.unit_name,
    }
    return render(request, "orgs/members.html", context)


@require_safe
@page
def membership_list(request: HttpRequestWithActor) -> HttpResponse:
    """All memberships, past ones too, as a table: filters, Excel in and out."""
    return list_page(
        request,
        MEMBERSHIP,
        "orgs/table.html",
        title=_("成员单位台账"),
        back=(_("成员"), reverse("orgs:members")),
        may_edit=MEMBERSHIP.may_edit(request.actor),
    )


@get_or_post
@page
def membership_create(request: HttpRequestWithActor) -> HttpResponse:
    return create_page(
        request,
        MEMBERSHIP,
        cancel=reverse("orgs:members"),
        done=lambda _thing: reverse("orgs:members"),
        initial={"valid_from": today_of(request)},
    )


@get_or_post
@page
def membership_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    return update_page(
        request,
        MEMBERSHIP,
        pk,
        cancel=reverse("orgs:members"),
        done=lambda _thing: reverse("orgs:members"),
    )


@require_POST
@page
def members_reorder(request: HttpRequestWithActor) -> HttpResponse:
    """The order as typed beside each line: place_<id> = number; equal numbers keep the present order."""
    own = _own(request)
    places = {
        int(name.removeprefix("place_")): int(str(value))
        for name, value in request.POST.items()
        if name.startswith("place_") and name.removeprefix("place_").isdigit() and str(value).isdigit()
    }
    ids = sorted(places, key=lambda pk: places[pk])
    services.memberships_reorder(jurisdiction=own, ids=ids, actor=request.actor, now=request.now)
    messages.success(request, _("已按新的顺序保存，名单和文件今后按此排列。"))
    return redirect("orgs:members")


@require_safe
@page
def group(request: HttpRequestWithActor) -> HttpResponse:
    """领导小组: who was a member on a date, on which document."""
    own = _own(request)
    on, wrong = _on(request)
    rows = selectors.group_on(request.actor, on)
    context = {
        "jurisdiction": own,
        "on": on,
        "wrong": wrong,
        "rows": rows,
        "unconfirmed": sum(1 for row in rows if not row.confirmed),
        "lists": selectors.group_dates(request.actor),
        "may_edit": policies.may_keep_members_of(request.actor, own),
        "unit_name": selectors.unit_name,
    }
    return render(request, "orgs/group.html", context)


@require_safe
@page
def group_list(request: HttpRequestWithActor) -> HttpResponse:
    """All lines of all lists, as a table."""
    return list_page(
        request,
        GROUP_MEMBER,
        "orgs/table.html",
        title=_("领导小组成员台账"),
        back=(_("领导小组"), reverse("orgs:group")),
        may_edit=GROUP_MEMBER.may_edit(request.actor),
    )


@get_or_post
@page
def group_member_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    return update_page(
        request,
        GROUP_MEMBER,
        pk,
        cancel=reverse("orgs:group"),
        done=lambda _thing: reverse("orgs:group"),
    )


@get_or_post
@page
def group_replace(request: HttpRequestWithActor) -> HttpResponse:
    """调整名单: the whole list from a date on, on a document; starts from the list in force."""
    own = _own(request)
    if not policies.may_keep_members_of(request.actor, own):
        raise NotAllowed(_("只有本辖区领导小组办公室可以调整成员名单"), remedy=_("请切换到有权限的岗位"))
    units = list(
        Unit.objects.visible_to(request.actor)
        .filter(selectors.in_force(today_of(request)), region_id=own.region_id)
        .order_by("order", "code")
    )
    problems: list[str] = []
    lines = _posted(request) if request.method == "POST" else _present(request)
    values = {key: request.POST.get(key, "") for key in ("valid_from", "basis")}
    if request.method == "POST":
        problems = _replace(request, own, lines, {unit.pk: unit for unit in units}, values)
        if not problems:
            messages.success(request, _("已调整名单，原名单自这一日起停用，仍可按日期查看。"))
            return redirect("orgs:group")
    empty = {"capacity": GroupMember.Capacity.MEMBER, "title": "", "person": "", "unit": ""}
    context = {
        "lines": lines + [empty] * SPARE_LINES,
        "units": [(unit.pk, selectors.unit_name(unit)) for unit in units],
        "capacities": GroupMember.Capacity.choices,
        "problems": problems,
        "values": values,
    }
    return render(request, "orgs/group_replace.html", context, status=422 if problems else 200)


def _present(request: HttpRequestWithActor) -> list[dict[str, Any]]:
    return [
        {"capacity": row.capacity, "title": row.title, "person": row.person, "unit": row.unit_id or ""}
        for row in selectors.group_on(request.actor, today_of(request))
    ]


def _posted(request: HttpRequestWithActor) -> list[dict[str, Any]]:
    """The lines with a title, in the order of the page: four lists of equal length."""
    names = ("capacity", "title", "person", "unit")
    columns = [request.POST.getlist(name) for name in names]
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=False)]
    return [row for row in rows if row["title"].strip()]


def _replace(
    request: HttpRequestWithActor,
    own: Jurisdiction,
    lines: list[dict[str, Any]],
    units: dict[int, Unit],
    values: dict[str, str],
) -> list[str]:
    try:
        since = parse_date(values["valid_from"])
    except ValueError:
        since = None
    if since is None:
        return [_("没有填写生效日期，或不是日期。请按 2012-03-05 的样式填写。")]
    data = [
        {
            "capacity": line["capacity"],
            "title": line["title"].strip(),
            "person": line["person"].strip(),
            "unit": units.get(int(line["unit"])) if str(line["unit"]).isdigit() else None,
        }
        for line in lines
    ]
    try:
        services.group_list_replace(
            jurisdiction=own,
            lines=data,
            valid_from=since,
            basis=values["basis"],
            actor=request.actor,
            now=request.now,
        )
    except BadInput as error:
        return [str(problem) for problem in error.problems]
    return []
