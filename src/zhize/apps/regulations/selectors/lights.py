"""The light of an obligation, from its stored state, its dates and two boundaries of the day (`duties.lights`)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from zhize.apps.regulations.models import Obligation
from zhize.apps.years import selectors as years
from zhize.core.duties.lights import Boundaries, light_within
from zhize.core.duties.states import UNSETTLED, WAITING, Progress
from zhize.kit.scope import NOTHING

STATUS = Obligation.Status
_WAITING = [p.value for p in WAITING]
UNSETTLED_Q = Q(status__in=[p.value for p in UNSETTLED])
"""Still open, with the unit or with the office."""


class Light(models.TextChoices):
    """What a person sees: the value names the shape and colour in the design system."""

    OVERDUE = "overdue", _("逾期")
    RETURNED = "returned", _("已退回")
    SOON = "soon", _("临期")
    CLAIMED = "claimed", _("待确认")
    PARTLY = "partly", _("部分落实")
    NOT_DUE = "not_due", _("未到期")
    DONE = "done", _("已落实")
    DONE_LATE = "done_late", _("逾期落实")
    WAIVED = "waived", _("免办")
    STANDING = "standing", _("常态履职")


class Tally(models.TextChoices):
    """What the sums of the situation page count, each whatever its light."""

    OWED = "owed", _("应落实")
    DONE = "done", _("已落实")
    LEFT = "left", _("未落实")


# The core's words to the page's: core.duties.lights names a light by its Chinese word.
_BY_WORD = {
    "逾期": Light.OVERDUE,
    "已退回": Light.RETURNED,
    "临期": Light.SOON,
    "已报待确认": Light.CLAIMED,
    "部分履行": Light.PARTLY,
    "未到期": Light.NOT_DUE,
    "已落实": Light.DONE,
    "逾期落实": Light.DONE_LATE,
    "免办": Light.WAIVED,
    "常态": Light.STANDING,
}


def bounds(today: date) -> Boundaries:
    """The two dates every light of a request is compared with (years.selectors)."""
    return years.bounds(today)


def light_of_row(obligation: Obligation, day: Boundaries) -> Light:
    """The light of a row already read: no query."""
    return _BY_WORD[
        light_within(Progress(obligation.status), obligation.due_on, obligation.done_on, day).word
    ]


def light_q(light: str, day: Boundaries) -> Q:
    """The SQL condition for one light: comparisons of indexed columns with the boundaries.

    Holds exactly where `light_of_row` gives this light (a property test compares them).
    """
    late = Q(due_on__lt=day.today)
    in_time = Q(due_on__isnull=True) | Q(due_on__gte=day.today)
    waiting = Q(status__in=_WAITING)
    near = Q(due_on__gte=day.today, due_on__lte=day.warn_until)
    far = Q(due_on__isnull=True) | Q(due_on__gt=day.warn_until)
    after_due = Q(status=STATUS.DONE, due_on__isnull=False, done_on__isnull=False, done_on__gt=F("due_on"))
    conditions = {
        Light.OVERDUE: waiting & late,
        Light.RETURNED: Q(status=STATUS.RETURNED) & in_time,
        Light.SOON: Q(status__in=[STATUS.OPEN, STATUS.PARTLY]) & near,
        Light.PARTLY: Q(status=STATUS.PARTLY) & far,
        Light.NOT_DUE: Q(status=STATUS.OPEN) & far,
        Light.CLAIMED: Q(status=STATUS.CLAIMED),
        Light.DONE: Q(status=STATUS.DONE)
        & (Q(due_on__isnull=True) | Q(done_on__isnull=True) | Q(done_on__lte=F("due_on"))),
        Light.DONE_LATE: after_due,
        Light.WAIVED: Q(status=STATUS.WAIVED),
        Light.STANDING: Q(status=STATUS.STANDING),
    }
    return conditions[Light(light)] if light in Light.values else NOTHING


def light_case(day: Boundaries) -> Case:
    """The light as a column, for sums and long lists: the database compares, no row costs a statement."""
    whens = (When(light_q(one.value, day), then=Value(one.value)) for one in Light)
    return Case(*whens, default=Value(""), output_field=models.CharField())


def tally_q(tally: str) -> Q:
    """The SQL condition for a sum: owed is all but waived and standing ones."""
    owed = ~Q(status__in=[STATUS.WAIVED, STATUS.STANDING])
    conditions = {
        Tally.OWED: owed,
        Tally.DONE: Q(status=STATUS.DONE),
        Tally.LEFT: owed & ~Q(status=STATUS.DONE),
    }
    return conditions[Tally(tally)] if tally in Tally.values else NOTHING
