"""Asking units for figures: a call with a grid of cards by periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection as Several
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.metrics import log_types
from zhize.apps.metrics.models import Card, Collection, CollectionCard
from zhize.apps.metrics.selectors.collecting import regions_under
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.requests.models import Call
from zhize.apps.requests.services import call_create, call_update
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import Period
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

CONTENT = "metrics.figures"
KIND = "metrics.collection"
MOST_CELLS = 400
"""A form with more cells than this is no form anybody fills in one sitting: it should be several calls, or a file."""


@transaction.atomic
def collection_create(
    *,
    jurisdiction: Jurisdiction,
    year: WorkYear,
    title: str,
    due_on: date,
    unit_ids: Several[int],
    cards: Sequence[Card],
    periods: Sequence[Period],
    actor: Actor,
    now: datetime,
    subject: str = Collection.Subject.REGION,
    body: str = "",
    head: dict[str, Any] | None = None,
) -> Collection:
    """Drafts a call for figures; the office sends it on the call's own page. `head`: table_no, authority, valid_until.

    Who may ask, and whom, is decided by `requests.call_create`, called first. Raises `BadInput` in words.
    """
    _refuse_senseless(cards, periods, _most_regions(subject, unit_ids, periods))
    call = call_create(
        jurisdiction=jurisdiction,
        year=year,
        title=title,
        due_on=due_on,
        unit_ids=unit_ids,
        content=CONTENT,
        body=body,
        period=(min(p.start for p in periods), max(p.end for p in periods)),
        template=CONTENT,
        actor=actor,
        now=now,
    )
    collection = Collection(call=call, subject=subject, periods=_plain(periods), **(head or {}))
    collection.full_clean(exclude=["call"])
    collection.save()
    _put_cards(collection, cards)
    record(
        log_types.COLLECTION_CREATED,
        actor=actor,
        thing=ThingRef(KIND, collection.pk),
        now=now,
        after={**snapshot(collection), "cards": [card.code for card in cards]},
        jurisdiction_code=jurisdiction.code,
    )
    return collection


@transaction.atomic
def collection_update(
    *,
    collection: Collection,
    data: dict[str, Any],
    unit_ids: Several[int] | None,
    cards: Sequence[Card],
    periods: Sequence[Period],
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Collection:
    """Changes a draft: `data` by the names of the call's and the collection's fields. What is sent stays as sent.

    `version` is the call's, whose row is locked and compared first.
    """
    asked = unit_ids if unit_ids is not None else [one.unit_id for one in collection.call.addressees.all()]
    subject = data.get("subject", collection.subject)
    _refuse_senseless(cards, periods, _most_regions(subject, asked, periods))
    names = {"title", "due_on", "body"}
    about_call = {name: value for name, value in data.items() if name in names}
    about_call |= {"period_start": min(p.start for p in periods), "period_end": max(p.end for p in periods)}
    call_update(
        call=collection.call, data=about_call, unit_ids=unit_ids, version=version, actor=actor, now=now
    )
    current = (
        Collection.objects.system("changing a draft").select_for_update(of=("self",)).get(pk=collection.pk)
    )
    before = {**snapshot(current), "cards": [row.card.code for row in current.rows.select_related("card")]}
    for name in ("subject", "table_no", "authority", "valid_until"):
        if name in data:
            setattr(current, name, data[name])
    current.periods = _plain(periods)
    current.version += 1
    current.full_clean()
    current.save()
    _put_cards(current, cards)
    record(
        log_types.COLLECTION_CHANGED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after={**snapshot(current), "cards": [card.code for card in cards]},
    )
    return current


def refuse_without_grid(call: Call) -> None:
    """A call for figures that names none cannot be sent."""
    if call.content == CONTENT and not Collection.objects.system("sending").filter(call=call).exists():
        raise BadInput(
            "没有选定要填报的指标", where=call.title, remedy="请从“数据 → 征集指标数据”拟定这次征集"
        )


def _most_regions(subject: str, unit_ids: Several[int], periods: Sequence[Period]) -> int:
    """How many regions a form for several has at most; refused where a unit asked has none below it. Two statements."""
    if subject != Collection.Subject.BELOW or not periods:
        return 1
    units = list(Unit.objects.system("whom the form goes to").filter(pk__in=unit_ids))
    last = max(one.end for one in periods)
    under = regions_under([unit.region_id for unit in units if unit.region_id], last)
    counts = Counter(under.order_by().values_list("parent_id", flat=True))
    without = [unit.name for unit in units if not counts[unit.region_id or 0]]
    if without:
        raise BadInput(
            f"“{without[0]}”没有下一级地区", where="数据属于", why="这种表按下一级各地区填",
            remedy="请去掉这个单位，或改选“填报单位所在地区”",
        )  # fmt: skip
    return max(counts.values(), default=1)


def _refuse_senseless(cards: Sequence[Card], periods: Sequence[Period], regions: int) -> None:
    if not cards:
        raise BadInput("没有选指标", where="指标", remedy="请至少选一张由征集填报的指标卡")
    if not periods:
        raise BadInput("没有选期间", where="填报期间", remedy="请至少选一期")
    if len(cards) * len(periods) * regions > MOST_CELLS:
        raise BadInput(
            f"每个单位要填 {len(cards) * len(periods) * regions} 格",
            where="指标",
            why="填的人一次填不完",
            remedy=f"请分几次征集，每次不超过 {MOST_CELLS} 格；已有数据的请用导入",
        )
    wrong = [card.name for card in cards if card.source not in (Card.Source.COLLECTED, Card.Source.IMPORTED)]
    if wrong:
        raise BadInput(
            f"“{wrong[0]}”由系统计算，不用填报",
            where="指标",
            why="系统能算的数不要下面再填一遍",
            remedy="请去掉这张指标卡",
        )


def _plain(periods: Sequence[Period]) -> list[dict[str, str]]:
    ordered = sorted(periods, key=lambda one: (one.start, one.end))
    return [{"start": p.start.isoformat(), "end": p.end.isoformat(), "label": p.label} for p in ordered]


def _put_cards(collection: Collection, cards: Sequence[Card]) -> None:
    collection.rows.all().delete()
    CollectionCard.objects.bulk_create(
        CollectionCard(collection=collection, card=card, order=number) for number, card in enumerate(cards, 1)
    )
