"""One plan of all: taken in, merged, presented, approval recorded, issued, handed out as tasks, amended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.work.plans.conftest import Desk, fresh, items, on, statements

from zhize.apps.audit.models import Entry
from zhize.apps.documents import services as documents
from zhize.apps.documents.models import Approval, OfficialDocument
from zhize.apps.metrics.services import cards_load
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.regulations.models import Obligation
from zhize.apps.work import services
from zhize.apps.work.mapping.plan_paper import blocks_of, title_of
from zhize.apps.work.models import Plan, PlanItem, PlanItemSource, Task
from zhize.apps.work.selectors import plans
from zhize.apps.work.selectors.task_target import target_words
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def _office(desk: Desk) -> dict[str, Any]:
    return {"actor": desk.actor("office"), "now": on(3, 1)}


def test_a_year_has_one_consolidated_plan(desk: Desk) -> None:
    assert desk.whole().title == "甘肃省2012年度质量振兴工作计划"
    with pytest.raises(StateConflict, match="总计划已经建立"):
        desk.whole()


@pytest.mark.parametrize("who", ["liaison", "leader", "sibling"])
def test_only_the_office_of_the_jurisdiction_consolidates(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed):
        services.plan_consolidate(year=desk.year, actor=desk.actor(who), now=on(2, 10))


def test_only_accepted_items_of_members_are_taken_in_and_each_keeps_its_source(desk: Desk) -> None:
    accepted, waiting = desk.accepted("zjj", items=2, duty_codes="3.1.1#4"), desk.hand_in("gsj")
    desk.accepted("lz_gov", lead_unit=desk.world.unit["lz_office"])
    plan = desk.whole()
    assert [i.pk for i in plans.pool_of(plan)] == [i.pk for i in items(accepted)]
    with pytest.raises(BadInput, match="有的不能取入"):
        services.plan_items_take(plan=plan, source_ids=[items(waiting)[0].pk], **_office(desk))
    first = items(accepted)[0]
    (made,) = services.plan_items_take(plan=plan, source_ids=[first.pk], **_office(desk))
    (row,) = items(plan)
    assert (row.pk, row.title, row.duty_codes, row.order) == (made.pk, first.title, "3.1.1#4", 1)
    assert plans.sources_of(desk.actor("office"), [made.pk]) == {made.pk: [first]}
    assert plans.taken_into(desk.actor("liaison"), [first.pk]) == {}, "a draft is the office's own"
    with pytest.raises(BadInput, match="有的不能取入"):
        services.plan_items_take(plan=plan, source_ids=[first.pk], **_office(desk))
    assert len(services.plan_items_take(plan=plan, source_ids=None, **_office(desk))) == 1


def test_taking_in_a_hundred_items_takes_few_statements(desk: Desk) -> None:
    desk.accepted("zjj", items=100, duty_codes="3.1.1#4")
    plan = desk.whole()
    with statements(20):
        made = services.plan_items_take(plan=plan, source_ids=None, **_office(desk))
    assert len(made) == 100


def test_two_items_that_are_one_matter_become_one_with_both_sources(desk: Desk) -> None:
    plan = desk.taken()
    one, two = items(plan)
    merged = services.plan_items_merge(plan=plan, ids=[two.pk, one.pk], **_office(desk))
    (row,) = items(plan)
    assert (row.pk, row.title, row.order) == (one.pk, one.title, 1)
    assert row.support_names == "省工商局", "who led the other supports from now on"
    assert row.measure.startswith("省质监局：")
    assert len(plans.sources_of(desk.actor("office"), [merged.pk])[merged.pk]) == 2
    entry = Entry.objects.system("test").get(type="work.plan_item.merged")
    assert entry.before["others"][0]["title"] == two.title


def test_one_item_alone_is_not_merged(desk: Desk) -> None:
    plan = desk.taken()
    with pytest.raises(BadInput, match="至少选两个"):
        services.plan_items_merge(plan=plan, ids=[items(plan)[0].pk], **_office(desk))


def test_an_item_taken_out_may_be_taken_in_again(desk: Desk) -> None:
    plan = desk.taken()
    services.plan_item_remove(item=items(plan)[0], version=None, **_office(desk))
    assert len(plans.pool_of(plan)) == 1


def test_an_empty_plan_is_not_presented(desk: Desk) -> None:
    with pytest.raises(BadInput, match="还没有事项"):
        services.plan_present(plan=desk.whole(), version=None, **_office(desk))


def test_presented_it_is_fixed_the_leader_is_told_and_the_office_owes_the_record(desk: Desk) -> None:
    plan = desk.taken()
    services.plan_present(plan=plan, version=plan.version, **_office(desk))
    assert (
        Notice.objects.system("test")
        .filter(user=desk.world.user["leader"], text__contains="报请审定")
        .exists()
    )
    assert Todo.objects.system("test").filter(kind="plan.approve", done_at__isnull=True).count() == 1
    with pytest.raises(StateConflict, match="已报审，不能修改"):
        desk.item(plan, "office")


def test_what_the_group_decided_on_paper_is_recorded_with_who_when_and_how(desk: Desk) -> None:
    plan = desk.approved()
    approval = Approval.objects.system("test").get(ref_kind="work.plan", ref_id=plan.pk)
    assert (approval.by_name, approval.on, approval.opinion) == (
        "领导小组组长（演示）",
        date(2012, 3, 2),
        "同意。",
    )
    assert (plan.state, plan.approved_on) == ("approved", date(2012, 3, 2))
    assert list(
        Todo.objects.system("test")
        .filter(ref_kind="work.plan", done_at__isnull=True)
        .values_list("kind", flat=True)
    ) == ["plan.issue"]


def test_an_approval_dated_tomorrow_changes_nothing(desk: Desk) -> None:
    plan = desk.taken()
    services.plan_present(plan=plan, version=None, **_office(desk))
    with pytest.raises(BadInput, match="晚于今天"):
        services.plan_approve(plan=plan, by_name="组长", on=date(2012, 3, 9), **_office(desk))
    assert fresh(plan).state == "presented"


def test_taken_back_for_changes_it_must_be_approved_anew(desk: Desk) -> None:
    plan = desk.approved()
    with pytest.raises(BadInput, match="请写明退回修改的理由"):
        services.plan_reopen(plan=plan, reason=" ", version=None, **_office(desk))
    services.plan_reopen(plan=plan, reason="组长要求补充环境质量事项", version=None, **_office(desk))
    assert (fresh(plan).state, fresh(plan).approved_on) == ("draft", None)


def test_nothing_is_issued_before_it_is_approved(desk: Desk) -> None:
    plan = desk.taken()
    with pytest.raises(NoSuchStep, match="不能印发"):
        services.plan_issue(plan=plan, doc_no="甘质振办〔2012〕3号", on=date(2012, 3, 1), **_office(desk))
    with pytest.raises(StateConflict, match="先报领导小组审定"):
        services.plan_draft_document(plan=plan, **_office(desk))


def test_the_paper_says_who_does_what_by_when_and_its_figures_lead_back(desk: Desk) -> None:
    plan = desk.approved()
    PlanItem.objects.system("test").filter(plan=plan).update(target="抽查不少于3000批次")
    blocks = blocks_of(plan, plans.items_of(plan))
    said = "\n".join(getattr(block, "text", "") for block in blocks)
    assert title_of(plan) == "关于印发《甘肃省2012年度质量振兴工作计划》的通知"
    assert "已经领导小组2012年3月2日审定" in said
    assert "一、产品质量" in said
    assert "（一）开展重点产品质量监督抽查" in said
    assert "牵头单位：省质监局；完成时限：2012年11月30日。" in said
    refs = {run.ref for block in blocks for run in getattr(block, "runs", ())}
    assert f"work.plan_item:{items(plan)[0].pk}" in refs


def test_issued_it_discharges_the_offices_duty_and_its_items_become_tasks(desk: Desk) -> None:
    plan = desk.issued()
    owed = Obligation.objects.system("test").get(duty__code="2.2#1")
    assert (owed.status, owed.done_on) == ("done", date(2012, 3, 6))
    tasks = list(Task.objects.system("test").order_by("pk"))
    assert [t.title for t in tasks] == [i.title for i in items(plan)]
    assert {(t.source, t.source_kind, t.basis) for t in tasks} == {
        ("plan", "work.plan_item", "甘质振办〔2012〕3号")
    }
    shown = plans.item_by_pk(desk.actor("liaison"), items(plan)[0].pk)
    assert shown is not None
    assert shown.task["id"] == tasks[0].pk


def test_an_items_figure_becomes_the_tasks_target_in_the_unit_of_its_card(desk: Desk) -> None:
    cards_load(actor=system_actor("测试"), now=on(1, 5))
    plan = desk.approved()
    figure = {"card_code": "product.spot_check.pass_rate", "base_value": "90.5", "target_value": "92"}
    PlanItem.objects.system("test").filter(pk=items(plan)[0].pk).update(**figure)
    services.plan_issue(plan=plan, doc_no="甘质振办〔2012〕3号", on=date(2012, 3, 6), **_office(desk))
    words = [target_words(one) for one in Task.objects.system("test").order_by("pk")]
    assert words == ["92%，基期 90.5%", ""]


@pytest.mark.parametrize(("who", "seen"), [("liaison", True), ("sibling", True), ("child", False)])
def test_an_issued_plan_is_seen_at_home_and_right_below(desk: Desk, who: str, seen: bool) -> None:
    plan = desk.issued()
    assert Plan.objects.visible_to(desk.actor(who)).filter(pk=plan.pk).exists() is seen


def test_signing_and_sending_the_document_issues_the_plan(desk: Desk) -> None:
    plan = desk.approved()
    director = desk.actor("director")
    documents.issuer_create(
        data={"unit": desk.world.unit["office"], "name": "省质量办", "agency_code": "甘质振办"},
        actor=director,
        now=on(3, 5),
    )
    document = services.plan_draft_document(plan=plan, actor=desk.actor("office"), now=on(3, 5))
    with pytest.raises(StateConflict, match="已经起草"):
        services.plan_draft_document(plan=plan, actor=desk.actor("office"), now=on(3, 5))
    documents.official_check(document=document, version=None, actor=director, now=on(3, 5))
    documents.official_sign(
        document=document,
        signed_by="办公室主任（演示）",
        signed_on=date(2012, 3, 6),
        version=None,
        actor=director,
        now=on(3, 6),
    )
    documents.official_issue(
        document=document, dated_on=date(2012, 3, 6), version=None, actor=director, now=on(3, 6)
    )
    plan = fresh(plan)
    assert (plan.state, plan.doc_no, plan.issued_on) == ("issued", "甘质振办〔2012〕1号", date(2012, 3, 6))
    sent = OfficialDocument.objects.system("test").get(pk=document.pk)
    assert sent.docx is not None
    assert sent.pdf is not None
    assert Task.objects.system("test").count() == 2


def test_an_amendment_is_a_version_that_keeps_tasks_and_sources_and_replaces_the_old_one(desk: Desk) -> None:
    old = desk.issued()
    with pytest.raises(BadInput, match="请写明修订理由"):
        services.plan_amend(plan=old, reason="", **_office(desk))
    new = services.plan_amend(plan=old, reason="半年会商新增一项", **_office(desk))
    with pytest.raises(StateConflict, match="正在修订"):
        services.plan_amend(plan=old, reason="再来一次", **_office(desk))
    assert (new.number, fresh(old).state) == (2, "issued"), "the old one stays in force meanwhile"
    assert PlanItemSource.objects.filter(item__plan=new).count() == 2
    desk.item(new, "office", title="组织质量月活动", lead_unit=desk.world.unit["zjj"])
    services.plan_present(plan=new, version=None, **_office(desk))
    services.plan_approve(plan=new, by_name="组长", on=date(2012, 3, 1), **_office(desk))
    services.plan_issue(plan=new, doc_no="甘质振办〔2012〕9号", on=date(2012, 3, 1), **_office(desk))
    assert (fresh(new).state, fresh(old).state) == ("issued", "superseded")
    assert list(Task.objects.system("test").order_by("pk").values_list("title", flat=True))[2:] == [
        "组织质量月活动"
    ]
    kept = plans.item_by_pk(desk.actor("office"), items(new)[0].pk)
    assert kept is not None
    assert kept.task is not None
