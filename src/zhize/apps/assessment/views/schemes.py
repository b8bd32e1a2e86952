"""考核办法: those in force as trees with totals and findings."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.assessment import mapping, policies, selectors
from zhize.apps.assessment.selectors import Edition
from zhize.apps.assessment.specs import SCHEME
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.core.scoring.numbers import say
from zhize.core.scoring.scheme import Node, Part, Scheme
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed
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
        valid_from=local_day(round_.created_at),
        scheme=scheme,
        body=round_.scheme_body,
        sha256=round_.scheme_sha256,
    )
    return _page(request, kept, [], round_=round_)


@require_safe
@page
def edition(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One own edition."""
    row = found(selectors.editions_listed(request.actor).by_pk(pk))
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
