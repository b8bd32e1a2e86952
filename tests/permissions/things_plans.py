"""Plans of 兰州市 in every state their pages act on, one of 甘肃省 that is issued, and what the city hands up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from tests.permissions.people import HOME
from tests.permissions.things import NOW, Things

from zhize.apps.orgs.models import Unit
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.work.models import Plan, PlanItem


def make(things: Things) -> dict[str, Model]:
    w = things.world
    zjj, gsj, office, city = (w.unit[key] for key in ("lz_zjj", "lz_gsj", "lz_office", "lz_gov"))
    call, above = _call(things, HOME, ""), _call(things, "gs", "above_")
    draft = _plan(things, zjj, request=_request(call, zjj, "drafting"))
    found: dict[str, Model] = {
        "plan_draft": draft,
        "plan_item": _item(draft),
        "plan_submitted": _plan(things, gsj, "submitted", request=_request(call, gsj, "submitted")),
        "plan_request": _request(_call(things, HOME, ""), zjj, "waiting"),
        "above_plan": _plan(
            things, w.unit["office"], "issued", place="gs", prefix="above_", level="consolidated"
        ),
        "above_plan_of_city": _plan(
            things,
            city,
            place="gs",
            prefix="above_",
            level="local",
            request=_request(above, city, "drafting"),
        ),
    }
    for number, state in enumerate(("draft", "presented", "approved", "issued"), 1):
        found[f"plan_whole_{state}"] = _plan(things, office, state, level="consolidated", number=number)
    for key in ("plan_submitted", "plan_whole_draft", "above_plan"):
        found[f"{key}_item"] = _item(found[key])
    return found


def _call(things: Things, place: str, prefix: str) -> Call:
    return Call.objects.create(
        jurisdiction=things.world.jurisdiction[place], year=things[f"{prefix}year"], title="征集年度计划", state="issued",
        due_on=date(2012, 3, 31), content="work.plan_items", nil_allowed=False,
    )  # fmt: skip


def _request(call: Call, unit: Unit, state: str) -> UnitRequest:
    return UnitRequest.objects.create(
        call=call, jurisdiction=call.jurisdiction, unit=unit, state=state, due_on=call.due_on,
        submitted_at=NOW if state == "submitted" else None,
    )  # fmt: skip


def _plan(
    things: Things,
    unit: Unit,
    state: str = "draft",
    *,
    place: str = HOME,
    prefix: str = "",
    level: str = "member",
    **more: Any,
) -> Plan:
    return Plan.objects.create(
        jurisdiction=things.world.jurisdiction[place], year=things[f"{prefix}year"], unit=unit, level=level, state=state,
        title=f"{unit.name}计划", created_at=NOW, **more,
    )  # fmt: skip


def _item(plan: Any) -> PlanItem:
    return PlanItem.objects.create(
        plan=plan, order=1, part="product", title="监督抽查", goal="合格率92%。", measure="组织抽查。", due_on=date(2012, 11, 30),
        lead_unit=plan.unit,
    )  # fmt: skip
