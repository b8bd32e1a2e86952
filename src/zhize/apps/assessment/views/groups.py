"""考核组: who scores what of a round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.models import Round, ScoringGroup
from zhize.kit.acting import acted, demand
from zhize.kit.clock import local_day
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@require_safe
@page
def listed(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The groups of a round, and whom none of them scores yet."""
    round_ = found(selectors.round_by_pk(request.actor, pk))
    demand(
        policies.may_see_all(request.actor, round_),
        _("只有办公室和监督人员可以看考核组"),
        _("请切换到办公室或监督岗位的身份"),
    )
    groups = list(selectors.groups_of(round_))
    scheme = mapping.scheme_of(round_)
    context = {
        "round": round_,
        "groups": groups,
        "titles": {leaf.code: leaf.name for leaf in scheme.root.leaves()},
        "ungrouped": selectors.ungrouped(round_, groups),
        "keeps": policies.may_keep(request.actor, round_) and round_.state in services.GROUPS_OPEN,
    }
    return render(request, "assessment/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """新建考核组."""
    return _edit(request, found(selectors.round_by_pk(request.actor, pk)), None)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def change(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Name, people, objects and criteria of a group."""
    group = found(selectors.group_by_pk(request.actor, pk))
    return _edit(request, group.round, group)


def _edit(request: HttpRequestWithActor, round_: Round, group: ScoringGroup | None) -> HttpResponse:
    demand(
        policies.may_keep(request.actor, round_),
        _("只有本辖区办公室可以编排考核组"),
        _("请切换到办公室的身份"),
    )
    form = forms.ScoringGroupForm(
        request.POST if request.method == "POST" else None,
        group=group,
        people=selectors.assessors_of(round_, local_day(request.now)),
        objects=selectors.objects_of(round_),
        leaves=selectors.leaves_for_groups(round_),
    )

    def again(bound: Any, status: int = 200) -> HttpResponse:
        context = {"round": round_, "group": group, "form": bound}
        return render(request, "assessment/group.html", context, status=status)

    if request.method != "POST":
        return again(form)
    return acted(
        request,
        form,
        lambda data: services.scoring_group_set(
            round_=round_, group=group, **data, actor=request.actor, now=request.now
        ),
        said=_("已保存，组内人员会收到消息"),
        back=reverse("assessment:groups", args=[round_.pk]),
        again=again,
    )


@require_POST
@page
def drop(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """撤销考核组."""
    group = found(selectors.group_by_pk(request.actor, pk))
    services.scoring_group_drop(group=group, actor=request.actor, now=request.now)
    messages.success(request, _("已撤销，已评的分数不变"))
    return redirect("assessment:groups", group.round_id)
