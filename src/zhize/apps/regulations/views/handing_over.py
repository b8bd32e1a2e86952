"""移交: units that ended, what they still owe, and who takes over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations import policies, selectors, services
from zhize.apps.years import selectors as years
from zhize.kit.errors import NotAllowed, ZhizeError
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


class HandOverForm(forms.Form):
    """One unit that ended, and the successor chosen for it."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none())
    heir = forms.ModelChoiceField(queryset=Unit.objects.none())

    def __init__(self, data: object, ended: list[selectors.Ended]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        known = Unit.objects.system("units on the page")
        self.fields["unit"].queryset = known.filter(pk__in=[one.unit.pk for one in ended])  # type: ignore[attr-defined]
        among = {unit.pk for one in ended for unit in one.among}
        self.fields["heir"].queryset = known.filter(pk__in=among)  # type: ignore[attr-defined]
        words = {"required": _("请选择承接单位"), "invalid_choice": _("请从所列单位中选择")}
        for field in self.fields.values():
            field.error_messages.update(words)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def hand_over(request: HttpRequestWithActor) -> HttpResponse:
    """机构改革移交: one line a unit that ended, with the number still owed and the successor to choose."""
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以移交履职事项"), remedy=_("请切换到办公室的身份"))
    year = years.year_in_progress(request.actor, request.now.date())
    ended = selectors.ended_holders(year, request.now.date()) if year else []
    problem = ""
    if request.method == "POST" and year:
        form = HandOverForm(request.POST, ended)
        if form.is_valid():
            try:
                done = services.obligations_hand_over(
                    year=year, **form.cleaned_data, actor=request.actor, now=request.now
                )
            except ZhizeError as error:
                problem = str(error.problem)
            else:
                words = _("已移交 %(moved)s 件；%(joined)s 件与承接单位已有事项合并") % {
                    "moved": done.moved,
                    "joined": done.joined,
                }
                chosen = next(one for one in ended if one.unit == form.cleaned_data["unit"])
                for label, number in chosen.others:
                    words += _("；%(label)s %(number)s 项") % {"label": label, "number": number}
                messages.success(request, words)
                return redirect("regulations:hand_over")
        else:
            problem = " ".join(str(word) for words in form.errors.values() for word in words)
    context = {"year": year, "ended": ended, "problem": problem}
    return render(request, "regulations/hand_over.html", context, status=400 if problem else 200)
