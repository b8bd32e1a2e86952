"""A small text of two departments, read and waiting to be checked."""

from __future__ import annotations

from datetime import date, datetime

from tests.world import World

from zhize.apps.regulations import services
from zhize.apps.regulations.models import ProposedDuty, Regulation, RegulationVersion

TEXT = """质量工作制度
一、成员单位职责
（一）省质监局：每年组织开展全省产品质量监督抽查，公布抽查结果；建立企业质量档案。
（二）省工商局：每季度开展流通领域商品质量检查。
（三）省粮食局：负责粮食质量监测。
"""


def regulation_of(world: World, now: datetime, code: str = "main") -> Regulation:
    return services.regulation_create(
        jurisdiction=world.jurisdiction["gs"],
        data={"code": code, "title": "质量工作制度", "in_force_from": date(2011, 7, 12)},
        actor=world.actor("office"),
        now=now,
    )


def read_text(world: World, now: datetime, text: str = TEXT, code: str = "main") -> RegulationVersion:
    return services.version_read(
        regulation=regulation_of(world, now, code), text=text, actor=world.actor("office"), now=now
    )


def rows(version: RegulationVersion) -> list[ProposedDuty]:
    return list(
        ProposedDuty.objects.system("test")
        .filter(text_version=version)
        .select_related("clause", "text_version")
    )


def row_at(version: RegulationVersion, key: str) -> ProposedDuty:
    return next(row for row in rows(version) if row.key == key)
