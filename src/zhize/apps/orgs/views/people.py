"""People: the list, accounts, passwords shown once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.forms import NewPersonForm, PersonForm
from zhize.apps.orgs.models import Jurisdiction, Unit, User
from zhize.apps.orgs.services.accounts import USER_FIELDS, held
from zhize.apps.orgs.specs import PERSON
from zhize.apps.orgs.views.saving import form_page, written
from zhize.apps.orgs.views.units import get_or_post, today_of
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

POST_FIELDS = ("jurisdiction", "unit", "role", "title", "starts_on", "ends_on")


@require_safe
@page
def people(request: HttpRequestWithActor) -> HttpResponse:
    """人员与岗位: every post of the jurisdiction."""
    waiting = selectors.waiting_for_password(request.actor)
    return list_page(
        request,
        PERSON,
        "orgs/people.html",
        may_edit=policies.may_administer_people(request.actor),
        waiting=len(waiting),
    )


def choices(request: HttpRequestWithActor) -> tuple[Any, Any]:
    """Units and jurisdictions in which this actor may open posts: the own ones and those directly below."""
    actor = request.actor
    jurisdictions = Jurisdiction.objects.visible_to(actor).filter(
        Q(pk=actor.jurisdiction_id or 0) | Q(parent_id=actor.jurisdiction_id or 0)
    )
    units = Unit.objects.visible_to(actor).filter(
        Q(region_id=actor.region_id or 0) | Q(region__parent_id=actor.region_id or 0)
    )
    return units.order_by("region__order", "order", "code"), jurisdictions.order_by("region__order", "code")


@get_or_post
@page
def person_create(request: HttpRequestWithActor) -> HttpResponse:
    """建立账号 with a first post; the one-time password is on the answer to this request and nowhere else."""
    if not policies.may_create_users(request.actor):
        raise NotAllowed(_("只有管理员可以建立账号"), remedy=_("请切换到有权限的岗位"))
    posted = request.POST if request.method == "POST" else None
    form = NewPersonForm(
        *choices(request),
        posted,
        initial={"starts_on": today_of(request), "jurisdiction": request.actor.jurisdiction_id},
    )
    if posted is not None:
        made = written(
            form,
            lambda data: services.user_create(
                data={name: data[name] for name in USER_FIELDS},
                post={name: data[name] for name in POST_FIELDS},
                actor=request.actor,
                now=request.now,
            ),
        )
        if made is not None:
            return _password_page(request, made.user, made.password)
    context = {
        "form": form,
        "title": _("建立账号"),
        "submit": _("建立账号"),
        "cancel": reverse("orgs:people"),
        "note": _("初始口令只显示一次，本人首次登录须修改。"),
    }
    return render(request, "orgs/form.html", context, status=422 if form.is_bound else 200)


def _password_page(request: HttpRequestWithActor, user: User, password: str) -> HttpResponse:
    response = render(request, "orgs/one_time_password.html", {"person": user, "password": password})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@page
def person(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A person: account, posts, and what this administrator may do."""
    thing = found(selectors.person(request.actor, pk))
    demand_people(request)
    posts = selectors.posts(request.actor).filter(user=thing).order_by("-starts_on", "pk")
    open_posts = held(thing, request.now)
    manage = policies.may_manage_user(request.actor, open_posts)
    context = {
        "person": thing,
        "posts": [(row, policies.may_hand_over(request.actor, row)) for row in posts],
        "may_manage": manage and thing.pk != request.actor.user_id,
        "may_lock": (manage or policies.may_lock_user(request.actor, open_posts))
        and thing.pk != request.actor.user_id,
        "may_open": policies.may_administer_people(request.actor) and thing.pk != request.actor.user_id,
        "unit_name": selectors.unit_name,
        "today": today_of(request),
    }
    return render(request, "orgs/person.html", context)


@get_or_post
@page
def person_edit(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修改人员."""
    thing = found(selectors.person(request.actor, pk))
    if not policies.may_manage_user(request.actor, held(thing, request.now)):
        raise _not_yours()
    initial = {name: getattr(thing, name) for name in (*USER_FIELDS, "version")}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    address = reverse("orgs:person", kwargs={"pk": pk})
    return form_page(
        request,
        form,
        lambda data: services.user_update(
            thing=thing,
            data={name: data[name] for name in USER_FIELDS},
            version=data["version"],
            actor=request.actor,
            now=request.now,
        ),
        title=_("修改人员：%(name)s") % {"name": thing.name},
        submit=_("保存"),
        done=address,
        said=_("已保存。"),
        cancel=address,
    )


@require_POST
@page
def person_lock(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """停用 or 启用 an account."""
    thing = found(selectors.person(request.actor, pk))
    posts = held(thing, request.now)
    if not (policies.may_manage_user(request.actor, posts) or policies.may_lock_user(request.actor, posts)):
        raise _not_yours()
    if request.POST.get("active") == "1":
        services.user_activate(user=thing, version=version_of(request), actor=request.actor, now=request.now)
        messages.success(request, _("账号已启用。"))
    else:
        services.user_deactivate(
            user=thing,
            reason=request.POST.get("reason", ""),
            version=version_of(request),
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, _("账号已停用，其登录立即失效。"))
    return redirect("orgs:person", pk=pk)


@require_POST
@page
def password_reset(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """重置口令: the new one is on this answer and nowhere else."""
    thing = found(selectors.person(request.actor, pk))
    return _password_page(
        request, thing, services.password_reset(user=thing, actor=request.actor, now=request.now)
    )


def version_of(request: HttpRequestWithActor) -> int:
    """The version a button was drawn with; a request without one is refused."""
    value = request.POST.get("version", "")
    if not value.isdigit():
        raise BadInput(_("提交的内容缺少版本号，没有保存"), remedy=_("请重新打开页面再办理"))
    return int(value)


def _not_yours() -> NotAllowed:
    return NotAllowed(
        _("您不能管理这个账号"),
        why=_("账号由其所在辖区的管理员管理，管理员的账号由另一类管理员管理"),
        remedy=_("请由有权限的人员办理"),
    )


def demand_people(request: HttpRequestWithActor) -> None:
    """Administrators and the office; 403 in words for others."""
    if not policies.may_read_people(request.actor):
        raise NotAllowed(_("只有管理员和办公室可以查看人员"), remedy=_("联系电话请看通讯录"))
