"""The steps of planning as people take them in the browser, on their days; used for the province and for a prefecture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhize.apps.cli.demo.stage import Stage, actor, at, paper, unit
from zhize.apps.documents import services as documents
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.models import Duty
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.services import call_create, call_issue
from zhize.apps.work import services
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.selectors.plans import CONTENT, items_of
from zhize.kit.things import ThingRef

Row = Mapping[str, Any]
BODY = (
    "请围绕本单位职责编写年度工作计划：一项工作一条，写明目标、措施、完成时限、牵头和配合单位，并对应到职责。"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """An office at work: its stage, and the accounts of its staff and its director."""

    stage: Stage
    staff: str
    director: str


def call_out(desk: Desk, title: str, units: Sequence[Unit], day: date, due: date, duty: str) -> Call:
    """The office's call for plan items, resting on its duty, sent the same day."""
    row = Duty.objects.system("demonstration").get(jurisdiction=desk.stage.jurisdiction, code=duty)
    call = call_create(
        jurisdiction=desk.stage.jurisdiction, year=desk.stage.year, title=title, body=BODY, due_on=due, content=CONTENT,
        unit_ids=[one.pk for one in units], source=ThingRef("regulations.duty", row.pk), nil_allowed=False,
        actor=actor(desk.staff, day), now=at(day),
    )  # fmt: skip
    return call_issue(call=call, version=None, actor=actor(desk.staff, day), now=at(day))


def request_of(call: Call, unit_id: int) -> UnitRequest:
    return UnitRequest.objects.system("demonstration").get(call=call, unit_id=unit_id)


def written(request: UnitRequest, username: str, lead: Unit, rows: Iterable[Row], day: date) -> Plan:
    """The plan of a unit, item by item, on the day."""
    who = actor(username, day)
    plan = services.plan_open(request=request, actor=who, now=at(day, 9))
    for row in rows:
        services.plan_item_create(plan=plan, data=item_data(row, lead), actor=who, now=at(day))
    return plan


def item_data(row: Row, lead: Unit) -> dict[str, Any]:
    """A row of plan_items.yaml as the form of an item gives it."""
    carried = PlanItem.objects.system("demonstration").filter(
        plan__level=Plan.Level.CONSOLIDATED,
        plan__state=Plan.State.ISSUED,
        plan__jurisdiction__code="gs-quality",
    )
    return {
        **{name: row[name] for name in ("part", "goal", "measure")},
        "title": row["item"],
        **{name: row.get(name, "") for name in ("target", "person", "steps")},
        "due_on": row["due"],
        "lead_unit": lead,
        "support_names": _names(row.get("support", ())),
        "co_act_names": _names(row.get("co_act", ())),
        "duty_codes": "、".join(row.get("duties", ())),
        "money": row.get("money"),
        "carries": carried.filter(title=row["carries"]).first() if row.get("carries") else None,
    }


def _names(keys: Iterable[str]) -> str:
    return "、".join(unit(key).name for key in keys)


def handed_in(plan: Plan, username: str, day: date) -> None:
    services.plan_submit(plan=plan, version=None, actor=actor(username, day), now=at(day, 16))


def accepted(desk: Desk, plan: Plan, day: date) -> None:
    services.plan_accept(plan=plan, version=None, actor=actor(desk.staff, day), now=at(day, 11))


def approved(desk: Desk, plan: Plan, by: str, day: date) -> None:
    """Presented; a week later the group's word, as it stands on the paper, is recorded."""
    services.plan_present(plan=plan, version=None, actor=actor(desk.staff, day), now=at(day))
    said, entered = day + timedelta(days=6), day + timedelta(days=7)
    services.plan_approve(
        plan=plan, by_name=by, by_title="领导小组组长", on=said, opinion="同意。请各单位抓好落实，办公室按季调度。",
        scan=paper(f"{plan.title}审定批示件", "同意。请各单位抓好落实，办公室按季调度。"), actor=actor(desk.staff, entered),
        now=at(entered),
    )  # fmt: skip


def issued(desk: Desk, plan: Plan, by: str, day: date) -> OfficialDocument:
    """Drafted, checked, signed on paper, numbered and sent within three days; then the plan is issued too."""
    staff, director = actor(desk.staff, day), actor(desk.director, day)
    document = services.plan_draft_document(plan=plan, actor=staff, now=at(day))
    documents.official_check(document=document, version=None, actor=director, now=at(day, 15))
    signed = day + timedelta(days=1)
    documents.official_sign(
        document=document, signed_by=by, signed_on=signed, version=None, actor=director, now=at(signed)
    )
    sent = day + timedelta(days=2)
    return documents.official_issue(
        document=document, dated_on=signed, version=None, actor=actor(desk.staff, sent), now=at(sent)
    )


def in_parts(desk: Desk, plan: Plan, day: date) -> None:
    """The items in the order of the parts, as the paper prints them."""
    parts = list(PlanItem.Part.values)
    ordered = sorted(items_of(plan), key=lambda item: (parts.index(item.part), item.order))
    services.plan_items_order(
        plan=plan,
        ids=[item.pk for item in ordered],
        version=None,
        actor=actor(desk.staff, day),
        now=at(day, 15),
    )
