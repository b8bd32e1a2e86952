"""The request id, and the clock of a request: `request.now` is read once, so that one request has one time."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhize.kit import clock, memo
from zhize.kit.actor import Actor, stand

# Sample: "b1946ac9-2d4f-4c1e" from a proxy; anything else is replaced, so that a log line cannot be forged.
_SAFE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Gives each request an id (from the proxy where it is well-formed) and one `now`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        request.now = clock.now()  # type: ignore[attr-defined]
        memo.begin()
        stand("")
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class HttpRequestWithActor(HttpRequest):
    """What a signed-in view receives (typing only)."""

    actor: Actor
    now: datetime
    request_id: str
    htmx: Any
