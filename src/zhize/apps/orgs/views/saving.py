"""What the directory's own form pages share: a refusal is written into the form, a success says so and leads on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from zhize.kit.acting import objected
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.requests import HttpRequestWithActor

Write = Callable[[dict[str, Any]], Any]


def form_page(
    request: HttpRequestWithActor,
    form: forms.BaseForm,
    write: Write,
    *,
    title: Any,
    submit: Any,
    done: Any,
    said: Any,
    template: str = "orgs/form.html",
    cancel: str = "",
    **extra: Any,
) -> HttpResponse:
    """One form, one service. `write(cleaned data)` saves; `done` is an address or makes one of what was saved."""
    saved = written(form, write) if request.method == "POST" else None
    if saved is not None:
        messages.success(request, said)
        return redirect(done(saved) if callable(done) else done)
    context = {"form": form, "title": title, "submit": submit, "cancel": cancel, **extra}
    return render(request, template, context, status=422 if form.is_bound else 200)


def written(form: forms.BaseForm, write: Write) -> Any | None:
    """What the service made, or None with its objections in the form."""
    if not form.is_valid():
        return None
    try:
        return write(dict(form.cleaned_data))
    except (BadInput, StateConflict) as error:
        objected(form, error)
    return None
