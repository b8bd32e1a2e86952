"""Who calls: a bearer token acts as its post, for the scopes it was made for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from zhize.apps.orgs.selectors import Presented, token_presented
from zhize.kit import clock
from zhize.kit.actor import Actor, stand
from zhize.kit.errors import NotAllowed
from zhize.kit.views import page

READING = {"GET", "HEAD", "OPTIONS"}


class Token(HttpBearer):
    """`Authorization: Bearer zz_…`. No good token: 401. A good one without the scope: 403, naming the scope."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        shown = presented(request, token)
        if shown is None:
            return None
        needed = f"{self.scope}:{'read' if request.method in READING else 'write'}"
        if self.scope and needed not in shown.scopes:
            raise NotAllowed(
                _("令牌没有“%(scope)s”的权限") % {"scope": needed},
                why=_("令牌只能做建立时选定的事"),
                remedy=_("请在“接口令牌”页另建一个带此权限的令牌"),
            )
        stand(shown.actor.jurisdiction_code)
        request.token_scopes = sorted(shown.scopes)  # type: ignore[attr-defined]
        return shown.actor


def presented(request: HttpRequest, token: str) -> Presented | None:
    return token_presented(token, clock.today(), request_id=getattr(request, "request_id", ""))


def signed_in_or_token(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description of the API: for people signed in, and for programs with any good token."""
    for_people = page(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and presented(request, token):
            return view(request, *args, **kwargs)
        return for_people(request, *args, **kwargs)

    return inner
