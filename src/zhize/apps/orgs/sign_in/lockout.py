"""Lock-out by account and address: one person's mistakes never lock a colleague behind the same address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhize.apps.orgs import selectors
from zhize.apps.orgs.mapping import SignInRule
from zhize.kit import clock


def tried_username(request: Any, credentials: dict[str, Any] | None) -> str:
    """The account meant, in one spelling: names are matched without case, so must failures be.

    Reauthentication sends no name: there it is the signed-in person's.
    """
    tried = (credentials or {}).get("username") or request.POST.get("login", "")
    if not tried and getattr(request, "user", None) is not None and request.user.is_authenticated:
        tried = request.user.get_username()
    return str(tried).strip().lower()[:150]


def client_address(request: HttpRequest) -> str:
    """The address of the person's side of our own proxies (ZHIZE_PROXIES); one reading for both libraries."""
    return get_client_ip(request) or "::"


def failure_limit(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    return _rule(request, credentials).lock_after_failures


def cool_off(request: HttpRequest | None) -> timedelta:
    if request is None:
        return timedelta(minutes=selectors.shipped_sign_in_rule(clock.today()).lock_minutes)
    return timedelta(minutes=_rule(request, getattr(request, "axes_credentials", None)).lock_minutes)


def locked_page(
    request: HttpRequest, original: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429 in words: how long, and whom to ask."""
    rule = _rule(request, credentials)
    context = {"minutes": rule.lock_minutes, "failures": rule.lock_after_failures}
    response = render(request, "account/lockout.html", context, status=429)
    response["Retry-After"] = str(rule.lock_minutes * 60)
    return response


def _rule(request: HttpRequest, credentials: dict[str, Any] | None) -> SignInRule:
    """The rule for the tried account, read once a request; axes asks several times."""
    username = tried_username(request, credentials)
    known: dict[str, SignInRule] = request.__dict__.setdefault("_zhize_sign_in_rules", {})
    if username not in known:
        known[username] = selectors.sign_in_rule(selectors.account_named(username), clock.today())
    return known[username]
