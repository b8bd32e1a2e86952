"""A card made, revised as a new version, retired. A version is never changed: figures point to what they meant then."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhize.apps.metrics import log_types, policies
from zhize.apps.metrics.models import Card, CardDuty, CardVersion, Observation
from zhize.apps.metrics.services.judging import refuse_unsound
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "metrics.card"
WORDING = [
    "name", "name_en", "dimension", "definition", "formula", "unit", "decimals", "direction", "frequency", "levels",
    "source", "expression", "measure", "source_body", "basis", "statistics", "statistics_document", "over_time",
    "over_regions", "sample", "checks", "alerts", "identifiable", "order", "valid_from", "citation",
]  # fmt: skip
"""What a version fixes."""


@transaction.atomic
def card_create(
    *, jurisdiction: Jurisdiction, data: dict[str, Any], duties: list[str], actor: Actor, now: datetime
) -> Card:
    """A card of the jurisdiction's own. `data` has `code` and the fields of WORDING; `duties` are duty codes."""
    if not policies.may_keep_in(actor, jurisdiction):
        raise NotAllowed("只有本辖区办公室可以新建指标卡", remedy="请切换到办公室的身份")
    card = Card(
        jurisdiction=jurisdiction, **{name: data[name] for name in ["code", *WORDING] if name in data}
    )
    refuse_unsound(_neighbours(card) | {card.code: card}, {card.code: card})
    card.full_clean()
    card.save()
    put_duties(card, duties)
    put_version(card, "", actor, now)
    record(
        log_types.CARD_CREATED,
        actor=actor,
        thing=ThingRef(KIND, card.pk),
        now=now,
        after={**snapshot(card), "duties": sorted(duties)},
        jurisdiction_code=jurisdiction.code,
    )
    return card


@transaction.atomic
def card_revise(
    *,
    card: Card,
    data: dict[str, Any],
    duties: list[str] | None,
    reason: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Card:
    """A new version from `data["valid_from"]` on, with the reason and the document (`citation`) it stands on.

    The code stays; the unit stays too once there are figures, since their numbers would silently mean something else.
    """
    current = Card.objects.system("revising a card").select_for_update(of=("self",)).get(pk=card.pk)
    if not policies.may_revise(actor, current):
        raise NotAllowed(
            "只有建立这张卡的办公室可以修订",
            remedy="随系统发布的指标卡由最上级办公室修订；可另建本辖区的指标卡",
        )
    check_version(current, version, mine=data)
    if not reason.strip():
        raise BadInput(
            "没有填写修订理由", where="修订理由", why="以后的人要知道口径为什么变", remedy="请写明理由"
        )
    before = snapshot(current, WORDING)
    starts = data.get("valid_from", current.valid_from)
    if starts < current.valid_from:
        raise BadInput(
            f"启用日期早于现行版本的 {current.valid_from}",
            where="启用日期",
            remedy="新版本应从现行版本之后起用",
        )
    if data.get("unit", current.unit) != current.unit and _has_figures(current):
        raise BadInput(
            "已有数据的指标不能改计量单位",
            where="计量单位",
            why="已入库的数会变成另一个意思",
            remedy="请停用本卡，另建新卡",
        )
    for name in WORDING:
        if name in data:
            setattr(current, name, data[name])
    refuse_unsound(_neighbours(current) | {current.code: current}, {current.code: current})
    current.number += 1
    current.version += 1
    current.full_clean()
    current.save()
    if duties is not None:
        put_duties(current, duties)
    put_version(current, reason.strip(), actor, now)
    record(
        log_types.CARD_REVISED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after=snapshot(current, WORDING),
        note=reason.strip(),
    )
    return current


@transaction.atomic
def card_retire(*, card: Card, retired: bool, version: int | None, actor: Actor, now: datetime) -> Card:
    """Takes a card out of use, or back into it; its figures stay."""
    current = Card.objects.system("retiring a card").select_for_update(of=("self",)).get(pk=card.pk)
    if not policies.may_revise(actor, current):
        raise NotAllowed("只有建立这张卡的办公室可以停用", remedy="请联系该办公室")
    check_version(current, version, mine={"is_retired": retired})
    before = snapshot(current, ["is_retired"])
    current.is_retired = retired
    current.version += 1
    current.full_clean()
    current.save()
    record(
        log_types.CARD_RETIRED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after=snapshot(current, ["is_retired"]),
    )
    return current


def put_version(card: Card, reason: str, actor: Actor, now: datetime) -> CardVersion:
    version = CardVersion(
        card=card,
        number=card.number,
        valid_from=card.valid_from,
        body=plain_body(card),
        citation=card.citation,
        reason=reason,
        created_at=now,
        created_by=actor.name,
    )
    version.full_clean()
    version.save()
    return version


def plain_body(card: Card) -> dict[str, Any]:
    """The wording as JSON keeps it."""
    body = {name: getattr(card, name) for name in WORDING}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in body.items()}


def put_duties(card: Card, duties: list[str]) -> None:
    """The card's duties are exactly these."""
    here = set(card.duties.values_list("duty_code", flat=True))
    card.duties.exclude(duty_code__in=duties).delete()
    CardDuty.objects.bulk_create(
        CardDuty(card=card, duty_code=code) for code in dict.fromkeys(duties) if code not in here
    )


def _neighbours(card: Card) -> dict[str, Card]:
    """The cards a formula of this card may use: shipped ones and those of the same jurisdiction."""
    rows = Card.objects.system("checking formulas").filter(
        Q(jurisdiction__isnull=True) | Q(jurisdiction_id=card.jurisdiction_id)
    )
    return {one.code: one for one in rows.order_by("jurisdiction_id")}


def _has_figures(card: Card) -> bool:
    return Observation.objects.system("whether the unit may still change").filter(card=card).exists()
