"""The units and duties of items: from the names people write to rows, for one item or for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhize.apps.orgs.models import Unit
from zhize.apps.work.models import Plan, PlanItem, PlanItemUnit
from zhize.apps.work.selectors.plan_choices import duties_of_plan, units_at, units_for
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, Problem
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.several import parts

LABELS = {"support_names": "配合单位", "co_act_names": "会同单位", "duty_codes": "对应职责"}
ROLES = {"support_names": PlanItemUnit.Role.SUPPORT, "co_act_names": PlanItemUnit.Role.CO_ACT}


@dataclass(frozen=True, slots=True)
class Known:
    """What names and codes of one plan stand for."""

    units: Mapping[str, int]
    duties: Mapping[str, int]

    @classmethod
    def of(cls, plan: Plan, actor: Actor, today: date) -> Known:
        """Two statements."""
        return cls._from(units_for(actor, today), plan)

    @classmethod
    def at(cls, plan: Plan, today: date) -> Known:
        """What the plan's own people could choose, whoever enters it for them. Two statements."""
        return cls._from(units_at(plan, today), plan)

    @classmethod
    def _from(cls, units: ScopedQuerySet[Unit], plan: Plan) -> Known:
        names = units.values_list("name", "pk")
        return cls(dict(reversed(list(names))), dict(duties_of_plan(plan).values_list("code", "pk")))

    def ids(self, field: str, text: str, where: str) -> list[int]:
        """The ids of the names in a text; BadInput with the name nobody knows."""
        known = self.duties if field == "duty_codes" else self.units
        wanted = parts(text)
        if strange := [name for name in wanted if name not in known]:
            raise BadInput(
                f"不认识“{strange[0]}”",
                [
                    Problem(f"不认识“{name}”", f"{where} · {LABELS[field]}", "", "请从可选项中选择")
                    for name in strange
                ],
                where=where,
            )
        return [known[name] for name in wanted]


def links_save(items: Iterable[tuple[PlanItem, Mapping[str, Any]]], known: Known) -> None:
    """Writes units and duties of these items as their data say; what data does not name stays. At most four statements.

    A unit named twice, or that leads, counts once: leading before acting together before supporting.
    """
    rows = list(items)
    told = [item.pk for item, data in rows if ROLES.keys() & data.keys()]
    with_duties = [item.pk for item, data in rows if "duty_codes" in data]
    links = [
        PlanItemUnit(item=item, unit_id=unit_id, role=role)
        for item, data in rows
        for unit_id, role in _taking_part(item, data, known).items()
    ]
    through = PlanItem.duties.through
    duties = [
        through(planitem_id=item.pk, duty_id=duty_id)
        for item, data in rows
        for duty_id in known.ids("duty_codes", data.get("duty_codes") or "", item.title)
    ]
    if told:
        PlanItemUnit.objects.filter(item_id__in=told).delete()
    if with_duties:
        through._default_manager.filter(planitem_id__in=with_duties).delete()
    PlanItemUnit.objects.bulk_create(links, batch_size=500)
    through._default_manager.bulk_create(duties, batch_size=500)


def _taking_part(item: PlanItem, data: Mapping[str, Any], known: Known) -> dict[int, str]:
    found: dict[int, str] = {}
    for field in ("co_act_names", "support_names"):
        for unit_id in known.ids(field, data.get(field) or "", item.title):
            if unit_id != item.lead_unit_id:
                found.setdefault(unit_id, ROLES[field])
    return found
