"""Steps of an item: written, refused, taken over, merged, printed; steps of the task when the plan is issued and amended."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from tests.work.plans.conftest import Desk, fresh, items, on

from zhize.apps.work import services
from zhize.apps.work.mapping.plan_paper import blocks_of
from zhize.apps.work.models import Plan, TaskStep
from zhize.kit.errors import BadInput
from zhize.kit.fields import specs
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRow

STEPS = "3月底前 制定方案\n6月底前 50% 完成抽样\n10月底前公布结果"
KEPT = "2012-03-31 制定方案\n2012-06-30 50% 完成抽样\n2012-10-31 公布结果"


def _by(desk: Desk, month: int = 3) -> dict[str, Any]:
    return {"actor": desk.actor("office"), "now": on(month, 2)}


def _issued(desk: Desk, plan: Plan, number: str, month: int = 3) -> Plan:
    services.plan_present(plan=fresh(plan), version=None, **_by(desk, month))
    services.plan_approve(plan=plan, by_name="组长", on=date(2012, month, 2), **_by(desk, month))
    services.plan_issue(plan=plan, doc_no=number, on=date(2012, month, 2), **_by(desk, month))
    return fresh(plan)


def _taken(desk: Desk, steps: str = STEPS) -> Plan:
    desk.accepted("zjj", duty_codes="3.1.1#4", steps=steps)
    whole = desk.whole()
    services.plan_items_take(plan=whole, source_ids=None, **_by(desk))
    return whole


def _of_tasks() -> list[tuple[date, int, str]]:
    return list(TaskStep.objects.system("test").order_by("due_on").values_list("due_on", "percent", "name"))


def test_steps_are_kept_with_their_days_and_refused_in_words(desk: Desk) -> None:
    plan = desk.plan("zjj")
    item = desk.item(plan, "liaison", steps=STEPS)
    assert item.steps == KEPT
    with pytest.raises(BadInput, match="晚于完成时限") as refused:
        services.plan_item_update(
            thing=item,
            data={"steps": "12月20日 公布"},
            version=None,
            actor=desk.actor("liaison"),
            now=on(2, 9),
        )
    assert "步骤第 1 行" in refused.value.problem.where
    with pytest.raises(BadInput, match="晚于完成时限"):  # the due date moved before a step
        services.plan_item_update(
            thing=item,
            data={"due_on": date(2012, 9, 1)},
            version=None,
            actor=desk.actor("liaison"),
            now=on(2, 9),
        )


def test_issued_they_are_the_steps_of_the_task_and_stand_in_the_paper(desk: Desk) -> None:
    whole = _taken(desk)
    assert items(whole)[0].steps == KEPT
    words = str(blocks_of(fresh(whole), items(whole)))
    assert "2012年6月30日前完成抽样" in words
    _issued(desk, whole, "甘质振办〔2012〕3号")
    assert _of_tasks() == [
        (date(2012, 3, 31), 25, "制定方案"), (date(2012, 6, 30), 50, "完成抽样"), (date(2012, 10, 31), 100, "公布结果"),
    ]  # fmt: skip


def test_amended_the_tasks_steps_follow_and_else_stay_as_the_unit_made_them(desk: Desk) -> None:
    issued = _issued(desk, _taken(desk), "甘质振办〔2012〕3号")
    task = TaskStep.objects.system("test").select_related("task").first()
    assert task is not None
    own = [services.NewStep(date(2012, 5, 31), 40, "自定节点")]
    services.task_steps_set(task=task.task, steps=own, actor=desk.actor("liaison"), now=on(4, 2))
    again = services.plan_amend(plan=issued, reason="半年会商", **_by(desk, 7))
    services.plan_item_update(thing=items(again)[0], data={"goal": "改。"}, version=None, **_by(desk, 7))
    second = _issued(desk, again, "甘质振办〔2012〕9号", 7)
    assert _of_tasks() == [(date(2012, 5, 31), 40, "自定节点")]
    third = services.plan_amend(plan=second, reason="再会商", **_by(desk, 8))
    services.plan_item_update(
        thing=items(third)[0], data={"steps": "11月底前 公布结果"}, version=None, **_by(desk, 8)
    )
    _issued(desk, third, "甘质振办〔2012〕12号", 8)
    assert _of_tasks() == [(date(2012, 11, 30), 100, "公布结果")]


def test_merged_items_keep_the_steps_of_both(desk: Desk) -> None:
    desk.accepted("zjj", duty_codes="3.1.1#4", steps="3月底前 制定方案")
    desk.accepted("gsj", steps="6月底前 查处")
    whole = desk.whole()
    services.plan_items_take(plan=whole, source_ids=None, **_by(desk))
    made = services.plan_items_merge(plan=whole, ids=[one.pk for one in items(whole)], **_by(desk))
    assert made.steps == "2012-03-31 制定方案\n2012-06-30 查处"


def test_a_table_tells_of_a_step_that_cannot_be_read_before_anything_is_written(desk: Desk) -> None:
    plan = desk.plan("zjj")
    head = "计划,序号,工作事项,板块,目标,措施,完成时限,牵头单位,步骤"
    line = f"{plan.title},{{n}},抽查{{n}},产品质量,达到92%。,抽查。,2012-11-30,省质监局,{{steps}}"
    raw = "\n".join(
        [
            head,
            line.format(n=1, steps="6月底前 完成抽样"),
            line.format(n=2, steps="尽快完成"),
            line.format(n=3, steps=""),
        ]
    ).encode()
    run = import_upload(
        spec=specs()["work.plan_item"], upload=io.BytesIO(raw), name="事项.csv", size=len(raw),
        actor=desk.actor("liaison"), now=on(2, 3),
    )  # fmt: skip
    rows = {row.line: row for row in ImportRow.objects.filter(run=run)}
    assert rows[2].values["steps"] == "2012-06-30 完成抽样" and rows[4].effect == "add"
    assert rows[3].effect == "error" and "读不出时间：尽快完成" in str(rows[3].problems)
