"""What is drawn or printed is Chinese, whatever language the person who has it made reads the product in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

P = ParamSpec("P")
T = TypeVar("T")
LANGUAGE = "zh-hans"


def in_chinese(function: Callable[P, T]) -> Callable[P, T]:
    """Choices, labels and messages within this function are the Chinese ones.

    Put on every service that drafts an official document and on whatever writes a printed file
    (`tests/architecture/test_papers_are_chinese.py` asks for it). `translation.override` itself as a decorator keeps the
    language it found on the decorator, which several threads share; here each call has its own.
    """

    @wraps(function)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> T:
        with translation.override(LANGUAGE):
            return function(*args, **kwargs)

    return speaking
