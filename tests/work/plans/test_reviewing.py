"""Handed in with the request, returned item by item, mended, accepted: and the duty to plan is discharged."""

from __future__ import annotations

from datetime import date

import pytest
from tests.work.plans.conftest import Desk, fresh, items, on

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Post, Todo
from zhize.apps.regulations.models import Obligation
from zhize.apps.requests.services import request_accept, request_return, request_submit, request_withdraw
from zhize.apps.work import services
from zhize.apps.work.models import Plan
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict


def _owed(code: str) -> Obligation:
    return Obligation.objects.system("test").get(duty__code=code)


def test_an_empty_plan_is_not_handed_in(desk: Desk) -> None:
    plan = desk.plan()
    with pytest.raises(BadInput, match="报送内容不完整") as caught:
        services.plan_submit(plan=plan, version=None, actor=desk.actor("liaison"), now=on(1, 20))
    assert "还没有事项" in str(caught.value.problems[0])
    assert fresh(plan).state == "draft"


def test_what_is_handed_in_is_fixed_until_the_office_speaks(desk: Desk) -> None:
    plan = desk.hand_in()
    assert (plan.state, desk.request("zjj").state) == ("submitted", "submitted")
    with pytest.raises(StateConflict, match="计划已报送，不能修改"):
        desk.item(plan)


def test_taken_back_it_may_be_written_again(desk: Desk) -> None:
    plan = desk.hand_in()
    services.plan_withdraw(plan=plan, version=None, actor=desk.actor("liaison"), now=on(1, 21))
    assert (fresh(plan).state, desk.request("zjj").state) == ("draft", "withdrawn")
    desk.item(plan)


def test_single_items_are_returned_with_what_is_to_be_mended(desk: Desk) -> None:
    plan = desk.hand_in(items=3)
    second = items(plan)[1]
    services.plan_return(
        plan=plan, comments={second.pk: "请写明合格率目标"}, comment="", version=plan.version, actor=desk.actor("office"),
        now=on(1, 25),
    )  # fmt: skip
    assert [i.review for i in items(plan)] == ["pending", "returned", "pending"]
    assert desk.request("zjj").comment == "第2项“事项2”：请写明合格率目标"
    assert Todo.objects.system("test").filter(kind="request.returned", done_at__isnull=True).exists()
    with pytest.raises(BadInput) as caught:
        services.plan_submit(plan=plan, version=None, actor=desk.actor("liaison"), now=on(1, 26))
    assert "1 项退回的事项还没有修改" in str(caught.value.problems[0])
    services.plan_item_update(
        thing=second,
        data={"goal": "批次合格率达到93%以上。"},
        version=None,
        actor=desk.actor("liaison"),
        now=on(1, 27),
    )
    services.plan_submit(plan=plan, version=None, actor=desk.actor("liaison"), now=on(1, 27))
    assert [i.review for i in items(plan)] == ["pending", "corrected", "pending"]


def test_a_return_without_a_word_is_refused(desk: Desk) -> None:
    plan = desk.hand_in()
    with pytest.raises(BadInput, match="请写明退回理由"):
        services.plan_return(
            plan=plan,
            comments={items(plan)[0].pk: "  "},
            comment="",
            version=None,
            actor=desk.actor("office"),
            now=on(1, 25),
        )


def test_a_comment_on_another_plans_item_is_refused(desk: Desk) -> None:
    plan, other = desk.hand_in("zjj"), desk.hand_in("gsj")
    with pytest.raises(BadInput, match="不在这份计划里"):
        services.plan_return(
            plan=plan,
            comments={items(other)[0].pk: "改"},
            comment="",
            version=None,
            actor=desk.actor("office"),
            now=on(1, 25),
        )
    assert fresh(plan).state == "submitted"


def test_an_accepted_plan_discharges_the_duty_as_of_the_day_it_was_handed_in(desk: Desk) -> None:
    plan = desk.accepted()
    owed = _owed("3.2#1")
    assert (owed.status, owed.done_on) == ("done", date(2012, 1, 20))
    assert _owed("3.1.1#4").status == "open"
    assert (plan.state, {i.review for i in items(plan)}) == ("accepted", {"accepted"})
    assert Entry.objects.system("test").filter(type="work.plan.accepted").count() == 1


def test_a_prefectures_scheme_discharges_what_its_government_owes(desk: Desk) -> None:
    desk.accepted("lz_gov", lead_unit=desk.world.unit["lz_office"])
    assert _owed("4.2#1").status == "done"


def test_the_page_of_the_request_moves_the_plan_as_well(desk: Desk) -> None:
    plan = desk.plan()
    desk.item(plan)
    liaison, office = desk.actor("liaison"), desk.actor("office")
    states = []
    for act, who in (
        (request_submit, liaison), (request_withdraw, liaison), (request_submit, liaison),
    ):  # fmt: skip
        act(request=desk.request("zjj"), version=None, actor=who, now=on(1, 20))
        states.append(fresh(plan).state)
    request_return(
        request=desk.request("zjj"), comment="请补充措施", version=None, actor=office, now=on(1, 21)
    )
    assert fresh(plan).comment == "请补充措施"
    states.append(fresh(plan).state)
    request_submit(request=desk.request("zjj"), version=None, actor=liaison, now=on(1, 22))
    request_accept(request=desk.request("zjj"), version=None, actor=office, now=on(1, 23))
    states.append(fresh(plan).state)
    assert states == ["submitted", "draft", "submitted", "returned", "accepted"]


def test_a_reply_without_a_plan_moves_nothing(desk: Desk) -> None:
    assert (
        services.plan_follow(
            request=desk.request("gsj"), action="accept", actor=desk.actor("office"), now=on(1, 20)
        )
        is None
    )


@pytest.mark.parametrize("who", ["liaison", "other", "leader", "sibling"])
def test_only_the_office_receives(desk: Desk, who: str) -> None:
    plan = desk.hand_in()
    with pytest.raises(NotAllowed, match="只有本辖区办公室"):
        services.plan_accept(plan=plan, version=None, actor=desk.actor(who), now=on(2, 1))


def test_who_also_serves_the_unit_does_not_receive_its_plan(desk: Desk) -> None:
    plan, w = desk.hand_in(), desk.world
    Post.objects.create(
        user=w.user["office"], unit=w.unit["zjj"], jurisdiction=w.jurisdiction["gs"], role="clerk", title="兼",
        starts_on=date(2012, 1, 1),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="不能审核本单位的"):
        services.plan_accept(plan=plan, version=None, actor=desk.actor("office"), now=on(2, 1))


def test_two_of_the_office_decide_once(desk: Desk) -> None:
    plan = desk.hand_in()
    services.plan_accept(plan=plan, version=plan.version, actor=desk.actor("office"), now=on(2, 1))
    with pytest.raises(EditConflict):
        services.plan_return(
            plan=plan,
            comments={},
            comment="补充",
            version=plan.version,
            actor=desk.actor("director"),
            now=on(2, 1),
        )
    with pytest.raises(StateConflict, match="已接收，现在不能审核"):
        services.plan_accept(plan=plan, version=None, actor=desk.actor("director"), now=on(2, 1))


@pytest.mark.parametrize(
    ("state", "who", "seen"),
    [
        ("draft", "clerk", True), ("draft", "office", False), ("draft", "other", False), ("draft", "sibling", False),
        ("submitted", "office", True), ("submitted", "leader", True), ("submitted", "other", False),
        ("submitted", "sibling", False), ("returned", "office", True), ("returned", "other", False),
        ("accepted", "other", True), ("accepted", "sibling", False), ("accepted", "nohat", False),
    ],
)  # fmt: skip
def test_who_sees_a_units_plan(desk: Desk, state: str, who: str, seen: bool) -> None:
    plan = desk.hand_in()
    Plan.objects.system("test").filter(pk=plan.pk).update(state=state)
    assert Plan.objects.visible_to(desk.actor(who)).filter(pk=plan.pk).exists() is seen
