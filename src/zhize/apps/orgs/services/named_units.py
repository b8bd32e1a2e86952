"""Units a document names and the directory does not know yet, added by the office that reads the document.

Only in the own region, and marked as not yet checked: the names, dates and order of units remain the system
administrator's, who finds them in the list by that mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from zhize.apps.orgs import policies
from zhize.apps.orgs.log_types import UNIT_CREATED
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.services.saving import checked, demand, ref
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.versioned import snapshot


@transaction.atomic
def units_add_named(
    *, jurisdiction: Jurisdiction, names: Sequence[str], kind: str, actor: Actor, now: datetime
) -> list[Unit]:
    """One unit per name, at the end of the region's order, not yet checked. Refuses a name the region has already."""
    demand(policies.may_add_named_units(actor, jurisdiction), "只有本辖区办公室可以登记文件中的单位")
    region = jurisdiction.region
    own = Unit.objects.system("names and order of the region").select_for_update().filter(region=region)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if there := own.filter(name__in=wanted).values_list("name", flat=True).first():
        raise BadInput(f"“{there}”已经在单位名录中", where="单位", remedy="请选择对应到这个单位")
    last = own.aggregate(last=Max("order"))["last"] or 0
    codes = set(
        Unit.objects.system("codes are given once")
        .filter(code__startswith=f"{region.code}-t")
        .values_list("code", flat=True)
    )
    made: list[Unit] = []
    serial = len(codes)
    for name in wanted:
        serial += 1
        while f"{region.code}-t{serial}" in codes:
            serial += 1
        unit = Unit(
            code=f"{region.code}-t{serial}", region=region, name=name, kind=kind, order=last + len(made) + 1,
            confirmed=False,
        )  # fmt: skip
        checked(unit)
        unit.save()
        record(
            UNIT_CREATED,
            actor=actor,
            thing=ref(unit),
            now=now,
            after=snapshot(unit),
            note="由文件中的名称登记，待核对",
            jurisdiction_code=jurisdiction.code,
        )
        made.append(unit)
    return made
