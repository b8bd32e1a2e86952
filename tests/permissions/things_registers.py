"""Things of registers: 兰州市质监局's records of a published and of an unpublished type, and an enterprise of its city."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Model

from zhize.apps.registers.models import Record, Subject

if TYPE_CHECKING:
    from tests.permissions.things import Things


def make(things: Things) -> dict[str, Model]:
    from tests.permissions.things import NOW

    w = things.world
    subject = Subject.objects.create(
        name="演示企业有限公司", region=w.region["lz"], created_at=NOW, created_by="演示"
    )
    common = {
        "jurisdiction": w.jurisdiction["lz"], "keeper": w.unit["lz_zjj"], "subject": subject, "region": w.region["lz"],
        "occurred_on": date(2012, 2, 1), "edition": "x", "created_at": NOW, "created_by": "演示",
    }  # fmt: skip
    return {
        "subject": subject,
        "record": Record.objects.create(
            type="sampling", key="YS-1", outcome="pass", **common,
            values={"report_no": "YS-1", "sampled_on": "2012-02-01", "product": "水泥", "result": "pass"},
        ),
        "record_unpublished": Record.objects.create(
            type="cases", key="演案1", **common,
            values={"case_no": "演案1", "filed_on": "2012-02-01", "matter": "fake"},
        ),
    }  # fmt: skip
