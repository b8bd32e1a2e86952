"""My account: contact data, hats, delegations."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.forms import ContactForm, DelegationForm
from zhize.apps.orgs.hats import SESSION_KEY
from zhize.apps.orgs.models import Delegation, Post, User
from zhize.apps.orgs.views.saving import form_page
from zhize.apps.orgs.views.units import get_or_post, today_of
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@get_or_post
@page
def account(request: HttpRequestWithActor) -> HttpResponse:
    """账号: own telephone and e-mail, own hats."""
    user = cast(User, request.user)
    kept = ("phone", "email", "daily_digest", "brief_rule")
    initial = {name: getattr(user, name) for name in (*kept, "version")}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    return form_page(
        request,
        form,
        lambda data: services.contact_update(
            data={name: data[name] for name in kept},
            version=data["version"],
            actor=request.actor,
            now=request.now,
        ),
        title=_("我的账号"),
        submit=_("保存联系方式"),
        done=reverse("orgs:account"),
        said=_("已保存，通讯录随之更新。"),
        template="orgs/account.html",
        hats_all=list(request.hats),  # type: ignore[attr-defined]
    )


@require_POST
@page
def wear_hat(request: HttpRequestWithActor) -> HttpResponse:
    """切换岗位: the session wears another of the person's own hats; audited."""
    wanted = request.POST.get("post", "")
    hat = next((h for h in request.hats if str(h.post_id) == wanted), None)  # type: ignore[attr-defined]
    if hat is None:
        raise NotAllowed(
            _("这不是您现在可以使用的岗位"), why=_("岗位可能已到期或被收回"), remedy=_("请重新选择")
        )
    request.session[SESSION_KEY] = hat.post_id
    actor = selectors.actor_of(request.user, hat, request_id=request.request_id)
    services.hat_wear(
        post_id=hat.post_id, title=f"{hat.unit_name} · {hat.post_title}", actor=actor, now=request.now
    )
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return redirect(target)


@require_safe
@page
def delegations(request: HttpRequestWithActor) -> HttpResponse:
    """我的委托: given and received."""
    rows = selectors.delegations_of(request.actor.user_id or 0)
    today = today_of(request)
    context = {
        "given": [d for d in rows if d.post.user_id == request.actor.user_id],
        "received": [d for d in rows if d.deputy_id == request.actor.user_id],
        "today": today,
        "unit_name": selectors.unit_name,
        "may_give": request.actor.post_id is not None and not request.actor.on_behalf_of,
    }
    return render(request, "orgs/delegations.html", context)


@get_or_post
@page
def delegation_create(request: HttpRequestWithActor) -> HttpResponse:
    """委托代办 of the acting hat."""
    post = acting_post(request)
    if not policies.may_delegate(request.actor, post):
        raise NotAllowed(_("代办人不能再转委托"), remedy=_("请切换到您本人的岗位"))
    today = today_of(request)
    form = DelegationForm(
        selectors.colleagues(request.actor, today).exclude(pk=request.actor.user_id or 0),
        request.POST if request.method == "POST" else None,
        initial={"starts_on": today},
    )
    return form_page(
        request,
        form,
        lambda data: services.delegation_grant(post=post, **data, actor=request.actor, now=request.now),
        title=_("委托代办：%(post)s") % {"post": f"{selectors.unit_name(post.unit)} · {post.title}"},
        submit=_("委托"),
        done=reverse("orgs:delegations"),
        said=_("已委托。代办人办理的每一件事都会同时记下您和代办人的名字。"),
        cancel=reverse("orgs:delegations"),
    )


@require_POST
@page
def delegation_revoke(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤回委托."""
    mine = selectors.delegations_of(request.actor.user_id or 0)
    row = next((d for d in mine if d.pk == pk), None) or found(
        Delegation.objects.visible_to(request.actor).select_related("post").by_pk(pk)
    )
    version = request.POST.get("version", "")
    services.delegation_revoke(
        delegation=row,
        version=int(version) if version.isdigit() else None,
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, _("已撤回，立即生效。"))
    return redirect("orgs:delegations")


def acting_post(request: HttpRequestWithActor) -> Post:
    """The post of the acting hat, or 404 without one."""
    rows = Post.objects.visible_to(request.actor).select_related("unit", "jurisdiction")
    post: Post = found(rows.by_pk(request.actor.post_id or 0))
    return post
