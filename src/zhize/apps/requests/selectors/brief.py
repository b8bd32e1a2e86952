"""The calls' lines of the leader's page: what came in within the week, whose answer is missing and why."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.selectors.lights import ReplyLight, light_q
from zhize.apps.years.selectors import bounds, year_by_pk
from zhize.kit.actor import Actor
from zhize.kit.contributions import BRIEF_LINES, Brief, BriefLine, BriefQuestion


def requests_brief(actor: Actor, asked: BriefQuestion) -> Brief:
    """Two statements, beside the day's boundaries and the year's. A call that was closed or called off keeps nobody waiting."""
    rows = UnitRequest.objects.visible_to(actor).filter(call__year_id=asked.year_id)
    if asked.unit_ids:
        rows = rows.filter(unit_id__in=asked.unit_ids)
    sent = rows.exclude(call__state__in=(Call.State.DRAFT, Call.State.CANCELLED))
    came_in = sent.aggregate(number=Count("pk", filter=Q(submitted_at__date__gte=asked.since)))["number"]
    late = rows.filter(light_q(ReplyLight.OVERDUE, bounds(asked.today)), call__state=Call.State.ISSUED)
    late = late.select_related("call").order_by("due_on", "unit__order", "pk")
    return Brief(
        changed=(BriefLine(_("收到报送 %(n)s 件") % {"n": came_in}, _address(actor, asked)),)
        if came_in
        else (),
        stuck=tuple(
            BriefLine(
                words=row.call.title,
                url=reverse("requests:request", kwargs={"pk": row.pk}),
                unit_id=row.unit_id,
                on=row.due_on,
                why=_why(row),
            )
            for row in late[:BRIEF_LINES]
        ),
    )


def _address(actor: Actor, asked: BriefQuestion) -> str:
    """The answers that came in; none where only some units are asked about, by which the list does not narrow."""
    year = None if asked.unit_ids else year_by_pk(actor, asked.year_id)
    query = {"year": year.label, "submitted_at_from": asked.since.isoformat()} if year else {}
    return reverse("requests:replies", query=query) if query else ""


def _why(row: UnitRequest) -> str:
    if row.state == UnitRequest.State.RETURNED and row.comment:
        return _("退回后没有补正：%(comment)s") % {"comment": row.comment}
    return _("退回后没有补正") if row.state == UnitRequest.State.RETURNED else _("没有报送")
