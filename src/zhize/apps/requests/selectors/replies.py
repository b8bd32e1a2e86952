"""Reads of what units answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from zhize.apps.documents.models import Evidence
from zhize.apps.requests.models import UnitRequest


def last_answers(request: UnitRequest) -> dict[str, Any]:
    """What the unit last had accepted for the same question: same content or template, else the same form. One statement.

    Reads: `request.call` joined. A nil report repeats nothing.
    """
    call = request.call
    same = Q(call__form=call.form)
    if call.template or call.content:
        same = Q(call__template=call.template, call__content=call.content)
    rows = UnitRequest.objects.system("the unit's own earlier answer").filter(
        same,
        unit_id=request.unit_id,
        jurisdiction_id=request.jurisdiction_id,
        state=UnitRequest.State.ACCEPTED,
    )
    last = rows.exclude(pk=request.pk).order_by("-submitted_at", "-pk").first()
    return dict((last.handed_in or {}).get("answers", {})) if last else {}


def evidence_of(request: UnitRequest) -> list[Evidence]:
    """The materials handed in with an answer, in the order they were added. One statement."""
    rows = Evidence.objects.system("what an answer the caller sees rests on").filter(
        request_links__request=request, request_links__handed_in=True
    )
    return list(rows.select_related("file").order_by("request_links__pk"))
