"""指标卡: the list, one card, a new one, a revision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhize.apps.metrics import forms, mapping, policies, selectors, services
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.selectors.alerts import SHOWN
from zhize.apps.metrics.selectors.series import Aims
from zhize.apps.metrics.selectors.subjects import Strand
from zhize.apps.metrics.specs import CARD
from zhize.apps.orgs.selectors import own_jurisdiction
from zhize.kit.acting import objected
from zhize.kit.charts import Compared, chart_response
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.list_views import list_page
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

LISTED = 20
"""Targets on a card's page; the list has all."""


@require_safe
@page
def listed(request: HttpRequestWithActor) -> HttpResponse:
    """指标卡: every card this jurisdiction can use, those in use first asked for."""
    rows = selectors.cards_listed(request.actor)
    if "is_retired" not in request.GET:
        rows = rows.filter(is_retired=False)
    return list_page(
        request,
        CARD,
        "metrics/cards.html",
        rows=rows,
        title=_("指标卡"),
        may_keep=policies.may_keep(request.actor),
    )


@require_safe
@page
def detail(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """One card: what it means, its figures of all regions side by side, its versions."""
    card = found(selectors.card_by_pk(request.actor, pk))
    strands = _newest(request, card)
    today = local_day(request.now)
    oldest = min([today, *(s.rows[-1].period_start for s in strands if s.rows)])
    targets = selectors.targets_of_card(request.actor, card, (oldest, date.max))
    aims = Aims.of(targets)
    lines = [(s, selectors.lines_of(card, s, aims)[:1]) for s in strands]
    uses, users = selectors.cards_around(request.actor, card)
    context = {
        "card": card,
        "strands": [(s, first) for s, first in lines if s.key[0] and not s.is_deeper],
        "deeper": [(s, first) for s, first in lines if s.is_deeper],
        "units": [(s, first) for s, first in lines if s.key[1]],
        "alerts": selectors.alerts_of_card(request.actor, card)[:SHOWN],
        "alert_rules": mapping.alert_words(card),
        "versions": selectors.versions_of(card),
        "duties": selectors.duties_of_card(request.actor, card),
        "users": users,
        "uses": uses,
        "targets": targets[:LISTED],
        "has_more": len(targets) > LISTED,
        "name_of": selectors.subject_name,
        "may_revise": policies.may_revise(request.actor, card),
        "may_keep": policies.may_keep(request.actor),
        "is_comparable": sum(s.key[0] is not None and not s.is_whole and not s.is_deeper for s in strands)
        > 1,
    }
    return render(request, "metrics/card.html", context)


@require_safe
@page
def compare_chart(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """The regions side by side, as an SVG file."""
    card = found(selectors.card_by_pk(request.actor, pk))
    regions = [
        s for s in _newest(request, card) if s.key[0] and not s.is_whole and not s.is_deeper and s.last
    ]
    latest = max((s.last.period_end for s in regions if s.last), default=None)
    current = [(s, s.last) for s in regions if s.last and s.last.period_end == latest]
    targets = selectors.targets_of_card(request.actor, card, (latest, latest)) if latest else []
    goal = next((t for t in targets if t.region_id == t.jurisdiction.region_id), None)
    period = current[0][1].period_label if current else ""
    chart = Compared(
        title=f"{card} {period}",
        unit=card.unit,
        items=tuple((s.short, row.value) for s, row in current if row),
        ranges=tuple(_range(card, row) for _s, row in current if row),
        target=goal.value if goal and card.over_regions != Card.Combine.SUM else None,
        target_label=_("目标"),
        places=card.decimals,
    )
    return chart_response(request, chart)


def _newest(request: HttpRequestWithActor, card: Card) -> list[Strand]:
    """Everybody with figures of the card, each with its newest."""
    rows, strands = selectors.strands_of(request.actor, card)
    return selectors.with_newest_rows(card, strands, rows)


def _range(card: Card, row: Observation) -> tuple[Decimal, Decimal] | None:
    found = mapping.interval_of(card, row)
    return (found.low, found.high) if found else None


@require_http_methods(["GET", "HEAD", "POST"])
@page
def create(request: HttpRequestWithActor) -> HttpResponse:
    """新建指标卡: of the jurisdiction's own."""
    jurisdiction = own_jurisdiction(request.actor)
    if jurisdiction is None or not policies.may_keep(request.actor):
        raise NotAllowed(_("只有本辖区办公室可以新建指标卡"), remedy=_("请切换到办公室的身份"))
    post = request.POST if request.method == "POST" else None
    form = forms.CardForm(post, revising=False, initial={"valid_from": local_day(request.now)})
    if form.is_valid():
        try:
            card = services.card_create(
                jurisdiction=jurisdiction,
                data=form.wording(),
                duties=form.duty_codes(),
                actor=request.actor,
                now=request.now,
            )
        except (BadInput, ValidationError) as error:
            _objections(form, error)
        else:
            messages.success(request, _("已新建“%(card)s”") % {"card": card})
            return redirect("metrics:card", pk=card.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def revise(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """修订: a new version with its reason; the old one stays."""
    card = found(selectors.card_by_pk(request.actor, pk))
    if not policies.may_revise(request.actor, card):
        raise NotAllowed(
            _("只有建立这张卡的办公室可以修订"),
            why=_("随系统发布的指标卡各级共用，由最上级办公室修订"),
            remedy=_("可另建本辖区的指标卡"),
        )
    post = request.POST if request.method == "POST" else None
    form = forms.CardForm(post, revising=True, initial=forms.card_initial(card))
    if form.is_valid():
        try:
            services.card_revise(
                card=card,
                data=form.wording(card),
                duties=form.duty_codes(),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                actor=request.actor,
                now=request.now,
            )
        except (BadInput, ValidationError) as error:
            _objections(form, error)
        else:
            messages.success(request, _("已修订，原来的版本仍可查看"))
            return redirect("metrics:card", pk=pk)
    return _form_page(request, form, card)


@require_POST
@page
def retire(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """停用 or 恢复."""
    card = found(selectors.card_by_pk(request.actor, pk))
    services.card_retire(
        card=card, retired=not card.is_retired, version=None, actor=request.actor, now=request.now
    )
    messages.success(request, _("已恢复使用") if card.is_retired else _("已停用，已有的数据仍可查看"))
    return redirect("metrics:card", pk=pk)


def _objections(form: Any, error: BadInput | ValidationError) -> None:
    if isinstance(error, BadInput):
        objected(form, error)
        return
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, words in by_field.items():
        form.add_error(name if name in form.fields else None, words)


def _form_page(request: HttpRequestWithActor, form: Any, card: Card | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "metrics/card_form.html", {"form": form, "card": card}, status=status)
