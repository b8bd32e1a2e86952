"""People and posts: contacts, accounts, posts, hand-over."""

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
from zhize.apps.orgs.forms import HandOverForm, NewPersonForm, PersonForm, PostForm
from zhize.apps.orgs.models import Jurisdiction, Post, Unit, User
from zhize.apps.orgs.services.accounts import USER_FIELDS, held
from zhize.apps.orgs.specs import CONTACT, PERSON
from zhize.apps.orgs.views.saving import form_page, written
from zhize.apps.orgs.views.units import get_or_post, today_of
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.lists import Listing
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

POST_FIELDS = ("jurisdiction", "unit", "role", "title", "starts_on", "ends_on")
TEXT_LINES = 2000


@require_safe
@page
def contacts(request: HttpRequestWithActor) -> HttpResponse:
    """通讯录: the telephone book of the jurisdiction."""
    return list_page(
        request,
        CONTACT,
        "orgs/contacts.html",
        text_url=f"{reverse('orgs:contacts_text')}?{request.GET.urlencode()}",
    )


@require_safe
@page
def contacts_text(request: HttpRequestWithActor) -> HttpResponse:
    """The same conditions as text, a line a person, ready to paste into a message."""
    if not CONTACT.may_view(request.actor):
        raise NotAllowed(_("您还没有岗位，不能查看通讯录"), remedy=_("请联系系统管理员"))
    listing = Listing(CONTACT, request.actor, request.GET, path=reverse("orgs:contacts"))
    rows = listing.all_rows(CONTACT.listed_fields)[:TEXT_LINES]
    lines = [
        " ".join(filter(None, (selectors.unit_name(p.unit), p.user.name, p.title, p.user.phone)))
        for p in rows
    ]
    context = {
        "lines": lines,
        "text": "\n".join(lines),
        "back": listing.address(),
        "full": len(lines) == TEXT_LINES,
    }
    return render(request, "orgs/contacts_text.html", context)


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


@require_safe
@page
def post(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """A line of the list leads to its person."""
    row = found(selectors.posts(request.actor).filter(pk=pk).first())
    _demand_people(request)
    return redirect("orgs:person", pk=row.user_id)


def _choices(request: HttpRequestWithActor) -> tuple[Any, Any]:
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
        *_choices(request),
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
    _demand_people(request)
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


@get_or_post
@page
def post_create(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """设立岗位 for a person."""
    thing = found(selectors.person(request.actor, pk))
    if not policies.may_administer_people(request.actor):
        raise NotAllowed(_("只有管理员可以设立岗位"), remedy=_("请切换到有权限的岗位"))
    form = PostForm(
        *_choices(request),
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
    row = found(selectors.posts(request.actor).filter(pk=pk).first())
    if not policies.may_open_post(
        request.actor, jurisdiction=row.jurisdiction, role=row.role, child_has_admin=False
    ):
        raise NotAllowed(_("您不能终止这个岗位"), remedy=_("请由本辖区管理员办理"))
    services.post_close(
        post=row,
        ends_on=today_of(request),
        version=_version(request),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("岗位已终止，今天是最后一天。"))
    return redirect("orgs:person", pk=row.user_id)


@require_POST
@page
def person_lock(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """停用 or 启用 an account."""
    thing = found(selectors.person(request.actor, pk))
    posts = held(thing, request.now)
    if not (policies.may_manage_user(request.actor, posts) or policies.may_lock_user(request.actor, posts)):
        raise _not_yours()
    if request.POST.get("active") == "1":
        services.user_activate(user=thing, version=_version(request), actor=request.actor, now=request.now)
        messages.success(request, _("账号已启用。"))
    else:
        services.user_deactivate(
            user=thing,
            reason=request.POST.get("reason", ""),
            version=_version(request),
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


@get_or_post
@page
def hand_over(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """岗位交接: a successor takes the post with every open to-do; the answer lists what moved."""
    row = found(
        Post.objects.visible_to(request.actor)
        .select_related("unit", "user", "jurisdiction")
        .filter(pk=pk)
        .first()
    )
    if not policies.may_hand_over(request.actor, row):
        raise NotAllowed(_("您不能交接这个岗位"), remedy=_("请由本人或本辖区管理员办理"))
    today = today_of(request)
    form = HandOverForm(
        selectors.colleagues(request.actor, today).exclude(pk=row.user_id),
        request.POST if request.method == "POST" else None,
        initial={"on": today, "version": row.version},
    )
    done = None
    if request.method == "POST":
        done = written(
            form, lambda data: services.hand_over(post=row, **data, actor=request.actor, now=request.now)
        )
    context = {"post": row, "form": form, "done": done, "unit_name": selectors.unit_name}
    status = 422 if form.is_bound and done is None else 200
    return render(request, "orgs/hand_over.html", context, status=status)


def _version(request: HttpRequestWithActor) -> int | None:
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


def _demand_people(request: HttpRequestWithActor) -> None:
    if not policies.may_read_people(request.actor):
        raise NotAllowed(_("只有管理员和办公室可以查看人员"), remedy=_("联系电话请看通讯录"))
