"""发文主体: in whose name, under which code, with or without a seal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.log_types import ISSUER_CHANGED, ISSUER_CREATED
from zhize.apps.documents.models import Issuer
from zhize.apps.documents.selectors import ISSUER
from zhize.apps.documents.services.common import checked
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import NotAllowed
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

FIELDS = ("unit", "name", "agency_code", "has_seal", "is_external", "order", "note")


@transaction.atomic
def issuer_create(
    *, data: Mapping[str, Any], actor: Actor, now: datetime, jurisdiction_id: int | None = None
) -> Issuer:
    """Registers an issuer of the actor's jurisdiction (the system names one)."""
    _demand(actor)
    home = jurisdiction_id or actor.jurisdiction_id
    if home is None or not (actor.is_system or home == actor.jurisdiction_id):
        raise NotAllowed("只能登记本辖区的发文主体", remedy="请切换到该辖区办公室主任的身份")
    issuer = Issuer(jurisdiction_id=home)
    _assign(issuer, data)
    checked(issuer, "发文主体")
    issuer.save()
    record(
        ISSUER_CREATED, actor=actor, thing=ThingRef(ISSUER, issuer.pk), now=now, after=snapshot(issuer),
        jurisdiction_code=issuer.jurisdiction.code,
    )  # fmt: skip
    return issuer


@transaction.atomic
def issuer_update(
    *, thing: Issuer, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Issuer:
    """Changes an issuer; what was issued keeps what it printed."""
    _demand(actor)
    issuer = Issuer.objects.visible_to(actor).select_for_update().get(pk=thing.pk)
    check_version(issuer, version, mine=dict(data))
    before = snapshot(issuer)
    _assign(issuer, data)
    issuer.version += 1
    checked(issuer, "发文主体")
    issuer.save()
    record(
        ISSUER_CHANGED, actor=actor, thing=ThingRef(ISSUER, issuer.pk), now=now, before=before, after=snapshot(issuer)
    )  # fmt: skip
    return issuer


def _demand(actor: Actor) -> None:
    if not policies.may_keep_issuers(actor):
        raise NotAllowed("只有办公室主任可以登记发文主体", remedy="请由办公室主任办理")


def _assign(issuer: Issuer, data: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in data:
            value = data[name]
            setattr(issuer, name, (value or 0) if name == "order" else value)
