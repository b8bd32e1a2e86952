"""Posts: opening, closing, handing over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.forms import HandOverForm, PostForm
from zhize.apps.orgs.models import Post
from zhize.apps.orgs.views.people import POST_FIELDS, choices, demand_people, version_of
from zhize.apps.orgs.views.saving import form_page, written
from zhize.apps.orgs.views.units import get_or_post, today_of
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def post(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A line of the list leads to its person."""
    row = found(selectors.posts(request.actor).by_pk(pk))
    demand_people(request)
    return redirect("orgs:person", pk=row.user_id)


@get_or_post
@page
def post_create(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """设立岗位 for a person."""
    thing = found(selectors.person(request.actor, pk))
    if not policies.may_administer_people(request.actor):
        raise NotAllowed(_("只有管理员可以设立岗位"), remedy=_("请切换到有权限的岗位"))
    form = PostForm(
        *choices(request),
        request.POST if request.method == "POST" else None,
        initial={"starts_on": today_of(request), "jurisdiction": request.actor.jurisdiction_id},
    )
    address = reverse("orgs:person", kwargs={"pk": pk})
    return form_page(
        request,
        form,
        lambda data: services.post_open(
            user=thing, **{name: data[name] for name in POST_FIELDS}, actor=request.actor, now=request.now
        ),
        title=_("设立岗位：%(name)s") % {"name": thing.name},
        submit=_("设立岗位"),
        done=address,
        said=_("已设立岗位。"),
        cancel=address,
        note=_("系统管理员、安全管理员、安全审计员在省、市两级不得由一人兼任。"),
    )


@require_POST
@page
def post_close(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """终止岗位 as of today."""
    row = found(selectors.posts(request.actor).by_pk(pk))
    if not policies.may_open_post(
        request.actor, jurisdiction=row.jurisdiction, role=row.role, child_has_admin=False
    ):
        raise NotAllowed(_("您不能终止这个岗位"), remedy=_("请由本辖区管理员办理"))
    services.post_close(
        post=row,
        ends_on=today_of(request),
        version=version_of(request),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("岗位已终止，今天是最后一天。"))
    return redirect("orgs:person", pk=row.user_id)


@get_or_post
@page
def hand_over(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """岗位交接: a successor takes the post with every open to-do; the answer lists what moved."""
    row = found(
        Post.objects.visible_to(request.actor).select_related("unit", "user", "jurisdiction").by_pk(pk)
    )
    if not policies.may_hand_over(request.actor, row):
        raise NotAllowed(_("您不能交接这个岗位"), remedy=_("请由本人或本辖区管理员办理"))
    today = today_of(request)
    form = HandOverForm(
        selectors.colleagues(request.actor, today).exclude(pk=row.user_id),
        request.POST if request.method == "POST" else None,
        initial={"on": today, "version": row.version},
    )
    held = selectors.holdings_of(row, today)
    done = None
    if request.method == "POST":
        done = written(
            form, lambda data: services.hand_over(post=row, **data, actor=request.actor, now=request.now)
        )
    context = {"post": row, "form": form, "done": done, "held": held, "unit_name": selectors.unit_name}
    status = 422 if form.is_bound and done is None else 200
    return render(request, "orgs/hand_over.html", context, status=status)
