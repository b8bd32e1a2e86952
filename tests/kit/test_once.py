"""What is worked out once for a request is worked out anew for the next, and every time outside one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from zhize.kit import once
from zhize.kit.requests import RequestIdMiddleware


@pytest.fixture
def numbers() -> Iterator[int]:
    return iter(range(100))


def test_within_a_request_once_outside_every_time(numbers: Iterator[int]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{[once.once('key', lambda: next(numbers)) for _ in range(3)]}")

    answer = RequestIdMiddleware(view)
    assert [answer(HttpRequest()).content for _ in range(2)] == [b"[0, 0, 0]", b"[1, 1, 1]"]
    assert [once.once("key", lambda: next(numbers)) for _ in range(2)] == [2, 3]


def test_a_file_that_streams_keeps_it_to_its_end(numbers: Iterator[int]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        lines = (f"{once.once('key', lambda: next(numbers))}" for _ in range(3))
        return StreamingHttpResponse(lines)  # type: ignore[return-value]

    for expected in (b"000", b"111"):
        response = RequestIdMiddleware(view)(HttpRequest())
        assert b"".join(response.streaming_content) == expected  # type: ignore[attr-defined]
    assert [once.once("key", lambda: next(numbers)) for _ in range(2)] == [2, 3]
