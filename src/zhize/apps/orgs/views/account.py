"""My account: contact data, hats, delegations, tokens; the jurisdiction's demands on sign-in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import policies, selectors, services
from zhize.apps.orgs.forms import ContactForm, DelegationForm, JurisdictionForm, TokenForm
from zhize.apps.orgs.hats import SESSION_KEY
from zhize.apps.orgs.models import ApiToken, Delegation, Jurisdiction, Post, Unit
from zhize.apps.orgs.views.saving import form_page, written
from zhize.apps.orgs.views.units import get_or_post, today_of
from zhize.kit.errors import NotAllowed
from zhize.kit.fields import specs
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@get_or_post
@page
def account(request: HttpRequestWithActor) -> HttpResponse:
    """账号: own telephone and e-mail, own hats."""
    user = request.user
    initial = {"phone": user.phone, "email": user.email, "version": user.version}  # type: ignore[union-attr]
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    return form_page(
        request,
        form,
        lambda data: services.contact_update(
            data={"phone": data["phone"], "email": data["email"]},
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
    wanted = request.POST.get("hat", "")
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
    post = found(
        Post.objects.visible_to(request.actor)
        .select_related("unit")
        .filter(pk=request.actor.post_id or 0)
        .first()
    )
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
        Delegation.objects.visible_to(request.actor).select_related("post").filter(pk=pk).first()
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


def _scopes() -> list[tuple[str, str]]:
    """Scopes a token may have: what the registered things ask for, to read and to write."""
    names = sorted({spec.api_scope for spec in specs().values() if spec.api_scope})
    return [
        (f"{name}:{verb}", f"{name} · {words}")
        for name in names
        for verb, words in (("read", _("读")), ("write", _("写")))
    ]


@require_safe
@page
def tokens(request: HttpRequestWithActor) -> HttpResponse:
    """接口令牌 of the person."""
    context = {
        "tokens": selectors.tokens_of(request.actor.user_id or 0),
        "today": today_of(request),
        "unit_name": selectors.unit_name,
        "may_make": request.actor.post_id is not None and not request.actor.on_behalf_of,
    }
    return render(request, "orgs/tokens.html", context)


@get_or_post
@page
def token_create(request: HttpRequestWithActor) -> HttpResponse:
    """建立接口令牌: the plain token is on this answer and nowhere else."""
    post = found(
        Post.objects.visible_to(request.actor)
        .select_related("unit")
        .filter(pk=request.actor.post_id or 0)
        .first()
    )
    scopes = _scopes()
    form = TokenForm(scopes, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = written(
            form,
            lambda data: services.api_token_create(
                post=post, **data, known_scopes=[s for s, _w in scopes], actor=request.actor, now=request.now
            ),
        )
        if made is not None:
            response = render(request, "orgs/token_made.html", {"token": made[0], "plain": made[1]})
            response["Cache-Control"] = "no-store"
            return response
    context = {
        "form": form,
        "title": _("建立接口令牌"),
        "submit": _("建立令牌"),
        "cancel": reverse("orgs:tokens"),
        "note": _("程序以您当前的岗位办理，只有所选的权限。令牌只显示一次。"),
    }
    return render(request, "orgs/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
def token_revoke(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤销令牌."""
    mine = selectors.tokens_of(request.actor.user_id or 0)
    row = next((t for t in mine if t.pk == pk), None) or found(
        ApiToken.objects.visible_to(request.actor).select_related("post").filter(pk=pk).first()
    )
    services.api_token_revoke(token=row, actor=request.actor, now=request.now)
    messages.success(request, _("已撤销，立即失效。"))
    return redirect("orgs:tokens")


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
        Jurisdiction.objects.visible_to(request.actor).select_related("region").filter(pk=pk).first()
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
