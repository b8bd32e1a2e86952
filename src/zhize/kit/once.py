"""What is worked out once for a request: boundaries of lights, asked for by every row of a list.

Outside a request nothing is kept: services and background tasks ask anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")
Store = dict[Hashable, Any]
_kept: ContextVar[Store | None] = ContextVar("zhize_once", default=None)


def begin() -> None:
    """A new request: nothing of the one before it is left."""
    _kept.set({})


def end() -> None:
    _kept.set(None)


def until_read(lines: Iterable[T]) -> Iterator[T]:
    """The lines of a file that streams, with what was kept until the last of them is read."""
    try:
        yield from lines
    finally:
        end()


def once(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, kept under `key` until the request ends. `key` names everything that it depends on."""
    store = _kept.get()
    if store is None:
        return make()
    if key not in store:
        store[key] = make()
    return cast(T, store[key])
