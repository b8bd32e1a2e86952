"""Regions, programmes, jurisdictions: the frame everything else hangs in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import (
    JURISDICTION_CHANGED,
    JURISDICTION_CREATED,
    PROGRAMME_CHANGED,
    PROGRAMME_CREATED,
    REGION_CHANGED,
    REGION_CREATED,
)
from zhize.apps.orgs.models import Jurisdiction, Programme, Region
from zhize.apps.orgs.services.saving import assign, change, checked, demand, locked, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.versioned import snapshot

REGION_FIELDS = ("code", "name", "short", "name_en", "level", "parent", "order", "valid_from", "valid_to")
PROGRAMME_FIELDS = ("code", "name", "name_en")
JURISDICTION_FIELDS = ("code", "region", "programme", "name", "parent", "group_unit", "office_unit")


@transaction.atomic
def region_create(*, data: Mapping[str, Any], actor: Actor, now: datetime) -> Region:
    """Adds a region below the actor's own. Refuses: another region's children, a code already given."""
    region = Region()
    assign(region, data, REGION_FIELDS)
    demand(policies.may_manage_region(actor, region), "只有上级地区的系统管理员可以新增这个地区")
    checked(region)
    region.save()
    record(REGION_CREATED, actor=actor, thing=ref(region), now=now, after=snapshot(region))
    return region


@transaction.atomic
def region_update(
    *, thing: Region, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Region:
    """Changes a region. Refuses: no right over it or over its new parent; changed by somebody else meanwhile."""
    current = locked(Region, thing.pk)
    demand(policies.may_manage_region(actor, current), "只有本地区或上级地区的系统管理员可以修改")
    before, after = change(current, data, REGION_FIELDS, version=version)
    demand(policies.may_manage_region(actor, current), "不能把地区划到您管理范围之外")
    if before != after:
        record(REGION_CHANGED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


@transaction.atomic
def programme_create(*, data: Mapping[str, Any], actor: Actor, now: datetime) -> Programme:
    """Adds a programme (quality, food safety): shared by all jurisdictions, so only at the top."""
    demand(policies.may_manage_programmes(actor, _own(actor)), "只有最上级辖区的系统管理员可以新增工作领域")
    programme = Programme()
    assign(programme, data, PROGRAMME_FIELDS)
    checked(programme)
    programme.save()
    record(PROGRAMME_CREATED, actor=actor, thing=ref(programme), now=now, after=snapshot(programme))
    return programme


@transaction.atomic
def programme_update(
    *, thing: Programme, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Programme:
    """Changes a programme's names."""
    demand(policies.may_manage_programmes(actor, _own(actor)), "只有最上级辖区的系统管理员可以修改工作领域")
    current = locked(Programme, thing.pk)
    before, after = change(current, data, PROGRAMME_FIELDS, version=version)
    if before != after:
        record(PROGRAMME_CHANGED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


@transaction.atomic
def jurisdiction_create(*, data: Mapping[str, Any], actor: Actor, now: datetime) -> Jurisdiction:
    """Opens a jurisdiction (region, programme) under the actor's own."""
    jurisdiction = Jurisdiction()
    assign(jurisdiction, data, JURISDICTION_FIELDS)
    demand(policies.may_manage_jurisdiction(actor, jurisdiction), "只有上级辖区的系统管理员可以新增辖区")
    checked(jurisdiction)
    jurisdiction.save()
    record(JURISDICTION_CREATED, actor=actor, thing=ref(jurisdiction), now=now, after=snapshot(jurisdiction))
    return jurisdiction


@transaction.atomic
def jurisdiction_update(
    *, thing: Jurisdiction, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Jurisdiction:
    """Changes a jurisdiction's name, group and office; the entry stands in that jurisdiction's own chain."""
    current = locked(Jurisdiction, thing.pk)
    demand(policies.may_manage_jurisdiction(actor, current), "只有本辖区或上级辖区的系统管理员可以修改辖区")
    before, after = change(current, data, JURISDICTION_FIELDS, version=version)
    if before != after:
        record(
            JURISDICTION_CHANGED,
            actor=actor,
            thing=ref(current),
            now=now,
            before=before,
            after=after,
            jurisdiction_code=current.code,
        )
    return current


@transaction.atomic
def jurisdiction_demand_totp(
    *, jurisdiction: Jurisdiction, required: bool, version: int | None, actor: Actor, now: datetime
) -> Jurisdiction:
    """Demands (or no longer demands) one-time codes of everybody in the jurisdiction (GB/T 22239—2019 8.1.4.1)."""
    current = locked(Jurisdiction, jurisdiction.pk)
    demand(
        policies.may_set_security(actor, current),
        "只有本辖区的安全管理员可以改变登录要求",
        why="登录要求属于安全策略，三员分立",
    )
    before, after = change(current, {"totp_required": required}, ("totp_required",), version=version)
    if before != after:
        record(JURISDICTION_CHANGED, actor=actor, thing=ref(current), now=now, before=before, after=after)
    return current


def _own(actor: Actor) -> Jurisdiction | None:
    if actor.jurisdiction_id is None:
        return None
    return Jurisdiction.objects.visible_to(actor).by_pk(actor.jurisdiction_id)
