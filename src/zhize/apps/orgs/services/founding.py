"""An empty installation gets its first office: region, programme, jurisdiction, group and office, and four people to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.models import Jurisdiction, Programme, Region, Unit
from zhize.apps.orgs.services.accounts import NewAccount, user_create
from zhize.apps.orgs.services.regions import (
    jurisdiction_create,
    programme_create,
    region_create,
)
from zhize.apps.orgs.services.saving import demand
from zhize.apps.orgs.services.units import unit_create
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict

WHY = "whether anybody is here yet"
# Three administrators kept apart (GB/T 22239—2019 8.1.5), and the office that begins the work.
PEOPLE = (
    ("sysadmin", "system_admin", "系统管理员"),
    ("secadmin", "security_admin", "安全管理员"),
    ("auditadmin", "audit_admin", "安全审计员"),
    ("office", "office_director", "办公室主任"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """What the first office is of: GB/T 2260 code and name of the region, its level, the field of work, the group's name."""

    code: str
    name: str
    level: str
    programme: str
    programme_code: str
    group: str = ""

    @property
    def group_name(self) -> str:
        return self.group or f"{self.name}{self.programme}工作领导小组"


@transaction.atomic
def office_found(*, place: Place, actor: Actor, now: datetime) -> tuple[Jurisdiction, list[NewAccount]]:
    """Makes everything a first sign-in needs; the accounts' passwords are given once and must be changed at the first sign-in.

    Each thing is made by its own service, so each has its entry in the log. Refuses: anybody but the system, an
    installation that has a jurisdiction already (`StateConflict`), a level nobody knows (`BadInput`).
    """
    demand(actor.is_system, "第一个辖区只能由运维命令建立")
    if Jurisdiction.objects.system(WHY).exists():
        raise StateConflict(
            "这里已经有辖区", why="开办只在全新的库里做一次", remedy="请由上级辖区的系统管理员在“辖区”中新增"
        )
    if place.level not in Region.Level.values:
        raise BadInput(
            f"没有“{place.level}”这个层级", where="层级", remedy=f"可选：{'、'.join(Region.Level.values)}"
        )
    today = local_day(now)
    region = Region.objects.system(WHY).filter(code=place.code).first() or region_create(
        data={"code": place.code, "name": place.name, "short": place.name, "level": place.level, "order": 1},
        actor=actor, now=now,
    )  # fmt: skip
    programme = Programme.objects.system(WHY).filter(code=place.programme_code).first() or programme_create(
        data={"code": place.programme_code, "name": place.programme}, actor=actor, now=now
    )
    units = {key: unit_create(data=data, actor=actor, now=now) for key, data in _units(place, region).items()}
    jurisdiction = jurisdiction_create(
        data={
            "code": f"{place.code}-{place.programme_code}",
            "region": region,
            "programme": programme,
            "name": f"{place.name}{place.programme}",
            "group_unit": units["group"],
            "office_unit": units["office"],
        },
        actor=actor,
        now=now,
    )
    accounts = [
        user_create(
            data={"username": username, "name": title},
            post={
                "unit": units["office"],
                "jurisdiction": jurisdiction,
                "role": role,
                "title": title,
                "starts_on": today,
            },
            actor=actor,
            now=now,
        )
        for username, role, title in PEOPLE
    ]
    return jurisdiction, accounts


def _units(place: Place, region: Region) -> dict[str, Mapping[str, object]]:
    base = {"region": region, "governance": Unit.Governance.LOCAL}
    return {
        "group": {**base, "code": f"{place.code}-lg", "name": place.group_name, "kind": Unit.Kind.GROUP, "order": 1},
        "office": {**base, "code": f"{place.code}-office", "name": f"{place.group_name}办公室", "kind": Unit.Kind.OFFICE, "order": 2},
    }  # fmt: skip
