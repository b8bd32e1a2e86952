"""修订: what an amendment changed of an item changes its task; what it left out is cancelled; what is new is handed out."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.work.plans.conftest import Desk, fresh, items, on

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice
from zhize.apps.work import services
from zhize.apps.work.models import Plan, Task, TaskChange
from zhize.apps.work.selectors import plans


def _amended(desk: Desk, old: Plan, number: str = "甘质振办〔2012〕9号", **change: Any) -> Plan:
    """The next version with its first item changed so, issued."""
    by: dict[str, Any] = {"actor": desk.actor("office"), "now": on(7, 2)}
    new = services.plan_amend(plan=old, reason="半年会商", **by)
    if change:
        services.plan_item_update(thing=items(new)[0], data=change, version=None, **by)
    return _issued(desk, new, number)


def _issued(desk: Desk, plan: Plan, number: str) -> Plan:
    by: dict[str, Any] = {"actor": desk.actor("office"), "now": on(7, 2)}
    services.plan_present(plan=fresh(plan), version=None, **by)
    services.plan_approve(plan=plan, by_name="组长", on=date(2012, 7, 2), **by)
    services.plan_issue(plan=plan, doc_no=number, on=date(2012, 7, 2), **by)
    return fresh(plan)


def _tasks() -> list[Task]:
    return list(Task.objects.system("test").select_related("lead_unit").order_by("pk"))


def test_a_changed_item_moves_the_date_and_the_words_of_its_task(desk: Desk) -> None:
    old = desk.issued()
    _amended(desk, old, due_on=date(2012, 12, 20), goal="批次合格率达到95%以上。")
    first, second = _tasks()
    assert (first.due_on, first.first_due_on, first.goal) == (
        date(2012, 12, 20), date(2012, 11, 30), "批次合格率达到95%以上。",
    )  # fmt: skip
    assert (first.basis, second.basis) == ("甘质振办〔2012〕9号", "甘质振办〔2012〕3号")
    assert second.due_on == date(2012, 11, 30), "what was not changed stays"
    change = TaskChange.objects.system("test").get(task=first)
    assert (change.kind, change.reason) == ("due", "计划修订（甘质振办〔2012〕9号）")
    told = Notice.objects.system("test").filter(
        user=desk.world.user["liaison"], text__contains="任务随之调整"
    )
    assert told.exists()


def test_what_the_office_changed_of_a_task_stays_where_the_amendment_says_nothing_of_it(desk: Desk) -> None:
    old = desk.issued()
    office: dict[str, Any] = {"actor": desk.actor("office"), "now": on(5, 2)}
    services.task_update(thing=_tasks()[0], data={"measure": "按季抽查。"}, version=None, **office)
    _amended(desk, old, goal="批次合格率达到95%以上。")
    assert (_tasks()[0].measure, _tasks()[0].goal) == ("按季抽查。", "批次合格率达到95%以上。")


def test_another_lead_unit_takes_the_task_over_and_new_supports_are_asked(desk: Desk) -> None:
    old = desk.issued()
    unit = desk.world.unit
    _amended(desk, old, lead_unit=unit["gsj"], support_names="省质监局")
    task = _tasks()[0]
    assert (task.lead_unit, task.state, task.supports) == (unit["gsj"], "assigned", "省质监局")


def test_where_the_lead_cannot_change_any_more_the_office_is_told(desk: Desk) -> None:
    old = desk.issued()
    Task.objects.system("test").filter(pk=_tasks()[0].pk).update(state="asked")
    _amended(desk, old, lead_unit=desk.world.unit["gsj"])
    assert _tasks()[0].lead_unit == desk.world.unit["zjj"]
    told = Notice.objects.system("test").filter(user=desk.world.user["office"], text__contains="不能自动改派")
    assert told.exists()


def test_the_task_of_an_item_left_out_is_cancelled_and_a_closed_one_stays_closed(desk: Desk) -> None:
    old = desk.issued()
    by: dict[str, Any] = {"actor": desk.actor("office"), "now": on(7, 2)}
    Task.objects.system("test").filter(pk=_tasks()[0].pk).update(state="closed")
    new = services.plan_amend(plan=old, reason="半年会商", **by)
    for item in items(new):
        services.plan_item_remove(item=item, version=None, **by)
    desk.item(fresh(new), "office", title="组织质量月活动", lead_unit=desk.world.unit["zjj"])
    _issued(desk, new, "甘质振办〔2012〕9号")
    assert [(t.title, t.state) for t in _tasks()][1:] == [
        ("开展流通领域商品质量抽查", "cancelled"), ("组织质量月活动", "assigned"),
    ]  # fmt: skip
    assert _tasks()[0].state == "closed"
    assert "不再列入" in Entry.objects.system("test").get(type="work.task.cancelled").note


def test_a_third_version_still_shows_and_moves_the_tasks_of_the_first(desk: Desk) -> None:
    second = _amended(desk, desk.issued())
    third = _amended(desk, second, "甘质振办〔2012〕12号", due_on=date(2012, 12, 28))
    shown = plans.item_by_pk(desk.actor("office"), items(third)[0].pk)
    assert shown is not None and shown.task is not None
    assert [task.due_on for task in _tasks()] == [date(2012, 12, 28), date(2012, 11, 30)]
