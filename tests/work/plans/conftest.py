"""甘肃省 calls for plans; 省质监局 and 省工商局 answer, and 兰州市 through its office. Everything through the services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import World

from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.regulations.models import Duty, DutyHolder, Obligation
from zhize.apps.requests.models import Call, UnitRequest
from zhize.apps.requests.services import call_create, call_issue
from zhize.apps.work import services
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor

YEAR = (date(2012, 1, 1), date(2012, 12, 31))
WHO = {"zjj": "liaison", "gsj": "other", "lz_gov": "sibling"}


def on(month: int, day: int, hour: int = 2) -> datetime:
    """A moment of 2012 (UTC; ten in the morning in Lanzhou)."""
    return datetime(2012, month, day, hour, tzinfo=UTC)


def item_data(**more: Any) -> dict[str, Any]:
    """What the form of an item gives, but for the lead unit."""
    return {
        "part": "product", "title": "开展重点产品质量监督抽查", "goal": "批次合格率达到92%以上。", "measure": "制定抽查计划，公布结果。",
        "due_on": date(2012, 11, 30), **more,
    }  # fmt: skip


@contextmanager
def statements(most: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as seen:
        yield
    assert len(seen) <= most, "\n".join(q["sql"][:160] for q in seen.captured_queries)


@dataclass
class Desk:
    """The world with a year of plans: `desk.plan("zjj")`, `desk.item(plan)`, `desk.hand_in("zjj")`, `desk.accept(plan)`."""

    world: World
    year: WorkYear
    call: Call

    def actor(self, who: str) -> Actor:
        return self.world.actor(who)

    def request(self, unit: str) -> UnitRequest:
        rows = UnitRequest.objects.system("test").select_related("call__year", "unit")
        return rows.get(call=self.call, unit=self.world.unit[unit])

    def plan(self, unit: str = "zjj") -> Plan:
        return services.plan_open(request=self.request(unit), actor=self.actor(WHO[unit]), now=on(1, 10))

    def item(self, plan: Plan, who: str = "", **more: Any) -> PlanItem:
        lead = more.pop("lead_unit", plan.unit)
        actor = self.actor(who or self._keeper(plan))
        data = item_data(lead_unit=lead, **more)
        made = services.plan_item_create(plan=plan, data=data, actor=actor, now=on(1, 11))
        return next(item for item in items(plan) if item.pk == made.pk)

    def _keeper(self, plan: Plan) -> str:
        keys = {self.world.unit[key].pk: who for key, who in WHO.items()}
        return keys.get(plan.unit_id, "office")

    def hand_in(self, unit: str = "zjj", *, items: int = 1, **more: Any) -> Plan:
        plan = self.plan(unit)
        for number in range(items):
            self.item(plan, **({"title": f"事项{number + 1}"} if items > 1 else {}), **more)
        services.plan_submit(plan=plan, version=None, actor=self.actor(WHO[unit]), now=on(1, 20))
        return fresh(plan)

    def accepted(self, unit: str = "zjj", **more: Any) -> Plan:
        plan = self.hand_in(unit, **more)
        services.plan_accept(plan=plan, version=None, actor=self.actor("office"), now=on(2, 1))
        return fresh(plan)

    def whole(self) -> Plan:
        return services.plan_consolidate(year=self.year, actor=self.actor("office"), now=on(2, 10))

    def taken(self) -> Plan:
        """Both departments' plans accepted and taken in."""
        self.accepted("zjj")
        self.accepted("gsj", title="开展流通领域商品质量抽查")
        plan = self.whole()
        services.plan_items_take(plan=plan, source_ids=None, actor=self.actor("office"), now=on(2, 11))
        return fresh(plan)

    def approved(self) -> Plan:
        plan = self.taken()
        services.plan_present(plan=plan, version=None, actor=self.actor("office"), now=on(3, 1))
        services.plan_approve(
            plan=plan, by_name="领导小组组长（演示）", on=date(2012, 3, 2), opinion="同意。", actor=self.actor("office"),
            now=on(3, 5),
        )  # fmt: skip
        return fresh(plan)

    def issued(self, doc_no: str = "甘质振办〔2012〕3号") -> Plan:
        plan = self.approved()
        services.plan_issue(
            plan=plan, doc_no=doc_no, on=date(2012, 3, 6), actor=self.actor("office"), now=on(3, 6)
        )
        return fresh(plan)


def fresh(plan: Plan) -> Plan:
    return Plan.objects.system("test").select_related("unit", "year", "jurisdiction").get(pk=plan.pk)


def items(plan: Plan) -> list[PlanItem]:
    return items_of(plan)


def owe(
    world: World,
    year: WorkYear,
    code: str,
    unit: Unit,
    start: date = YEAR[0],
    end: date = YEAR[1],
    **more: Any,
) -> Obligation:
    """A duty of that code held by the unit, and what it owes for it this year."""
    duty, made = Duty.objects.system("test").get_or_create(
        jurisdiction=year.jurisdiction, code=code,
        defaults={"title": f"职责{code}", "text": "职责原文。", "nature": "once", "kind": "supervise", "order": 1, **more},
    )  # fmt: skip
    if made:
        DutyHolder.objects.create(duty=duty, unit=unit, printed=unit.name)
    return Obligation.objects.create(
        jurisdiction=year.jurisdiction, year=year, duty=duty, unit=unit, period_label="2012年",
        period_start=start, period_end=end, due_on=date(2012, 3, 31),
    )  # fmt: skip


@pytest.fixture
def desk(world: World) -> Desk:
    jurisdiction = world.jurisdiction["gs"]
    year = WorkYear.objects.create(
        jurisdiction=jurisdiction, label="2012年度", starts_on=YEAR[0], ends_on=YEAR[1], state="open"
    )
    owe(world, year, "3.1.1#4", world.unit["zjj"])
    owe(world, year, "3.1.3#1", world.unit["gsj"])
    owe(world, year, "3.2#1", world.unit["zjj"], kind="plan", sources=["work.plan.accepted"])
    owe(world, year, "4.2#1", world.unit["lz_gov"], kind="plan", sources=["work.plan.accepted"])
    owe(world, year, "2.2#1", world.unit["office"], kind="plan", sources=["work.plan.issued"])
    for key in ("lz_office",):
        Membership.objects.create(
            jurisdiction=world.jurisdiction["lz"], unit=world.unit[key], capacity="office", valid_from=YEAR[0]
        )
    call = call_create(
        jurisdiction=jurisdiction, year=year, title="征集2012年度工作计划", due_on=date(2012, 2, 10), content="work.plan_items",
        unit_ids=[world.unit[key].pk for key in WHO], nil_allowed=False, actor=world.actor("office"), now=on(1, 5),
    )  # fmt: skip
    call_issue(call=call, version=None, actor=world.actor("office"), now=on(1, 6))
    return Desk(world, year, call)
