"""接口令牌: programs that act under one of the person's posts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhize.apps.orgs import selectors, services
from zhize.apps.orgs.forms import TokenForm
from zhize.apps.orgs.models import ApiToken
from zhize.apps.orgs.views.account import acting_post
from zhize.apps.orgs.views.saving import written
from zhize.apps.orgs.views.units import get_or_post, today_of
from zhize.kit.fields import specs
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


def _scopes() -> list[tuple[str, str]]:
    """Scopes a token may have, in the words of the things they open: 地区、单位… · 读."""
    things: dict[str, list[str]] = {}
    for spec in specs().values():
        if spec.api_scope:
            things.setdefault(spec.api_scope, []).append(str(spec.label))
    return [
        (f"{name}:{verb}", f"{'、'.join(labels)} · {words}")
        for name, labels in sorted(things.items())
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
    post = acting_post(request)
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
        ApiToken.objects.visible_to(request.actor).select_related("post").by_pk(pk)
    )
    services.api_token_revoke(token=row, actor=request.actor, now=request.now)
    messages.success(request, _("已撤销，立即失效。"))
    return redirect("orgs:tokens")
