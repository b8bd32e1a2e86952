"""Pages of signing in that are ours, and the library's two that need a word more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as library
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from requests import RequestException
from zhize.apps.orgs import selectors, services
from zhize.apps.orgs.sign_in.demo import shown_accounts
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


class LoginView(library.LoginView):  # type: ignore[misc]
    """登录; a demonstration shows its accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        providers = get_adapter().list_providers(self.request)
        return context | {"demo_accounts": shown_accounts(), "providers": providers}


class PasswordChangeView(library.PasswordChangeView):  # type: ignore[misc]
    """修改口令, of one's own will or because it must be; an account that only the provider signs in has none."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not request.user.has_usable_password():
            return render(request, "account/no_password.html")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        why = "first" if user.must_change_password else self.request.GET.get("why", "")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"why": why}


login = LoginView.as_view()
password_change = page(never_cache(PasswordChangeView.as_view()))


@require_safe
@never_cache
def expired(request: HttpRequest) -> HttpResponse:
    """会话已超时: why, and the way back to where the person was."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return render(request, "account/session_expired.html", {"why": request.GET.get("why"), "next": target})


@require_safe
@never_cache
@page
def sessions(request: HttpRequestWithActor) -> HttpResponse:
    """我的登录: where this account is signed in now."""
    return render(
        request,
        "usersessions/usersession_list.html",
        {"sessions": selectors.sessions_of(request.user), "here": request.session.session_key},
    )


@require_POST
@page
def session_end(request: HttpRequestWithActor) -> HttpResponse:
    """结束这次登录 (session=id), or all but this one (session=others)."""
    wanted = request.POST.get("session", "")
    mine = [s for s in selectors.sessions_of(request.user) if s.session_key != request.session.session_key]
    chosen = mine if wanted == "others" else [s for s in mine if str(s.pk) == wanted]
    if wanted != "others":
        found(chosen or None)
    number = services.sessions_end(sessions=chosen, actor=request.actor, now=request.now)
    messages.success(request, _("已结束 %(n)s 处登录。") % {"n": number})
    return redirect("usersessions_list")


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """统一身份认证: off to the provider; one that does not answer is said so."""
    return _asking(request, lambda: oidc.login(request, provider_id))


def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _asking(request, lambda: oidc.callback(request, provider_id))


def _asking(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return ask()
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=502)
