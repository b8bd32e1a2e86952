"""The minutes on a conference's page: the rounds on their draft, and the words agreed with what the office can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhize.apps.work.forms import conferences as forms
from zhize.apps.work.models import Conference, MinutesWording, Resolution
from zhize.apps.work.selectors.minutes import rounds_of_minutes, wordings_of
from zhize.kit.actor import Actor


def of_minutes(
    actor: Actor,
    conference: Conference,
    resolutions: Sequence[Resolution],
    may: Mapping[str, bool],
    bound: Mapping[str, Any],
) -> dict[str, Any]:
    """`rounds` and `wordings` for whoever prepares it, once it was held; `bound`: a form that came back, (row, form) by name."""
    if not may["prepare"] or conference.state not in ("held", "minuted"):
        return {"rounds": [], "wordings": []}
    rounds = rounds_of_minutes(actor, conference)
    found = wordings_of(actor, conference) if rounds else []
    return {"rounds": rounds, "wordings": [_shown(one, resolutions, may, bound) for one in found]}


def _shown(
    one: MinutesWording, rows: Sequence[Resolution], may: Mapping[str, bool], bound: Mapping[str, Any]
) -> dict[str, Any]:
    came_back = {name: form for name, (pk, form) in bound.items() if pk == one.pk}
    if not may["decide"]:
        return {"row": one, "forms": {}, "open": False}
    start = {"resolution": one.resolution_id, "words": one.after or one.before}
    made: dict[str, Any] = {
        "carry": forms.WordingForm(initial=start, rows=rows, auto_id=f"id_wording_{one.pk}_%s")
    }
    if one.state != MinutesWording.State.LEFT_OUT:
        made["leave"] = forms.LeaveOutForm(auto_id=f"id_leave_{one.pk}_%s")
    return {"row": one, "forms": made | came_back, "open": bool(came_back)}
