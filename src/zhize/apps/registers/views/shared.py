"""What pages of registers share: the type of an address, the day, the year in progress."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhize.apps.registers.models import RecordType, record_type, type_codes
from zhize.apps.years import selectors as years
from zhize.kit.clock import local_day
from zhize.kit.errors import NotAllowed
from zhize.kit.requests import HttpRequestWithActor

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def day_of(request: HttpRequestWithActor) -> date:
    """The day of this request in the office's time zone."""
    return local_day(request.now)


def type_of(request: HttpRequestWithActor, code: str) -> RecordType:
    """The type of an address, as today's edition has it; 404 for none."""
    if code not in type_codes():
        raise Http404
    return record_type(code, day_of(request))


def period_of(request: HttpRequestWithActor) -> tuple[date, date, str]:
    """The year in progress, or the calendar year where none was opened: first day, last day, its name."""
    today = day_of(request)
    if year := years.year_in_progress(request.actor, today):
        return year.starts_on, year.ends_on, year.label
    return date(today.year, 1, 1), date(today.year, 12, 31), _("%(year)s年") % {"year": today.year}


def demand_hat(request: HttpRequestWithActor) -> None:
    """Pages without a thing: whoever has a hat."""
    if request.actor.jurisdiction_id is None:
        raise NotAllowed(_("您还没有岗位，不能查看台账"), remedy=_("请联系本辖区的系统管理员"))
