"""How long a session lasts: from sign-in, and without a touch; both as the rule stood at sign-in.

Stamps are seconds of the real clock. The last touch is written at most once a minute, so that reading pages
costs no write; idle time is therefore exact to a minute.
"""

from __future__ import annotations

from typing import Any

from zhize.apps.orgs import selectors
from zhize.kit import clock

BEGAN, SEEN, LIMITS = "zhize_began", "zhize_seen", "zhize_limits"
TOUCH_EVERY = 60


def begin(request: Any, user: Any) -> None:
    """Stamps a fresh session with its limits in seconds: (idle, whole)."""
    rule = selectors.sign_in_rule(user, clock.today())
    now = clock.wall()
    request.session[BEGAN] = request.session[SEEN] = now
    request.session[LIMITS] = [rule.session_idle_minutes * 60, rule.session_hours * 3600]


def ended(request: Any) -> str:
    """ "idle", "long", or "" while the session lives; a living one is touched. One without stamps begins now."""
    store = request.session
    if not all(key in store for key in (BEGAN, SEEN, LIMITS)):
        begin(request, request.user)
        return ""
    now = clock.wall()
    idle, whole = store[LIMITS]
    if now - store[BEGAN] > whole:
        return "long"
    if now - store[SEEN] > idle:
        return "idle"
    if now - store[SEEN] > TOUCH_EVERY:
        store[SEEN] = now
    return ""
