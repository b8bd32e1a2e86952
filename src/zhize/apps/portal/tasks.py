"""领导一页 by mail: what reaches a leader who does not sign in, on the leader's own rule (daily, weekly, none)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from zhize.apps.orgs.models import User
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.apps.orgs.services import mail_is_set, outbox_holds, outbox_put
from zhize.apps.portal import policies
from zhize.apps.portal.selectors import brief as reads
from zhize.apps.portal.selectors import roll_up
from zhize.apps.portal.selectors.brief_page import brief_page
from zhize.apps.years.selectors import calendar, year_in_progress
from zhize.core.kernel.workdays import WorkCalendar
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc.onepage import onepage_pdf
from zhize.kit.rules import rule

HOURS = 4  # what could not be made within so many hours after its time is left for the next day


@in_chinese
def briefs_send(now: datetime) -> int:
    """Puts today's page into the outbox, once a person and jurisdiction, each in the scope of the person's own post.

    Run every hour; the key keeps it from coming twice. Nobody without an address, and nothing without a mail server.
    """
    local = timezone.localtime(now)
    today, values = local.date(), rule("portal/brief", on=local.date())
    if not mail_is_set() or not int(values["hour"]) <= local.hour < int(values["hour"]) + HOURS:
        return 0
    days = calendar((today.year - 1, today.year + 1))
    if not days.is_working(today):
        return 0
    rules = [User.BriefRule.DAILY]
    if today == _weekly(today, int(values["weekday"]), days):
        rules.append(User.BriefRule.WEEKLY)
    people = User.objects.filter(is_active=True, brief_rule__in=rules).exclude(email="")
    return sum(
        _put(user, actor, today, now) for user in people.order_by("pk") for actor in _actors(user, today)
    )


def _weekly(today: date, weekday: int, days: WorkCalendar) -> date:
    """The day of this week on which the weekly page goes out: that weekday, or the first working day after it."""
    day = today - timedelta(days=today.isoweekday() - weekday)
    return day if days.is_working(day) else days.add(day, 1)


def _actors(user: User, today: date) -> list[Actor]:
    """One for each jurisdiction where a post of one's own may see the page; a lent post's page goes to its holder."""
    found: dict[int, Actor] = {}
    for hat in hats_of(user, today):
        actor = actor_of(user, hat, request_id="brief", channel="mail")
        if not hat.on_behalf_of and policies.may_see_brief(actor):
            found.setdefault(hat.jurisdiction_id, actor)
    return list(found.values())


def _put(user: User, actor: Actor, today: date, now: datetime) -> bool:
    key = f"brief:{today}:{user.pk}:{actor.jurisdiction_id}"
    year = year_in_progress(actor, today)
    if year is None or outbox_holds(key):
        return False
    sheet = reads.brief(actor, year, today)
    page = brief_page(actor.jurisdiction_name, year.label, roll_up(actor, year, now), sheet, now)
    title = f"{actor.jurisdiction_name}{_('领导一页')} {today:%Y-%m-%d}"
    text = _("请决定 %(decide)s 件，一周变化 %(changed)s 项，卡住 %(stuck)s 项。全文见附件，一页。") % {
        "decide": len(sheet.decide),
        "changed": len(sheet.changed),
        "stuck": len(sheet.stuck) + sheet.left_out,
    }
    return outbox_put(
        key=key, channel="mail", to=user.email, subject=title, text=text,
        attachment=onepage_pdf(page), attachment_name=f"{title}.pdf", now=now,
    )  # fmt: skip
