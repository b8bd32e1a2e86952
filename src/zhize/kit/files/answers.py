"""Answers that are files: named in any script, never sniffed, never kept by a cache on the way."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)


def named(response: Response, disposition: str, name: str) -> Response:
    """The response with the file's name; `disposition`: attachment, or inline where the page may show it."""
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


def send_bytes(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file made for this request."""
    return named(HttpResponse(content, content_type=content_type), "attachment", name)
