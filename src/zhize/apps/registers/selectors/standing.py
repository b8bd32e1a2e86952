"""How a record stands on a day: valid, due soon, expired. Computed when read, from indexed columns and two dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.registers.models import Record, RecordType
from zhize.core.registers.due import DueBounds, due_bounds, standing_of
from zhize.core.registers.due import Standing as CoreStanding


class Standing(models.TextChoices):
    """The light of a record: its value names shape and colour in the design system."""

    VALID = "not_due", _("有效")
    SOON = "soon", _("即将到期")
    EXPIRED = "overdue", _("已过期")
    FAILED = "returned", _("不合格")
    ENDLESS = "standing", _("无到期日")
    REPLACED = "waived", _("已有新记录")


class DueStanding(models.TextChoices):
    """Those of them that are on the list of what is due."""

    SOON = "soon", _("即将到期")
    EXPIRED = "overdue", _("已过期")


LIGHTS = {
    CoreStanding.VALID: Standing.VALID,
    CoreStanding.SOON: Standing.SOON,
    CoreStanding.EXPIRED: Standing.EXPIRED,
    CoreStanding.FAILED: Standing.FAILED,
    CoreStanding.ENDLESS: Standing.ENDLESS,
}


def bounds_of(type_: RecordType, today: date) -> DueBounds:
    return due_bounds(today, type_.rule.remind_days)


def standing(record: Record, bounds: DueBounds) -> Standing:
    """The light of one record; an older one of the same object has been replaced."""
    if not record.is_latest:
        return Standing.REPLACED
    failed = record.outcome == Record.Outcome.FAIL
    return LIGHTS[standing_of(record.due_on, failed=failed, bounds=bounds)]


def standing_q(chosen: str, bounds: DueBounds) -> Q:
    """The same as a condition in SQL."""
    latest, passed = Q(is_latest=True), ~Q(outcome=Record.Outcome.FAIL)
    return {
        Standing.REPLACED: Q(is_latest=False),
        Standing.FAILED: latest & Q(outcome=Record.Outcome.FAIL),
        Standing.ENDLESS: latest & passed & Q(due_on__isnull=True),
        Standing.EXPIRED: latest & passed & Q(due_on__lt=bounds.today),
        Standing.SOON: latest & passed & Q(due_on__gte=bounds.today, due_on__lte=bounds.warn_until),
        Standing.VALID: latest & passed & Q(due_on__gt=bounds.warn_until),
    }[Standing(chosen)]


def due_q(types: Iterable[RecordType], today: date) -> Q:
    """Records of any of these types that are due soon or expired, each type by its own days of warning."""
    found = Q(pk__in=[])
    for one in types:
        if one.reading.due:
            found |= Q(type=one.code, due_on__lte=bounds_of(one, today).warn_until)
    return Q(state=Record.State.ACTIVE, is_latest=True, due_on__isnull=False) & found
