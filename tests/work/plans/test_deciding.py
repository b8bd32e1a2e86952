"""审定 by a leader who signs in: in the own name, today; or sent back to the office with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.work.plans.conftest import Desk, fresh, on

from zhize.apps.documents.models import Approval
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.work import services
from zhize.kit.errors import NotAllowed


def test_a_leader_approves_here_in_the_own_name_and_today(desk: Desk) -> None:
    plan = desk.taken()
    services.plan_present(plan=plan, version=None, actor=desk.actor("office"), now=on(3, 1))
    leader = desk.actor("leader")
    services.plan_approve(
        plan=plan, by_name="别人", on=date(2012, 1, 1), opinion="同意。", actor=leader, now=on(3, 5)
    )
    approval = Approval.objects.system("test").get(ref_kind="work.plan", ref_id=plan.pk)
    assert (approval.by_name, approval.on, approval.opinion) == (leader.name, date(2012, 3, 5), "同意。")
    assert fresh(plan).state == "approved"
    assert Todo.objects.system("test").filter(kind="plan.issue", done_at__isnull=True).exists()


def test_a_leader_sends_a_presented_plan_back_and_the_office_is_told_why(desk: Desk) -> None:
    plan = desk.taken()
    services.plan_present(plan=plan, version=None, actor=desk.actor("office"), now=on(3, 1))
    by: dict[str, Any] = {"version": None, "actor": desk.actor("leader"), "now": on(3, 5)}
    services.plan_reopen(plan=plan, reason="请补充环境质量事项", **by)
    assert (fresh(plan).state, fresh(plan).comment) == ("draft", "请补充环境质量事项")
    told = Notice.objects.system("test").filter(
        user=desk.world.user["office"], text__contains="请补充环境质量事项"
    )
    assert told.exists()


def test_what_is_approved_only_the_office_takes_back_and_no_unit_decides(desk: Desk) -> None:
    plan = desk.approved()
    with pytest.raises(NotAllowed):
        services.plan_reopen(plan=plan, reason="再改", version=None, actor=desk.actor("leader"), now=on(3, 6))
    with pytest.raises(NotAllowed, match="领导和办公室"):
        services.plan_approve(
            plan=plan, by_name="组长", on=date(2012, 3, 5), actor=desk.actor("liaison"), now=on(3, 6)
        )
