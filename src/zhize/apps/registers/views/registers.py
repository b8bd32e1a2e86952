"""The register of registers, and what is due in all of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhize.apps.registers import policies, selectors
from zhize.apps.registers.specs import due
from zhize.apps.registers.views.shared import day_of, demand_hat, period_of
from zhize.kit.columns import columns_of
from zhize.kit.list_views import list_page
from zhize.kit.lists import Listing
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import page

TOLD = 100  # lines of a text to paste; a longer one nobody reads


@require_safe
@page
def index(request: HttpRequestWithActor) -> HttpResponse:
    """业务台账: the registers this hat keeps or may read, with the year's counts and what is due."""
    demand_hat(request)
    start, end, label = period_of(request)
    types = selectors.readable(request.actor, day_of(request))
    rows = selectors.summaries(request.actor, types, (start, end), day_of(request))
    kept = [one for one in rows if policies.may_keep(request.actor, one.type)]
    context = {
        "kept": kept,
        "others": [one for one in rows if one not in kept],
        "period": label,
        "start": start,
        "end": end,
        "n": sum(one.in_period for one in rows),
        "rate_words": selectors.rate_words,
        "interval_words": selectors.interval_words,
    }
    return render(request, "registers/index.html", context)


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
