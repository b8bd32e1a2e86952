"""目标备案: confirmed by the object, granted or sent back by the office, on one page."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.assessment import forms, policies, selectors, services
from zhize.apps.assessment.models import Assessed, GoalFiling
from zhize.kit.acting import acted, demand
from zhize.kit.action_forms import VersionForm
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.things import ThingRef, resolve
from zhize.kit.views import found, page


@require_http_methods(["GET", "HEAD", "POST"])
@page
def goals(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """备案目标 (POST), 同意调整 (act=grant), 退回 (act=return)."""
    actor = request.actor
    assessed: Assessed = found(selectors.object_by_pk(actor, pk))
    filing: GoalFiling = found(selectors.filing_of(assessed))
    office, act = policies.may_enter_self(actor, assessed), request.POST.get("act", "")
    own = policies.may_evaluate_self(actor, assessed)
    if request.method == "POST":
        demand(
            office or (own and not act),
            _("这一步不由您办理"),
            _("备案由考核对象办理，同意和退回由办公室办理"),
        )
    known = selectors.goals_of(assessed.round, [assessed])[assessed.pk]

    def shown(form: Form, status: int = 200) -> HttpResponse:
        is_filing = isinstance(form, forms.GoalsForm)
        running = assessed.round.state == assessed.round.State.SELF
        waits = filing.state in (GoalFiling.State.WAITING, GoalFiling.State.RETURNED)
        context = {
            "assessed": assessed,
            "round": assessed.round,
            "filing": filing,
            "form": form if is_filing else _blank(filing, known),
            "return_form": form if isinstance(form, forms.ReturnForm) else forms.ReturnForm(),
            "files": running and waits and (own or office),
            "by_office": office and not own,
            "decides": running and office and not waits,
            "written": _links(request, filing, known),
        }
        return render(request, "assessment/goals.html", context, status=status)

    if request.method != "POST":
        return shown(_blank(filing, known))
    common: dict[str, Any] = {
        "assessed": assessed,
        "version": _version(request),
        "actor": actor,
        "now": request.now,
    }
    back = reverse("assessment:goals", args=[pk])
    if act == "return":
        return acted(
            request,
            forms.ReturnForm(request.POST),
            lambda data: services.goals_return(reason=data["reason"], **common),
            said=_("已退回"),
            back=back,
            again=shown,
        )
    if act == "grant":
        return acted(
            request,
            VersionForm(request.POST),
            lambda _data: services.goals_grant(**common),
            said=_("已同意调整，目标已备案"),
            back=back,
            again=shown,
        )
    form = forms.GoalsForm(request.POST, goals=known)
    return acted(
        request,
        form,
        lambda _data: services.goals_file(asks=form.asks(), **common),
        said=_("已备案"),
        back=back,
        again=shown,
    )


def _blank(filing: GoalFiling, known: list[selectors.Goal]) -> forms.GoalsForm:
    """Empty, or with what was asked before it was sent back."""
    asked = {one["code"]: one for one in filing.asks}
    initial: dict[str, object] = {"version": filing.version}
    for n, goal in enumerate(known):
        if goal.code in asked:
            initial |= {f"asked{n}": asked[goal.code]["asked"], f"why{n}": asked[goal.code]["why"]}
    return forms.GoalsForm(goals=known, initial=initial)


def _version(request: HttpRequestWithActor) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else None


def _links(request: HttpRequestWithActor, filing: GoalFiling, known: list[selectors.Goal]) -> dict[str, str]:
    """Where each goal is written, as far as this actor may follow. One statement a kind."""
    refs = {goal.ref for goal in known if goal.ref} | {one["ref"] for one in filing.goals if one["ref"]}
    cards = resolve(request.actor, [ThingRef.parse(one) for one in refs])
    return {str(ref): card.url for ref, card in cards.items()}
