"""What the product knows is filled in: a summary from the unit's own data of the period, an answer from the last one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.requests import log_types, mapping, selectors
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.selectors.known import known_values
from zhize.apps.requests.services.common import (
    LOGGED,
    locked_request,
    log,
    refuse_ended,
    refuse_others,
    save,
)
from zhize.core.workflow.table import next_state
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.versioned import snapshot


@transaction.atomic
def request_prefill(*, request: UnitRequest, actor: Actor, now: datetime) -> UnitRequest:
    """Fills empty fields marked `prefill: digest` from the unit's own tasks, figures and obligations of the period
    (kit.contributions.digests), those marked `last` from its last accepted answer. What a person wrote stays.

    Raises `StateConflict` where nothing can be filled in.
    """
    current = _opened(request, actor)
    return _fill(current, known_values(current, set(current.answers)), actor, now)


@transaction.atomic
def request_carry_over(*, request: UnitRequest, actor: Actor, now: datetime) -> UnitRequest:
    """沿用上期: fills empty fields from the unit's last accepted answer to the same question. What a person wrote stays."""
    current = _opened(request, actor)
    last = selectors.last_answers(current)
    known = {field.name for field in mapping.fields_of(current.call)}
    values = {n: v for n, v in last.items() if n in known and n not in current.answers}
    return _fill(current, values, actor, now)


def _opened(request: UnitRequest, actor: Actor) -> UnitRequest:
    current = locked_request(request)
    refuse_others(actor, current)
    refuse_ended(current)
    next_state(TABLE, current.state, "save")
    return current


def _fill(current: UnitRequest, values: dict[str, Any], actor: Actor, now: datetime) -> UnitRequest:
    if not values:
        raise StateConflict(
            _("没有可以填入的内容"),
            where=current.call.title,
            why=_("可预填的项已经填写，或系统中没有本期数据、上期报送"),
            remedy=_("请直接填写"),
        )
    before = snapshot(current, LOGGED)
    current.state = next_state(TABLE, current.state, "save").next_state
    fields = mapping.fields_of(current.call)
    current.answers = mapping.cleaned(fields, {**current.answers, **values}, actor, draft=True)
    current.prefilled = sorted({*current.prefilled, *values})
    save(current)
    log(log_types.REQUEST_PREFILLED, current, actor, now, before=before, after=snapshot(current, LOGGED))
    return current
