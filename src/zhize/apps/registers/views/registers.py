"""The register of registers, and what is due in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.orgs.models import Region, Unit
from zhize.apps.orgs.selectors import region_name
from zhize.apps.registers import policies, selectors
from zhize.apps.registers.specs import due
from zhize.apps.registers.views.shared import day_of, demand_hat, period_of
from zhize.kit.columns import columns_of
from zhize.kit.list_views import list_page
from zhize.kit.lists import Listing
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

TOLD = 100  # lines of a text to paste; a longer one nobody reads


@require_safe
@page
def index(request: HttpRequestWithActor) -> HttpResponse:
    """业务台账: the registers this hat keeps or may read, with the year's counts and what is due; `?region=`, `?keeper=`
    of one region (with what lies below it) or one unit alone, as the situation page counts them."""
    demand_hat(request)
    start, end, label = period_of(request)
    types = selectors.readable(request.actor, day_of(request))
    of = _narrowed(request)
    rows = selectors.summaries(
        request.actor, types, (start, end), day_of(request), of.condition if of else None
    )
    rows = [one for one in rows if one.n or of is None]
    kept = [one for one in rows if policies.may_keep(request.actor, one.type)]
    context = {
        "kept": kept,
        "others": [one for one in rows if one not in kept],
        "period": label,
        "start": start,
        "end": end,
        "n": sum(one.in_period for one in rows),
        "of": of,
        "rate_words": selectors.rate_words,
        "interval_words": selectors.interval_words,
    }
    return render(request, "registers/index.html", context)


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """Of whom alone: in words, as a condition, and as the conditions of the list of one register."""

    words: str
    condition: Q
    query: dict[str, str]


def _narrowed(request: HttpRequestWithActor) -> _Narrowed | None:
    asked = {name: request.GET.get(name, "") for name in ("region", "keeper")}
    if asked["region"].isdecimal():
        region = found(Region.objects.visible_to(request.actor).by_pk(int(asked["region"])))
        below = Q(region=region) | Q(region__parent=region)
        return _Narrowed(region_name(region), below, {"region": region.code})
    if asked["keeper"].isdecimal():
        unit = found(Unit.objects.visible_to(request.actor).by_pk(int(asked["keeper"])))
        return _Narrowed(unit.name, Q(keeper=unit), {"keeper": unit.code})
    return None


@require_safe
@page
def due_list(request: HttpRequestWithActor) -> HttpResponse:
    """到期提醒: what falls due soon or has expired, with a text ready to paste."""
    spec = due.spec_on(day_of(request))
    return list_page(request, spec, "registers/due.html", figures=_reminder)


def _reminder(listing: Listing) -> dict[str, Any]:
    """The reminder of the rows found: a line a record. One statement."""
    columns = {c.name: c for c in columns_of(listing.spec.fields)}
    rows = list(listing.filtered.order_by("due_on", "pk")[: TOLD + 1])
    lines = [
        _("%(n)s. %(subject)s：%(name)s %(title)s，%(due)s到期，%(what)s。")
        % {
            "n": n,
            "subject": columns["subject"].text(row) or _("（未登记主体）"),
            "name": columns["name"].text(row) or columns["register"].text(row),
            "title": row.title,
            "due": row.due_on.isoformat(),
            "what": columns["what"].text(row),
        }
        for n, row in enumerate(rows[:TOLD], 1)
    ]
    if len(rows) > TOLD:
        lines.append(_("……（只列前 %(n)s 条，可按地区或台账筛选后分别提醒）") % {"n": TOLD})
    head = _("下列事项即将到期或已经到期，请及时办理：")
    return {"text": "\n".join([head, *lines]), "lines": len(lines)} if lines else {"text": "", "lines": 0}
