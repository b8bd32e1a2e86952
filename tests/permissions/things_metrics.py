"""A card, a figure, a target and a form of 兰州市; the same of 甘肃省 about 兰州市, which its office answers for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Model
from tests.permissions.things import NOW, Things

from zhize.apps.metrics.models import (
    Alert,
    Card,
    CardVersion,
    Collection,
    CollectionCard,
    Feed,
    Observation,
    Target,
)
from zhize.apps.requests.models import Call, CallUnit, UnitRequest

DAYS = {"period_start": date(2012, 1, 1), "period_end": date(2012, 3, 31), "period_label": "2012年第一季度"}
PERIODS = [{"start": "2012-01-01", "end": "2012-03-31", "label": "2012年第一季度"}]


def make(things: Things) -> dict[str, Model]:
    w = things.world
    made: dict[str, Model] = {}
    for prefix, place, unit in (("", "lz", w.unit["lz_zjj"]), ("above_", "gs", w.unit["lz_gov"])):
        jurisdiction = w.jurisdiction[place]
        card = Card.objects.create(
            jurisdiction=jurisdiction, code=f"own.{place}.count", name="演示指标", dimension="product", definition="演示。",
            unit="批", decimals=0, source="collected", frequency="quarter", over_time="sum", over_regions="sum",
            valid_from=date(2012, 1, 1), citation="演示",
        )  # fmt: skip
        CardVersion.objects.create(
            card=card,
            number=1,
            valid_from=date(2012, 1, 1),
            body={},
            citation="演示",
            created_at=NOW,
            created_by="演示",
        )
        about = {"jurisdiction": jurisdiction, "card": card, "region": w.region["lz"]}
        observation = Observation.objects.create(
            **about, **DAYS, value=Decimal(12), state="final", origin="imported", given_by=unit, recorded_at=NOW,
            recorded_by="演示",
        )  # fmt: skip
        alert = Alert.objects.create(
            jurisdiction=jurisdiction, observation=observation, observation_version=1, kind="threshold", words="演示预警", at=NOW
        )  # fmt: skip
        target = Target.objects.create(
            **about, year=things[f"{prefix}year"], value=Decimal(20), document="演示"
        )
        if not prefix:
            made["feed"] = Feed.objects.create(
                jurisdiction=jurisdiction, name="演示系统", columns=f"批次 = {card.code}"
            )
        made |= {
            f"{prefix}card": card,
            f"{prefix}observation": observation,
            f"{prefix}target": target,
            f"{prefix}alert": alert,
        }
        for name, state in (("collection", "draft"), ("figures_request", "issued")):
            call = Call.objects.create(
                jurisdiction=jurisdiction, year=things[f"{prefix}year"], title="指标数据", content="metrics.figures",
                due_on=date(2012, 4, 10), state=state, issued_at=NOW if state == "issued" else None,
            )  # fmt: skip
            CallUnit.objects.create(call=call, unit=unit)
            collection = Collection.objects.create(call=call, subject="region", periods=PERIODS)
            CollectionCard.objects.create(collection=collection, card=card, order=1)
            made[f"{prefix}{name}"] = (
                collection
                if state == "draft"
                else UnitRequest.objects.create(
                    call=call, jurisdiction=jurisdiction, unit=unit, due_on=date(2012, 4, 10)
                )
            )
    return made
