"""Matters raised for coordination on the situation page and the leader's page."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.db.models import Case, Count, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhize.apps.regulations.selectors import bounds
from zhize.apps.work.models import Matter
from zhize.apps.work.selectors.coordination import UNSETTLED, MatterLight, MatterTally, matter_light_q
from zhize.apps.years.selectors import year_by_pk
from zhize.kit.actor import Actor
from zhize.kit.contributions import BRIEF_LINES, Brief, BriefLine, BriefQuestion, Figure, Situation

HEADS = (gettext_lazy("提请协调"), gettext_lazy("未答复"), gettext_lazy("逾期未答复"))


def matters_situation(actor: Actor, year_id: int, today: date) -> Situation:
    """Raised, not answered, and not answered by the day asked for; by unit, by region of governments below. One statement
    beside the year's and the day's."""
    year = year_by_pk(actor, year_id)
    if year is None:
        return Situation()
    late = matter_light_q(MatterLight.OVERDUE, bounds(today))
    rows = Matter.objects.visible_to(actor).filter(year=year).exclude(state=Matter.State.WITHDRAWN).order_by()
    counted = rows.values_list("unit_id", "unit__code", "unit__region_id").annotate(
        n=Count("pk"), left=Count("pk", filter=Q(state__in=UNSETTLED)), late=Count("pk", filter=late)
    )
    units: dict[int, tuple[Figure, ...]] = {}
    regions: dict[int, list[int]] = {}
    total = [0, 0, 0]
    here: dict[str, object] = {"year": year.label}
    for unit, code, region, *numbers in counted:
        total = [a + b for a, b in zip(total, numbers, strict=True)]
        if region == actor.region_id:
            units[unit] = _figures(numbers, here | {"unit": code})
        else:
            regions[region] = [a + b for a, b in zip(regions.get(region, [0, 0, 0]), numbers, strict=True)]
    return Situation(
        totals=_figures(total, here) if total[0] else (),
        by_unit=units,
        by_region={pk: _figures(numbers, here) for pk, numbers in regions.items()},
    )


def _figures(numbers: list[int], query: dict[str, object]) -> tuple[Figure, ...]:
    raised, left, late = numbers
    return (
        Figure(HEADS[0], str(raised), _address(query)),
        Figure(HEADS[1], str(left), _address(query | {"tally": MatterTally.LEFT.value})),
        Figure(
            HEADS[2],
            str(late),
            _address(query | {"light": MatterLight.OVERDUE.value}),
            "overdue" if late else "",
        ),
    )


def _address(query: dict[str, object]) -> str:
    return f"{reverse('work:matters')}?{urlencode(query)}"


def matters_brief(actor: Actor, asked: BriefQuestion) -> Brief:
    """Laid before a leader; raised and settled lately; late without an answer. Two statements beside the year's."""
    year = year_by_pk(actor, asked.year_id)
    if year is None:
        return Brief()
    rows = Matter.objects.visible_to(actor).filter(year=year).order_by()
    if asked.unit_ids:
        rows = rows.filter(unit_id__in=asked.unit_ids)
    late = matter_light_q(MatterLight.OVERDUE, bounds(asked.today))
    open_ = rows.filter(Q(state=Matter.State.SUBMITTED) | late).annotate(
        first=Case(When(state=Matter.State.SUBMITTED, then=0), default=1)
    )
    shown = list(open_.order_by("first", "due_on", "pk")[: 2 * BRIEF_LINES])
    waiting = [one for one in shown if one.state == Matter.State.SUBMITTED][:BRIEF_LINES]
    stuck = [one for one in shown if one.state != Matter.State.SUBMITTED][:BRIEF_LINES]
    found = rows.aggregate(
        raised=Count("pk", filter=Q(raised_at__date__gte=asked.since) & ~Q(state=Matter.State.WITHDRAWN)),
        settled=Count("pk", filter=Q(settled_on__gte=asked.since)),
    )
    base: dict[str, object] = {"year": year.label}
    changed = (
        (found["raised"], _("新提请协调事项 %(n)s 件"), base | {"raised_at_from": asked.since}),
        (found["settled"], _("协调解决事项 %(n)s 件"), base | {"settled_on_from": asked.since}),
    )
    return Brief(
        decide=tuple(_line(one, _("请批示：") + one.wanted) for one in waiting),
        changed=tuple(
            BriefLine(words % {"n": n}, "" if asked.unit_ids else _address(query))
            for n, words, query in changed
            if n
        ),
        stuck=tuple(_line(one, f"{one.get_state_display()}：{one.problem}") for one in stuck),
    )


def _line(one: Matter, why: str) -> BriefLine:
    return BriefLine(one.title, reverse("work:matter", args=[one.pk]), one.unit_id, one.due_on, why[:200])
