"""In whose name documents go out: the issuers of the province, two cities and a county, with codes made up for show."""

from __future__ import annotations

from datetime import date

from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml, unit
from zhize.apps.documents.services import issuer_create
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import system_actor

NOTE = "演示数据：机关代字为虚构"
DAY = date(2012, 1, 4)


def play(stage: Stage) -> None:
    """Before anything is drafted; the provincial director registers the province's own."""
    homes = {one.code: one.pk for one in Jurisdiction.objects.system("demonstration")}
    for order, row in enumerate(read_yaml(stage.folder / "issuers.yaml")["issuers"], 1):
        issuer_create(
            data={
                "unit": unit(row["unit"]),
                "name": row["printed"],
                "agency_code": row["agency_code"],
                "has_seal": row["has_seal"],
                "is_external": row["is_external"],
                "order": order,
                "note": NOTE,
            },
            jurisdiction_id=homes[row["jurisdiction"]],
            actor=actor(row["director"], DAY) if row["director"] else system_actor("装载演示数据"),
            now=at(DAY),
        )
