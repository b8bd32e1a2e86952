"""One posted form, one service: what pages with several small forms do alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from zhize.core.kernel.errors import CoreError
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, ZhizeError
from zhize.kit.requests import HttpRequestWithActor

Form = TypeVar("Form", bound=forms.BaseForm)


def demand(allowed: bool, what: str | Promise, remedy: str | Promise) -> None:
    """The policy's answer as a refusal in words, before anything is read of the form."""
    if not allowed:
        raise NotAllowed(str(what), remedy=str(remedy))


def acted(
    request: HttpRequestWithActor,
    form: forms.Form,
    run: Callable[[dict[str, Any]], Any],
    *,
    said: Any,
    back: str | Callable[[Any], str],
    again: Callable[[forms.Form, int], HttpResponse],
) -> HttpResponse:
    """Runs the service over the form's data, then `back` (or the address it gives for what the service made); a refusal comes back on the page (`again`) in the form.

    `said` is the message, or makes it from what the service made. Two people at once are answered with both versions (409); a refused right with its own page (403).
    """
    if not form.is_valid():
        return again(form, 400)
    try:
        made = run(form.cleaned_data)
    except (EditConflict, NotAllowed):
        raise
    except (ZhizeError, CoreError) as error:
        objected(form, error)
        return again(form, getattr(error, "status", 409))
    messages.success(request, said(made) if callable(said) else said)
    return redirect(back if isinstance(back, str) else back(made))


def objected(form: Form, error: ZhizeError | CoreError) -> Form:
    """The form with what the service objects to at its head: each problem of a `BadInput`, else the one there is."""
    if isinstance(error, BadInput):
        problems: list[object] = list(error.problems)
    else:
        problems = [error.problem if isinstance(error, ZhizeError) else error]
    for problem in problems:
        form.add_error(None, str(problem))
    return form
