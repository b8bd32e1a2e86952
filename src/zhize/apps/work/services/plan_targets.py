"""What the items of an issued plan promise of metric cards becomes the year's targets of the whole jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from zhize.apps.metrics.models import Card
from zhize.apps.metrics.services import targets_save
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import KIND
from zhize.kit.actor import Actor
from zhize.kit.errors import ZhizeError
from zhize.kit.things import ThingRef

FIGURE = ("card_code", "target_value", "base_value")


def targets_hand_out(plan: Plan, actor: Actor, now: datetime) -> None:
    """A target for every card an item names with a value; of a version, only where the item is new or its figure changed.

    One that stands already takes the plan's value and ground. What cannot be set (no such card, items of different values,
    a card judged by a range), and the target of an item left out, stop nothing: the office is told by name.
    """
    before = {item.pk: item for item in items_of(Plan(pk=plan.previous_id))} if plan.previous_id else {}
    items = items_of(plan)
    named = [item for item in items if item.card_code and item.target_value is not None]
    fresh = [item for item in named if _figure(before.get(item.copied_from_id or 0)) != _figure(item)]
    cards = _cards(plan, {item.card_code for item in fresh})
    by_code: dict[str, list[PlanItem]] = defaultdict(list)
    for item in fresh:
        by_code[item.card_code].append(item)
    taken_over = {item.copied_from_id for item in items}
    gone = [item for item in before.values() if item.card_code and item.pk not in taken_over]
    left = [f"“{item.title}”不再列入，它的指标目标还在" for item in gone]
    rows = []
    for code, named in by_code.items():
        if code not in cards:
            left.append(f"没有代码为 {code} 的指标卡（{named[0].title}）")
        elif len({item.target_value for item in named}) > 1:
            left.append(
                f"“{cards[code].name}”在几项里的目标值不同（{'、'.join(item.title for item in named)}）"
            )
        else:
            rows.append(_row(plan, named[0], cards[code]))
    left += _saved(plan, rows, actor, now)
    if left and (office := plan.jurisdiction.office_unit_id):
        words = f"计划已印发，以下指标目标请到指标目标页办理：{'；'.join(left)}"
        notice_send_to_units(
            texts={office: words[:300]},
            roles=("office_staff", "office_director"),
            ref=ThingRef(KIND, plan.pk),
            now=now,
        )


def _figure(item: PlanItem | None) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in FIGURE) if item else ()


def _cards(plan: Plan, codes: set[str]) -> dict[str, Card]:
    """By code; the jurisdiction's own before the shipped one."""
    rows = Card.objects.system("what the figures of a plan are of").filter(
        Q(jurisdiction_id=plan.jurisdiction_id) | Q(jurisdiction_id__isnull=True),
        code__in=codes,
        is_retired=False,
    )
    return {card.code: card for card in rows.order_by(F("jurisdiction_id").asc(nulls_first=True))}


def _row(plan: Plan, item: PlanItem, card: Card) -> dict[str, Any]:
    ground = f"{plan.title}（{plan.doc_no}）第{item.order}项"[:200]
    base = {} if item.base_value is None else {"base": item.base_value}
    return {"card": card, "year": plan.year, "region": plan.jurisdiction.region, "value": item.target_value, "document": ground, **base}  # fmt: skip


def _saved(plan: Plan, rows: Sequence[dict[str, Any]], actor: Actor, now: datetime) -> list[str]:
    """All at once; where one is refused, each by itself. Gives those refused, with the reason."""
    if not rows:
        return []
    by: dict[str, Any] = {"jurisdiction": plan.jurisdiction, "actor": actor, "now": now}
    try:
        with transaction.atomic():
            targets_save(rows=rows, **by)
    except ZhizeError as error:
        if len(rows) == 1:
            return [f"“{rows[0]['card'].name}”{error}"]
        return [words for row in rows for words in _saved(plan, [row], actor, now)]
    return []
