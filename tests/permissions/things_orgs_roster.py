"""The lines of 兰州市's 质监局 in its own roster and of 兰州市人民政府 in the province's, a notice of change waiting in each."""

from __future__ import annotations

from datetime import date

from django.db.models import Model
from tests.permissions.people import HOME
from tests.permissions.things import NOW, Things

from zhize.apps.orgs.models import Membership, UnitContact


def make(things: Things) -> dict[str, Model]:
    w = things.world
    made: dict[str, Model] = {}
    for prefix, place, unit in (("", HOME, "lz_zjj"), ("above_", "gs", "lz_gov")):
        rows = Membership.objects.system("test").select_related("unit")
        made[f"{prefix}roster_member"] = rows.get(jurisdiction=w.jurisdiction[place], unit=w.unit[unit])
        made[f"{prefix}contact"] = UnitContact.objects.create(
            jurisdiction=w.jurisdiction[place], unit=w.unit[unit], part="liaison", name="演示联络员", title="科长",
            phone="0931-0000000", valid_from=date(2012, 1, 1), asked_at=NOW, asked_by="演示",
        )  # fmt: skip
    return made
