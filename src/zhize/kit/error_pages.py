"""The pages of 400, 403, 404 and 500. The last stands by itself: nothing it needs can be broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """No context processors, no session, no database."""
    text = loader.get_template("errors/500.html").render({"request_id": getattr(request, "request_id", "")})
    return HttpResponse(text, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent after its session had ended, or from another site."""
    return render(request, "errors/csrf.html", status=403)
