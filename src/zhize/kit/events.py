"""Events: how a lower app tells those above it that something happened, without knowing them.

An event is a frozen dataclass in the past tense (`YearOpened`) in the lower app's `events.py`; a higher
app's `handlers.py` listens, registered in its `ready`. Handlers run at once, in the same transaction:
an error in one undoes the whole write. What leaves the database goes through the outbox instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")
_handlers: dict[type, list[Callable[[Any], None]]] = {}


def on(event_type: type[E], handler: Callable[[E], None]) -> None:
    """Registers a handler; the same one twice counts once."""
    handlers = _handlers.setdefault(event_type, [])
    if handler not in handlers:
        handlers.append(handler)


def emit(event: object) -> None:
    """Tells every handler. Called by services inside their transaction."""
    for handler in _handlers.get(type(event), []):
        handler(event)
