"""上年未结事项: the office chooses what goes on in the year people work in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhize.apps.regulations import policies, selectors, services
from zhize.apps.years import selectors as years
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import NotAllowed, ZhizeError
from zhize.kit.forms import DayField
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page


class RolloverForm(forms.Form):
    """The rows ticked and the date they get."""

    ids = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput)
    due_on = DayField(
        label=gettext_lazy("新期限"),
        help_text=gettext_lazy("所选事项在新年度的期限，默认按规则“上年未结事项结转”推算"),
        error_messages={"required": gettext_lazy("请填写新期限")},
    )

    def __init__(self, *args: object, offered: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["ids"]
        field.choices = [(pk, str(pk)) for pk in offered]  # type: ignore[attr-defined]
        field.error_messages = {
            "required": _("请勾选要结转的事项"),
            "invalid_choice": _("所选事项中有的已不能结转，请刷新页面后重选"),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@page
def roll_over(request: HttpRequestWithActor) -> HttpResponse:
    """结转: what an earlier year left open, with what is advised of each; the ticked ones go on with a new date."""
    if not policies.may_keep_register(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以结转未结事项"), remedy=_("请切换到办公室的身份"))
    into = years.year_in_progress(request.actor, request.now.date())
    known = list(years.years_visible(request.actor).select_related("jurisdiction"))
    choices = selectors.years_to_wind_up(request.actor, known, into) if into else []
    year = _chosen(request, choices)
    if into is None or year is None:
        return render(request, "regulations/rollover.html", {"into": into, "year": None})
    left = selectors.rollover_of(year, into, request.now.date())
    form = RolloverForm(
        request.POST or None, initial={"due_on": left.due}, offered=[one.row.pk for one in left.may]
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = services.obligations_roll_over(
                year=year, into=into, **form.cleaned_data, actor=request.actor, now=request.now
            )
        except ZhizeError as error:
            form.add_error("due_on" if error.status == 400 else None, str(error.problem))
        else:
            words = _("已结转 %(n)s 件到%(year)s") % {"n": done.carried, "year": into.label}
            messages.success(request, words)
            for row, why in done.refused[:10]:
                messages.warning(request, f"{row.unit.name} {row.duty.title}：{why}")
            return redirect(f"{reverse('regulations:roll_over')}?year={year.pk}")
    ticked = set(request.POST.getlist("ids")) if request.method == "POST" else _advised(left)
    context = {
        "into": into,
        "year": year,
        "choices": [(y.pk, y.label) for y in choices],
        "left": left,
        "form": form,
        "ticked": ticked,
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "regulations/rollover.html", context, status=status)


def _chosen(request: HttpRequestWithActor, choices: list[WorkYear]) -> WorkYear | None:
    asked = request.GET.get("year", "")
    return next((y for y in choices if str(y.pk) == asked), next(iter(choices), None))


def _advised(left: selectors.LeftOver) -> set[str]:
    """Ticked from the start: what is advised to go on."""
    return {one.line.id for one in left.may if one.line.advice.value == "carry"}
