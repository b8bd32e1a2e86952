"""The base of signed-in pages: an actor with a hat, one `now`, errors answered as pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from zhize.core.kernel.errors import CoreError, NoSuchStep
from zhize.kit.errors import EditConflict, Problem, ZhizeError
from zhize.kit.requests import HttpRequestWithActor

P = ParamSpec("P")


def page(
    view: Callable[Concatenate[HttpRequestWithActor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Marks a view as a signed-in page: sign-in first, then an actor; a refusal of ours becomes its page in words.

    An expired session under htmx answers with a full redirect, so that no sign-in form lands inside a table.
    """

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if getattr(request, "htmx", False):
                response = HttpResponse(status=204)
                response["HX-Redirect"] = resolve_url("account_login")
                return response
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)  # type: ignore[arg-type]
        except EditConflict as error:
            return render(request, "kit/conflict.html", {"error": error}, status=error.status)
        except ZhizeError as error:
            return render(
                request,
                "errors/problem.html",
                {"problem": error.problem, "status": error.status},
                status=error.status,
            )
        except CoreError as error:  # what another person did first answers 409, what is written wrongly 400
            problem = Problem(error.what, error.where, error.why, error.remedy)
            return problem_page(request, problem, 409 if isinstance(error, NoSuchStep) else 400)

    inner.zhize_page = True  # type: ignore[attr-defined]
    return inner


def problem_page(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    """A refusal as a page: what is wrong, where, why, what to do."""
    return render(request, "errors/problem.html", {"problem": problem, "status": status}, status=status)


def found(value: Any) -> Any:
    """The thing, or 404: outside the scope a thing does not exist."""
    if value is None:
        raise Http404
    return value


def wants_fragment(request: HttpRequest) -> bool:
    """One URL serves page and fragment; the fragment is asked for by htmx."""
    return bool(getattr(request, "htmx", False)) and not getattr(request.htmx, "boosted", False)  # type: ignore[attr-defined]
