"""Create and update pages of a thing, over its services; two people editing one thing lose nothing.

A form carries the version it was opened with and the values it was opened with. When the service answers
`EditConflict`, both versions are shown side by side. What only one side changed is already chosen, what both
changed must be chosen, and the choice is saved against the newest version: should a third change come in
between, the page simply comes again. All of it is one plain form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.kit.acting import objected
from zhize.kit.columns import row_of
from zhize.kit.conflicts import conflict_page, merged
from zhize.kit.errors import BadInput, EditConflict, NotAllowed
from zhize.kit.fields import Label, ThingSpec
from zhize.kit.forms import ThingForm, form_class, initial_of
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found

Address = Callable[[Any], str]


def create_page(
    request: HttpRequestWithActor,
    spec: ThingSpec,
    *,
    template: str = "kit/form.html",
    done: Address | None = None,
    cancel: str | None = None,
    initial: dict[str, Any] | None = None,
    title: Label = "",
    **extra: Any,
) -> HttpResponse:
    """GET: an empty form. POST: `spec.create`, then `done(thing)` (the detail page by default)."""
    _demand(request, spec, spec.create)
    make = form_class(spec, request.actor)
    form = make(request.POST) if request.method == "POST" else make(initial=initial)
    if request.method == "POST" and form.is_valid():
        thing = _save(form, lambda data: _create(spec, data, request))
        if thing is not None:
            messages.success(request, _("已新增“%(thing)s”。") % {"thing": thing})
            return redirect((done or _detail(spec, request))(thing))
    words = title or _("新增%(thing)s") % {"thing": spec.label}
    return _form_page(request, template, form, words, _("新增"), cancel, extra)


def update_page(
    request: HttpRequestWithActor,
    spec: ThingSpec,
    pk: int,
    *,
    template: str = "kit/form.html",
    done: Address | None = None,
    cancel: str | None = None,
    title: Label = "",
    may: Callable[[Any], bool] | None = None,
    **extra: Any,
) -> HttpResponse:
    """GET: the thing's form. POST: `spec.update`; a conflict is answered with both versions (409).

    Outside the actor's scope 404; inside without the right 403. `may` is the policy of this one thing, where the
    right depends on it (a unit belongs to its region's administrator).
    """
    thing = found(row_of(spec, request.actor, pk))
    _demand(request, spec, spec.update, allowed=may is None or may(thing))
    make = form_class(spec, request.actor)
    if request.method == "POST":
        posted, undecided = merged(request.POST, [f.name for f in spec.editable_fields])
        form = make(
            request.POST if undecided else posted
        )  # undecided: my own words must not be overwritten yet
        if form.is_valid():
            if undecided:
                conflict = EditConflict(_("这条记录在您编辑期间已被他人修改"), theirs={}, mine={})
                return conflict_page(request, spec, thing, form, conflict, undecided)
            try:
                saved = _save(form, lambda data: _update(spec, thing, form, data, request))
            except EditConflict as conflict:
                fresh = found(row_of(spec, request.actor, pk))
                return conflict_page(request, spec, fresh, form, conflict, 0)
            if saved is not None:
                messages.success(request, _("已保存“%(thing)s”。") % {"thing": saved})
                return redirect((done or _detail(spec, request))(saved))
    else:
        form = make(initial=initial_of(spec, thing) | {"version": getattr(thing, "version", None)})
    words = title or _("修改%(thing)s：%(name)s") % {"thing": spec.label, "name": thing}
    return _form_page(request, template, form, words, _("保存"), cancel, extra)


def _create(spec: ThingSpec, data: dict[str, Any], request: HttpRequestWithActor) -> Any:
    assert spec.create is not None  # _demand has looked
    return spec.create(data=data, actor=request.actor, now=request.now)


def _update(
    spec: ThingSpec, thing: Any, form: ThingForm, data: dict[str, Any], request: HttpRequestWithActor
) -> Any:
    version = form.cleaned_data["version"]
    if version is None and hasattr(thing, "version"):
        raise BadInput(_("提交的内容缺少版本号，没有保存"), remedy=_("请重新打开这条记录再修改"))
    assert spec.update is not None
    return spec.update(thing=thing, data=data, version=version, actor=request.actor, now=request.now)


def _save(form: ThingForm, write: Callable[[dict[str, Any]], Any]) -> Any | None:
    """What the service made, or None with its objections written into the form."""
    try:
        return write(form.data_for_service())
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, words in by_field.items():
            for one in words:
                form.add_error(name if name in form.fields and name != "version" else None, one)
    except IntegrityError:
        form.add_error(None, _("与刚刚保存的另一条记录重复（如代码相同）。请核对后改正，再保存一次。"))
    except BadInput as error:
        objected(form, error)
    return None


def _demand(
    request: HttpRequestWithActor,
    spec: ThingSpec,
    service: Callable[..., Any] | None,
    *,
    allowed: bool = True,
) -> None:
    if service is None or not spec.may_edit(request.actor) or not allowed:
        raise NotAllowed(
            _("您的身份不能修改“%(thing)s”") % {"thing": spec.label}, remedy=_("请切换到有权限的岗位")
        )


def _detail(spec: ThingSpec, request: HttpRequestWithActor) -> Address:
    return lambda thing: reverse(spec.detail, kwargs={"pk": thing.pk}) if spec.detail else request.path


def _form_page(
    request: HttpRequestWithActor,
    template: str,
    form: ThingForm,
    title: Label,
    submit: str,
    cancel: str | None,
    extra: dict[str, Any],
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "cancel": cancel, **extra}
    return render(request, template, context, status=422 if form.is_bound else 200)
