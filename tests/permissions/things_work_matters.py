"""Matters that 兰州市's 质监局 raised, in the states that pages act on; one about which 工商局 is asked, one raised upstairs."""

from __future__ import annotations

from datetime import date

from django.db.models import Model
from tests.permissions.people import HOME
from tests.permissions.things import NOW, Things

from zhize.apps.documents.models import Approval
from zhize.apps.work.models import Matter, MatterStep, MatterUnit


def make(things: Things) -> dict[str, Model]:
    w = things.world
    made: dict[str, Model] = {}
    for prefix, place, unit in (("", HOME, w.unit["lz_zjj"]), ("above_", "gs", w.unit["lz_gov"])):
        for state in ("raised", "returned", "handling", "passed", "submitted", "answered"):
            matter = Matter.objects.create(
                jurisdiction=w.jurisdiction[place], year=things[f"{prefix}year"], unit=unit, title="明确经费", state=state,
                problem="经费未落实。", wanted="请协调落实。", due_on=date(2012, 4, 20), raised_at=NOW, by="演示",
            )  # fmt: skip
            MatterStep.objects.create(matter=matter, what="提请协调", words="请协调落实。", at=NOW, by="演示")
            made[f"{prefix}matter_{state}"] = matter
    for name in ("matter_passed", "above_matter_passed"):
        asked = w.unit["lz_gsj" if name == "matter_passed" else "gsj"]
        MatterUnit.objects.create(matter=made[name], unit=asked, question="能否支持？", asked_at=NOW)
    made["matter_approval"] = Approval.objects.create(
        jurisdiction=w.jurisdiction[HOME], ref_kind="work.matter", ref_id=made["matter_answered"].pk, step="领导批示",
        by_name="演示领导", on=date(2012, 3, 5), opinion="同意。", scan=things["file"], entered_by="演示", entered_at=NOW,
    )  # fmt: skip
    return made
