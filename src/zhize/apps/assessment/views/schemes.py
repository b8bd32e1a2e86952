"""考核办法: those in force as trees with totals and findings; a new edition from text."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhize.apps.assessment import forms, mapping, policies, selectors, services
from zhize.apps.assessment.selectors import Edition
from zhize.apps.assessment.specs import SCHEME
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.core.kernel.errors import CoreError
from zhize.core.scoring.findings import Finding
from zhize.core.scoring.numbers import say
from zhize.core.scoring.scheme import Node, Part, Scheme
from zhize.core.scoring.writing import digest_of
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A criterion of a scheme: points declared, the sum of its parts where they differ, the rule in words."""

    node: Node
    depth: int
    points: str
    sum: str
    rule: str


def tree_of(scheme: Scheme) -> list[TreeRow]:
    return [_row(node, depth - 1) for depth, node in scheme.root.walk() if node.code]


def _row(node: Node, depth: int) -> TreeRow:
    points = "" if node.part is Part.BONUS and node.points is None else say(node.worth)
    parts = [child.worth for child in node.children if child.part is Part.BASE]
    total = sum(parts, start=node.worth - node.worth)
    declared = node.out_of if node.out_of is not None else node.worth
    differs = bool(parts) and not any(child.only for child in node.children) and total != declared
    rule = node.method.words(node.worth if node.out_of is None else node.out_of) if node.method else ""
    return TreeRow(node, depth, points, say(total) if differs else "", rule)


@require_safe
@page
def index(request: HttpRequestWithActor) -> HttpResponse:
    """The schemes in force today, and the one chosen (`?code=`) as a tree with what the loader found."""
    if not policies.may_see_rounds(request.actor):
        raise NotAllowed(_("请先切换到一个岗位"))
    editions = selectors.schemes_in_force(own_jurisdiction(request.actor), request.now.date())
    code = request.GET.get("code", "")
    chosen = next((one for one in editions if one.code == code), editions[0] if editions else None)
    return _page(request, chosen, editions)


@require_safe
@page
def round_scheme(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The scheme of a round, as it was kept when the round was made."""
    round_ = found(selectors.round_by_pk(request.actor, pk))
    scheme = mapping.scheme_of(round_)
    kept = Edition(
        code=round_.scheme_code,
        title=round_.scheme_title,
        about=scheme.note,
        source=scheme.source,
        valid_from=mapping.local_day(round_.created_at),
        scheme=scheme,
        body=round_.scheme_body,
        sha256=round_.scheme_sha256,
    )
    return _page(request, kept, [], round_=round_)


@require_safe
@page
def edition(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One own edition."""
    row = found(selectors.editions_listed(request.actor).filter(pk=pk).first())
    return _page(request, selectors.edition_of(row), [])


def _page(
    request: HttpRequestWithActor, chosen: Edition | None, editions: list[Edition], round_: object = None
) -> HttpResponse:
    context = {
        "editions": editions,
        "chosen": chosen,
        "round": round_,
        "tree": tree_of(chosen.scheme) if chosen else [],
        "findings": selectors.scheme_findings(chosen.scheme) if chosen else (),
        "total": say(chosen.scheme.root.worth) if chosen else "",
        "may_keep": policies.may_keep_rounds(request.actor),
    }
    return render(request, "assessment/schemes.html", context)


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """Own editions, the old ones too."""
    return list_page(request, SCHEME, "assessment/scheme_list.html")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """登记办法: looked over first; findings come back and must be answered for."""
    if not policies.may_keep_rounds(request.actor):
        raise NotAllowed(_("只有办公室可以登记考核办法"), remedy=_("请切换到办公室的身份"))
    form = forms.SchemeForm(request.POST or None, request.FILES or None)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            scheme, _body = mapping.edition_body(data["body"])
            findings = selectors.scheme_findings(scheme)
            made = services.scheme_save(
                jurisdiction=found(own_jurisdiction(request.actor)),
                code=scheme.code or digest_of(scheme)[:8],
                source=data["source"],
                valid_from=data["valid_from"],
                body=data["body"],
                accepted=data["accepted"],
                actor=request.actor,
                now=request.now,
            )
        except CoreError as error:
            form.add_error("text", str(error))
        except BadInput as error:
            form.add_error("accepted" if findings else None, error.problem.what)
        else:
            messages.success(request, _("已登记第 %(n)s 版") % {"n": made.number})
            return redirect("assessment:edition", made.pk)
    context = {"form": form, "findings": findings}
    return render(request, "assessment/scheme_form.html", context, status=400 if form.is_bound else 200)
