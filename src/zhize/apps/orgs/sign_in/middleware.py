"""What every signed-in request must meet before its page: a living session, an account in force, a step not owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhize.apps.orgs import selectors
from zhize.apps.orgs.sign_in import session
from zhize.kit import clock

# Open whatever is owed: leaving, and the language.
ALWAYS = frozenset({"account_logout", "set_language", "session_expired", "account_login"})
# Open while a step is owed: where the step is done. Everything else leads here.
STEPS = {
    "password": ("account_change_password", frozenset({"account_change_password"})),
    "code": (
        "mfa_activate_totp",
        frozenset({"mfa_activate_totp", "account_reauthenticate", "account_change_password"}),
    ),
}
# Open to an account without a post.
OWN = frozenset(
    {"account_change_password", "account_reauthenticate", "usersessions_list", "session_end", "orgs:account"}
)
CHECKED = "zhize_checked"
CHECK_EVERY = 300


class SignInMiddleware:
    """Runs before the view, when the address is known: redirects, or a page in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if not request.user.is_authenticated or name in ALWAYS:
            return None
        if why := session.ended(request):
            request.session_ended = why
            target = _back(request)
            logout(request)
            return _lead(request, f"{reverse('session_expired')}?{urlencode({'why': why, 'next': target})}")
        user = request.user
        if user.valid_until is not None and user.valid_until < clock.today():
            return render(request, "account/account_expired.html", {"until": user.valid_until}, status=403)
        if step := _owed(request):
            address, open_pages = STEPS[step]
            return None if name in open_pages else _lead(request, f"{reverse(address)}?why={step}")
        if not list(request.hats) and name not in OWN and not name.startswith("mfa_"):
            return render(request, "account/no_post.html", status=403)
        return None


def _owed(request: Any) -> str:
    """The step owed by this person under this hat. A forced change shows at once; the rest within five minutes."""
    user = request.user
    by_provider = any(m.get("method") == "socialaccount" for m in get_authentication_records(request, user))
    if user.must_change_password and user.has_usable_password() and not by_provider:
        return "password"
    if settings.ZHIZE_DEMO and user.is_demo:
        return ""  # its password stands on the sign-in page; a code set up by one visitor would shut out the next
    post_id = request.actor.post_id
    checked = request.session.get(CHECKED)
    if checked and checked[0] == post_id and clock.wall() - checked[1] < CHECK_EVERY:
        return ""
    today = clock.today()
    if not by_provider and selectors.password_is_old(user, today, clock.now()):
        return "password"
    hat = next((h for h in request.hats if h.post_id == post_id), None)
    if hat is not None and selectors.totp_demanded(hat, today) and not selectors.has_totp(user):
        return "code"
    request.session[CHECKED] = [post_id, clock.wall()]
    return ""


def _back(request: Any) -> str:
    """The page to come back to: this one, or the one a form or fragment belongs to."""
    if request.headers.get("HX-Request"):
        parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    elif request.method == "GET":
        return str(request.get_full_path())
    else:
        parts = urlsplit(request.headers.get("Referer", ""))
    return (parts.path + (f"?{parts.query}" if parts.query else "")) or "/"


def _lead(request: Any, address: str) -> HttpResponse:
    """A redirect; under htmx one of the whole page, so that no sign-in form lands inside a table."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)
