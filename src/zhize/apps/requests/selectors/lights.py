"""The light of an answer, from its state, its due date and two boundaries of the day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from zhize.apps.requests.models import UnitRequest
from zhize.core.duties.lights import Boundaries
from zhize.core.requests.answers import light
from zhize.kit.clock import local_day
from zhize.kit.scope import NOTHING

STATE = UnitRequest.State
OPEN = (STATE.WAITING, STATE.DRAFTING, STATE.WITHDRAWN)
MISSING = (*OPEN, STATE.RETURNED)


class ReplyLight(models.TextChoices):
    """What a person sees: the value names the shape and colour in the design system."""

    OVERDUE = "overdue", _("逾期未报")
    RETURNED = "returned", _("已退回")
    SOON = "soon", _("临期")
    NOT_DUE = "not_due", _("待报送")
    CLAIMED = "claimed", _("待审核")
    DONE = "done", _("已接收")
    DONE_LATE = "done_late", _("逾期报送")


def light_of(row: UnitRequest, day: Boundaries) -> ReplyLight:
    """The light of a row already read (`requests.answer`): no query."""
    handed_in_on = local_day(row.submitted_at) if row.submitted_at else None
    return ReplyLight(light(row.state, row.due_on, handed_in_on, day).value)


def light_q(chosen: str, day: Boundaries) -> Q:
    """The SQL condition for one light; holds exactly where `light_of` gives it (a test compares them)."""
    day_of = TruncDate("submitted_at")
    in_time = Q(due_on__gte=day.today)
    conditions = {
        ReplyLight.OVERDUE: Q(state__in=MISSING, due_on__lt=day.today),
        ReplyLight.RETURNED: Q(state=STATE.RETURNED) & in_time,
        ReplyLight.SOON: Q(state__in=OPEN, due_on__lte=day.warn_until) & in_time,
        ReplyLight.NOT_DUE: Q(state__in=OPEN, due_on__gt=day.warn_until) & in_time,
        ReplyLight.CLAIMED: Q(state=STATE.SUBMITTED),
        ReplyLight.DONE: Q(state=STATE.ACCEPTED, due_on__gte=day_of),
        ReplyLight.DONE_LATE: Q(state=STATE.ACCEPTED, due_on__lt=day_of),
    }
    return conditions[ReplyLight(chosen)] if chosen in ReplyLight.values else NOTHING
