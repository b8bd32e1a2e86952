"""The acting hat of a request: which post the signed-in person wears now."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from zhize.apps.orgs import selectors
from zhize.kit import clock
from zhize.kit.actor import Actor, stand

SESSION_KEY = "zhize_post"


class HatMiddleware:
    """Sets `request.hats` (all posts the person may wear today) and `request.actor`, both lazily: one query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.hats = SimpleLazyObject(lambda: selectors.hats_of(request.user, clock.today()))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: acting(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def acting(request: HttpRequest) -> Actor | None:
    """The actor of this request; the session names the post, the first hat serves where it names none."""
    if not request.user.is_authenticated:
        return None
    hats = list(request.hats)  # type: ignore[attr-defined]
    chosen = request.session.get(SESSION_KEY)
    hat = next((h for h in hats if h.post_id == chosen), hats[0] if hats else None)
    actor = selectors.actor_of(request.user, hat, request_id=getattr(request, "request_id", ""))
    stand(hat.jurisdiction_code if hat and hat.has_own_rules else "")
    return actor
