"""预警: what the rules of the cards say of figures taken in, corrected or locked; who is told; the answer to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from zhize.apps.metrics import log_types, mapping, policies
from zhize.apps.metrics.models import Alert, Card, Observation
from zhize.apps.metrics.selectors.findings import span_year_ago
from zhize.apps.orgs.models import Jurisdiction, Region, Unit
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.apps.requests.policies import OFFICE, UNIT
from zhize.core.metrics.alerts import Alerted, alerts
from zhize.core.metrics.spans import Span
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.rules import rule
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "metrics.alert"
NAMED = 3
"""Figures a message names; the others are counted."""
Raised = list[tuple[Observation, list[Alerted]]]
YearKey = tuple[int, int | None, int | None, object, object]


def alerting_cards(ids: Iterable[int] | None = None) -> dict[int, Card]:
    """The cards with rules, of these or of all, by id. One statement."""
    rows = Card.objects.system("rules of cards whose figures are taken in").exclude(alerts=[])
    return {card.pk: card for card in (rows if ids is None else rows.filter(pk__in=set(ids)))}


def alerts_raise(
    *, jurisdiction: Jurisdiction, rows: Sequence[Observation], cards: Mapping[int, Card], now: datetime
) -> int:
    """Keeps what the rules of `cards` say of these figures, once for each version, and tells those who answer for them: the unit
    that gave a figure, the one the card names as its source, the office. Gives how many. Called by services that log; the
    statements do not grow with the figures."""
    rows = [row for row in rows if row.card_id in cards and row.value is not None]
    if not rows:
        return 0
    raised = _said(jurisdiction, rows, cards)
    known = set(
        Alert.objects.system("told already")
        .filter(observation__in=[row.pk for row, _found in raised])
        .values_list("observation_id", "observation_version", "kind")
    )
    new = [
        Alert(
            jurisdiction=jurisdiction, observation=row, observation_version=row.version, kind=one.kind,
            words=one.what[:300], at=now,
        )
        for row, found in raised
        for one in found
        if (row.pk, row.version, str(one.kind)) not in known
    ]  # fmt: skip
    if new:
        _tell(jurisdiction, new, cards, now)
        Alert.objects.bulk_create(new, batch_size=500)
    return len(new)


def _said(jurisdiction: Jurisdiction, rows: Sequence[Observation], cards: Mapping[int, Card]) -> Raised:
    before = _year_ago(jurisdiction, rows)
    found: Raised = []
    for row in rows:
        card, year = cards[row.card_id], span_year_ago(Span(row.period_start, row.period_end))
        said = alerts(
            mapping.alert_rules_of(card),
            mapping.direction_of(card),
            row.value,
            before.get((row.card_id, row.region_id, row.unit_id, *year)),
            unit=card.unit,
            places=card.decimals,
            ends=row.period_end,
        )
        if said:
            found.append(
                (row, [one for n, one in enumerate(said) if one.kind not in {x.kind for x in said[:n]}])
            )
    return found


def _year_ago(jurisdiction: Jurisdiction, rows: Sequence[Observation]) -> dict[YearKey, Decimal | None]:
    """The figures of the same days a year before. One statement."""
    dates = Q()
    for start, end in {span_year_ago(Span(row.period_start, row.period_end)) for row in rows}:
        dates |= Q(period_start=start, period_end=end)
    earlier = Observation.objects.system("figures of a year before").filter(
        dates, jurisdiction=jurisdiction, card__in={row.card_id for row in rows}
    )
    names = ("card_id", "region_id", "unit_id", "period_start", "period_end", "value")
    return {(card, region, unit, start, end): value for card, region, unit, start, end, value in earlier.values_list(*names)}  # fmt: skip


def _tell(jurisdiction: Jurisdiction, new: Sequence[Alert], cards: Mapping[int, Card], now: datetime) -> None:
    """Who is told is written beside each alert; of figures long past only the record is made. Three statements."""
    today = local_day(now)
    months = int(rule("figures/alerts", on=today, jurisdiction=jurisdiction.code)["notice_months"])
    bodies = {card.source_body for card in cards.values() if card.source_body and not card.identifiable}
    given = {one.observation.given_by_id for one in new} | {jurisdiction.office_unit_id}
    given |= {one.observation.unit_id for one in new}
    rows = Unit.objects.system("whom an alert must reach").filter(
        Q(pk__in=given - {None}) | Q(name__in=bodies)
    )
    units = {unit.pk: unit for unit in rows}
    regions = Region.objects.system("names in a message").in_bulk(
        {one.observation.region_id for one in new} - {None}
    )
    texts: dict[int, list[str]] = {}
    for alert in new:
        row, card = alert.observation, cards[alert.observation.card_id]
        if mapping.months_of(row.period_end, today) - 1 > months:
            continue
        source = {pk for pk, unit in units.items() if not card.identifiable and card.source_body == unit.name}
        name = regions[row.region_id].name if row.region_id else units[row.unit_id or 0].name
        told = [pk for pk in {row.given_by_id, jurisdiction.office_unit_id} | source if pk in units]
        alert.told = [[pk, units[pk].name] for pk in sorted(told)]
        for pk in {one for unit in told for one in (unit, units[unit].answers_through_id) if one}:
            texts.setdefault(pk, []).append(f"{card.name}（{name}，{row.period_label}）{alert.words}")
    if texts:
        words = {pk: _message(said) for pk, said in texts.items()}
        notice_send_to_units(texts=words, roles=tuple({*UNIT, *OFFICE}), ref=None, now=now)


def _message(said: Sequence[str]) -> str:
    more = f" 等 {len(said)} 个数" if len(said) > NAMED else ""
    return f"指标预警：{'；'.join(said[:NAMED])[:260]}{more}。请到“数据 → 指标预警”回应"


@transaction.atomic
def alert_answer(*, alert: Alert, answer: str, version: int | None, actor: Actor, now: datetime) -> Alert:
    """回应: what one makes of it, in a word, by the office or a unit that was told. Raises `StateConflict` where the figure has
    changed since, or somebody has answered."""
    current = (
        Alert.objects.system("answering")
        .select_for_update(of=("self",))
        .select_related("observation__card", "jurisdiction")
        .get(pk=alert.pk)
    )
    if not policies.may_answer_alert(actor, current):
        raise NotAllowed("只有本辖区办公室和收到预警的单位可以回应", remedy="请切换到相应单位的身份")
    check_version(current, version, mine={"answer": answer})
    if current.is_answered:
        raise StateConflict("这条预警已经回应过", where=current.answer, remedy="如有新情况，请联系办公室")
    if current.observation_version != current.observation.version:
        raise StateConflict("这个数已经更正，这条预警不再有效", remedy="请看更正后的数")
    if not answer.strip():
        raise BadInput("没有写回应", where="回应", remedy="请写明原因和打算，如“已查明，系汇总口径调整”")
    before = snapshot(current, ["is_answered", "answer"])
    current.is_answered, current.answer = True, answer.strip()[:300]
    current.answered_by, current.answered_at = actor.by[:80], now
    current.version += 1
    current.full_clean()
    current.save()
    record(
        log_types.ALERT_ANSWERED, actor=actor, thing=ThingRef(KIND, current.pk), now=now, before=before,
        after=snapshot(current, ["is_answered", "answer"]), jurisdiction_code=current.jurisdiction.code,
    )  # fmt: skip
    return current
