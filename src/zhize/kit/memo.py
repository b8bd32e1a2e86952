"""What a request works out once, however many rows ask: the two boundary dates of all lights, say.

Kept for the request at hand (and for the file it streams), never between two; outside a request nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("zhize_memo", default=None)


def begin() -> None:
    """A new request knows nothing yet."""
    _kept.set({})


def end() -> None:
    """Back to working everything out anew (between tests)."""
    _kept.set(None)


def once(key: Hashable, make: Callable[[], T]) -> T:
    """The answer of `make`, asked for once a request for the same key."""
    kept = _kept.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    answer: T = kept[key]
    return answer


def forget() -> None:
    """Called by whoever changes what answers rest on."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
