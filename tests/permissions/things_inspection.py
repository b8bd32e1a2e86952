"""On-site checks by 兰州市 of 工商局 (draft and announced, 质监局's clerk goes), and one by 甘肃省 of 兰州市's government."""

from __future__ import annotations

from datetime import date

from django.db.models import Model
from tests.permissions.people import HOME
from tests.permissions.things import NOW, Things

from zhize.apps.inspection.models import (
    CheckedPlace,
    CheckItem,
    EntryPicture,
    Finding,
    GroupPerson,
    InspectedUnit,
    Inspection,
    InspectionGroup,
    PlaceDraw,
    PlaceEntry,
    PlaceSignature,
)
from zhize.apps.work.models import Task


def make(things: Things) -> dict[str, Model]:
    made: dict[str, Model] = {}
    for state in ("draft", "announced"):
        made |= _inspection(things, HOME, "", state)
    for state in ("fixed", "drawn"):
        made[f"check_draw_{state}"] = PlaceDraw.objects.create(
            checked=made["check_unit_announced"], title=f"抽取企业{state}", origin="演示", digest="d" * 64, numbers={"": 1}, spare=1,
            places=[{"id": one, "stratum": "", "size": 1, "excluded": ""} for one in ("甲", "乙")], seed_rule="开奖号码",
            method="sampling.draw.v1", state=state, fixed_at=NOW, fixed_by="演示", seed="123" if state == "drawn" else "",
            drawn=[{"id": "甲", "stratum": "", "certain": False}] if state == "drawn" else [],
        )  # fmt: skip
    made |= _places(things, made)
    for state in ("listed", "sent"):
        made[f"check_finding_{state}"] = Finding.objects.create(
            checked=made["check_unit_announced"],
            words="没有纪要",
            state=state,
            found_on=date(2012, 3, 5),
            by="演示",
        )
    made["check_finding_fixed"] = Finding.objects.create(
        checked=made["check_unit_announced"], words="没有台账", state="fixed", found_on=date(2012, 3, 1), by="演示",
        task=_task(things), looked_on=date(2012, 3, 5), look="已补齐", looked_by="核查组（演示）",
    )  # fmt: skip
    return made | _inspection(things, "gs", "above_", "announced")


def _task(things: Things) -> Task:
    """What the unit was sent, still open."""
    w = things.world
    return Task.objects.create(
        jurisdiction=w.jurisdiction[HOME], year=things["year"], code="核查1", title="整改：没有台账", lead_unit=w.unit["lz_gsj"],
        source="finding", state="running", created_at=NOW,
    )  # fmt: skip


def _inspection(things: Things, place: str, prefix: str, state: str) -> dict[str, Model]:
    w = things.world
    inspection = Inspection.objects.create(
        jurisdiction=w.jurisdiction[place], year=things[f"{prefix}year"], title=f"实地核查{state}", basis="演示", state=state,
        period_start=date(2012, 1, 1), period_end=date(2012, 3, 1), starts_on=date(2012, 3, 5), ends_on=date(2012, 3, 9),
        announced_on=None if state == "draft" else date(2012, 3, 1), created_at=NOW,
    )  # fmt: skip
    group = InspectionGroup.objects.create(inspection=inspection, name="第一核查组", order=1)
    going = things.people["own", "clerk"] if not prefix else things.people["parent", "clerk"]
    person = GroupPerson.objects.create(
        group=group, part="head", user=going, name=going.name, workplace="质监局"
    )
    unit = w.unit["lz_gov" if prefix else "lz_gsj"]
    checked = InspectedUnit.objects.create(inspection=inspection, unit=unit, group=group, order=1)
    item = CheckItem.objects.create(inspection=inspection, name="会议", requirement="有纪要", order=1)
    kinds = {
        "check": inspection,
        "check_group": group,
        "check_person": person,
        "check_unit": checked,
        "check_item": item,
    }
    return {f"{prefix}{name}_{state}": thing for name, thing in kinds.items()}


def _places(things: Things, made: dict[str, Model]) -> dict[str, Model]:
    """A place in each state, one with a picture and one with a scan."""
    found: dict[str, Model] = {}
    for state in ("recording", "signing", "signed"):
        found[f"check_place_{state}"] = CheckedPlace.objects.create(
            checked=made["check_unit_announced"], draw=made["check_draw_drawn"] if state == "recording" else None,
            origin="named", name=state, state=state, digest="" if state == "recording" else "e" * 64,
        )  # fmt: skip
    entry = PlaceEntry.objects.create(
        place=found["check_place_recording"],
        item=made["check_item_announced"],
        verdict="meets",
        at=NOW,
        by="演示",
    )
    found["check_picture"] = EntryPicture.objects.create(entry=entry, evidence=things["evidence"])
    found["check_signature"] = PlaceSignature.objects.create(
        place=found["check_place_signed"], side="unit", way="paper", name="演示", on=date(2012, 3, 5), scan=things["file"],
        digest="e" * 64, at=NOW, by="演示",
    )  # fmt: skip
    return found
