"""The page of two versions: what another person saved, beside what I typed, chosen field by field."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from zhize.kit.columns import columns_of
from zhize.kit.errors import EditConflict
from zhize.kit.fields import ThingSpec
from zhize.kit.forms import ThingForm, initial_of
from zhize.kit.requests import HttpRequestWithActor

PICK = "pick-"


def merged(posted: QueryDict, names: list[str]) -> tuple[QueryDict, int]:
    """The form after the choices of the conflict page: "theirs" takes the value shown there as saved.

    Gives the number of differing fields left without a choice as well. An ordinary form passes through.
    """
    if not any(key.startswith(PICK) for key in posted):
        return posted, 0
    merged, undecided = posted.copy(), 0
    for name in names:
        if posted.get(name, "") == posted.get(f"initial-{name}", ""):
            continue
        match posted.get(f"{PICK}{name}"):
            case "theirs":
                merged[name] = posted.get(f"initial-{name}", "")
            case "mine":
                pass
            case _:
                undecided += 1
    return merged, undecided


def conflict_page(
    request: HttpRequestWithActor,
    spec: ThingSpec,
    theirs: Any,
    form: ThingForm,
    error: EditConflict,
    undecided: int,
) -> HttpResponse:
    """Both versions. `form` holds mine; its hidden initial values say what I had before me when I began."""
    context = {
        "error": error,
        "form": form,
        "rows": _rows(request, spec, theirs, form, kept=bool(undecided)),
        "version": request.POST.get("version") if undecided else theirs.version,
        "undecided": undecided,
    }
    return render(request, "kit/conflict.html", context, status=409)


def _rows(
    request: HttpRequestWithActor, spec: ThingSpec, theirs: Any, form: ThingForm, *, kept: bool
) -> list[dict[str, Any]]:
    initial = initial_of(spec, theirs)
    rows = []
    for column in columns_of(spec.editable_fields):
        bound = form[column.name]
        mine, began = form.cleaned_data.get(column.name), _began(form, column.name)
        other = began if kept else initial[column.name]  # kept: what the page showed as saved
        differs = not _same(mine, other)
        picked = request.POST.get(f"{PICK}{column.name}") if kept else ""
        likely = "mine" if _same(other, began) else "theirs" if _same(mine, began) else ""
        rows.append(
            {
                "name": column.name,
                "label": column.label,
                "mine": column.words(column.read(mine)),
                "theirs": column.words(column.read(other)),
                "mine_value": _value(bound.field.prepare_value(mine if differs else other)),
                "theirs_value": _value(bound.field.prepare_value(other)),
                "differs": differs,
                "pick": picked if kept else likely,
            }
        )
    return rows


def _began(form: ThingForm, name: str) -> Any:
    """The value the form was opened with, as it travelled along."""
    field = form.fields[name]
    try:
        return field.to_python(
            field.hidden_widget().value_from_datadict(form.data, form.files, f"initial-{name}")
        )
    except ValidationError:
        return None


def _same(one: Any, other: Any) -> bool:
    """Equal to the reader: None and "" are one, 1.5 and 1.50, and line ends however a browser sends them."""
    return bool(_read(one) == _read(other))


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return "" if value is None else value


def _value(value: Any) -> str:
    """As a hidden field carries it; None and "" are one."""
    return "" if value is None else str(value)
