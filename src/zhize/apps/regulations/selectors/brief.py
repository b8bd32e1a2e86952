"""The obligations' lines of the leader's page: what was done and what fell due within the week, who is late and why."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.selectors.lights import Light, Tally, bounds, light_q, tally_q
from zhize.apps.years.selectors import year_by_pk
from zhize.kit.actor import Actor
from zhize.kit.contributions import BRIEF_LINES, Brief, BriefLine, BriefQuestion
from zhize.kit.scope import ScopedQuerySet

STATUS = Obligation.Status
WEEK = timedelta(days=7)


def obligations_brief(actor: Actor, asked: BriefQuestion) -> Brief:
    """Two statements, beside the year's and the day's boundaries."""
    year = year_by_pk(actor, asked.year_id)
    if year is None:
        return Brief()
    rows = Obligation.objects.visible_to(actor).filter(year=year)
    if asked.region:
        rows = rows.filter(unit__region__code=asked.region)
    elif asked.unit_ids:
        rows = rows.filter(unit_id__in=asked.unit_ids)
    return Brief(changed=_changed(rows, asked, year.label), stuck=_stuck(rows, asked))


def _changed(rows: ScopedQuerySet[Obligation], asked: BriefQuestion, year: str) -> tuple[BriefLine, ...]:
    done = tally_q(Tally.DONE) & Q(done_on__gte=asked.since)
    late = light_q(Light.OVERDUE, bounds(asked.today)) & Q(due_on__gte=asked.since)
    soon = tally_q(Tally.LEFT) & Q(due_on__gte=asked.today, due_on__lte=asked.today + WEEK)
    counts = rows.aggregate(
        done=Count("pk", filter=done), late=Count("pk", filter=late), soon=Count("pk", filter=soon)
    )
    base = f"{reverse('regulations:obligations')}?"
    here = {"region": asked.region} if asked.region else {}

    def line(key: str, words: str, **query: object) -> tuple[BriefLine, ...]:
        number = counts[key]
        address = base + urlencode({"year": year, **here, **query})
        return (BriefLine(words % {"n": number}, address),) if number else ()

    return (
        *line("done", _("落实履职事项 %(n)s 件"), tally=Tally.DONE, done_on_from=asked.since),
        *line("late", _("新增逾期 %(n)s 件"), light=Light.OVERDUE, due_on_from=asked.since),
        *line(
            "soon",
            _("未来 7 天到期而尚未落实的 %(n)s 件"),
            tally=Tally.LEFT,
            due_on_from=asked.today,
            due_on_to=asked.today + WEEK,
        ),
    )


def _stuck(rows: ScopedQuerySet[Obligation], asked: BriefQuestion) -> tuple[BriefLine, ...]:
    said = Discharge.objects.system("why an obligation the actor sees was returned").filter(
        obligation=OuterRef("pk"), state=Discharge.State.RETURNED
    )
    overdue = rows.filter(light_q(Light.OVERDUE, bounds(asked.today))).select_related("duty")
    late = overdue.annotate(comment=Subquery(said.order_by("-decided_at").values("comment")[:1]))
    return tuple(
        BriefLine(
            words=f"{one.duty.title}（{one.period_label}）",
            url=reverse("regulations:obligation", kwargs={"pk": one.pk}),
            unit_id=one.unit_id,
            on=one.due_on,
            why=_why(one),
        )
        for one in late.order_by("due_on", "unit__order", "pk")[:BRIEF_LINES]
    )


def _why(obligation: Obligation) -> str:
    if obligation.status == STATUS.RETURNED:
        comment: str = getattr(obligation, "comment", "") or ""
        return _("退回后没有补正：%(comment)s") % {"comment": comment} if comment else _("退回后没有补正")
    if obligation.status == STATUS.PARTLY:
        return _("只完成 %(count)s") % {"count": obligation.count_words}
    return _("没有报送")
