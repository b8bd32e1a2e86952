"""Refuses an oversized upload by its announced length, before any of it is read (413, in words)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhize.kit import clock
from zhize.kit.files.guards import limits_on, too_large
from zhize.kit.files.limits import MB

SLACK = 2 * MB  # a form's other fields and the multipart frames


class UploadLimitMiddleware:
    """Stands after the hat, before anything reads the form: the body of a refused upload stays unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.method == "POST" and length.isdigit() and int(length) > MB:
            actor = getattr(request, "actor", None)
            limits = limits_on(clock.today(), actor.jurisdiction_code if actor else "")
            if int(length) > limits.max_upload * limits.max_files_per_submission + SLACK:
                problem = too_large(int(length), limits, "上传的内容").problem
                return render(request, "errors/problem.html", {"problem": problem, "status": 413}, status=413)
        return self.get_response(request)
