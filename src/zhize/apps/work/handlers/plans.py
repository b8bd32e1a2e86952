"""What plans register when the product starts."""

from __future__ import annotations


def connect() -> None:
    """Called once by `AppConfig.ready`."""
