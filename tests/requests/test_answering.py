"""A unit answers: drafted, handed in, taken back, returned with comments, mended, accepted; or nothing to report."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.requests.conftest import FULL, fill, of, send
from tests.world import SINCE, World

from zhize.apps.orgs.models import Post, Todo
from zhize.apps.requests import policies, services
from zhize.apps.requests.events import RequestAccepted, RequestReturned, RequestSubmitted
from zhize.apps.requests.models import Call, UnitRequest
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit import events
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict


def _open_todos(unit: str) -> list[str]:
    rows = Todo.objects.system("test").filter(unit__code=f"test-{unit}", done_at__isnull=True)
    return sorted(rows.values_list("kind", flat=True))


def test_answers_are_kept_as_values_and_handed_in_as_they_stand(
    world: World, call: Call, now: datetime
) -> None:
    row = fill(call, world, now)
    assert (row.state, row.answers) == (
        "drafting", {"done": "开展了监督抽查。", "batches": 120, "held_on": "2012-02-20"},
    )  # fmt: skip
    assert row.handed_in is None
    row = send(call, world, now)
    assert (row.state, row.submitted_by) == ("submitted", "联络员（演示）")
    assert row.handed_in == {"answers": row.answers, "statement": "", "nil_report": False}
    assert (_open_todos("zjj"), _open_todos("office")) == ([], ["request.review"])


def test_a_draft_may_be_half_empty_but_what_is_written_must_fit(
    world: World, call: Call, now: datetime
) -> None:
    assert fill(call, world, now, answers={"done": "写到一半"}).answers == {"done": "写到一半"}
    with pytest.raises(BadInput) as refused:
        fill(call, world, now, answers={"batches": "一百二十", "held_on": "2012-02-31"})
    assert [str(p) for p in refused.value.problems] == [
        "抽查批次（批）：不是整数。请填写整数，如 12。",
        "会议日期：不是日期。请按 2012-03-05 的样式填写。",
    ]
    with pytest.raises(BadInput, match="没有填报项“extra”"):
        fill(call, world, now, answers={"extra": "1"})


def test_what_is_required_is_asked_for_by_name_when_it_is_handed_in(
    world: World, call: Call, now: datetime
) -> None:
    fill(call, world, now, answers={"held_on": "2012-02-20"})
    with pytest.raises(BadInput) as refused:
        send(call, world, now)
    assert [p.where for p in refused.value.problems] == ["工作情况", "抽查批次（批）"]


def test_what_was_returned_is_mended_and_accepted(world: World, call: Call, now: datetime) -> None:
    fill(call, world, now)
    send(call, world, now)
    office = world.actor("office")
    with pytest.raises(BadInput, match="请写明退回理由"):
        services.request_return(
            request=of(call, world, "zjj"), comment=" ", version=None, actor=office, now=now
        )
    row = services.request_return(
        request=of(call, world, "zjj"), comment="数据请核对", field_comments={"batches": "与统计数不符", "done": " "},
        version=None, actor=office, now=now,
    )  # fmt: skip
    assert (row.state, row.comment, row.field_comments) == (
        "returned",
        "数据请核对",
        {"batches": "与统计数不符"},
    )
    assert (_open_todos("zjj"), _open_todos("office")) == (["request.returned"], [])
    row = fill(call, world, now, answers={**FULL, "batches": 118})
    assert (row.state, row.handed_in["answers"]["batches"]) == ("returned", 120), (
        "the office sees what was sent"
    )
    later = now + timedelta(days=1)
    row = send(call, world, later)
    assert (row.handed_in["answers"]["batches"], row.submitted_at) == (118, later)
    row = services.request_accept(request=row, version=row.version, actor=office, now=later)
    assert (row.state, row.decided_by, row.field_comments) == ("accepted", office.name, {})
    with pytest.raises(NoSuchStep):
        services.request_accept(request=row, version=None, actor=office, now=later)


def test_a_unit_takes_back_what_nobody_has_decided_on(world: World, call: Call, now: datetime) -> None:
    fill(call, world, now)
    send(call, world, now)
    row = services.request_withdraw(
        request=of(call, world, "zjj"), version=None, actor=world.actor("clerk"), now=now
    )
    assert (row.state, row.handed_in, row.submitted_at) == ("withdrawn", None, None)
    assert (_open_todos("zjj"), _open_todos("office")) == (["call.due"], [])
    assert send(call, world, now).state == "submitted"


def test_a_department_neither_sees_nor_answers_anothers_request(
    world: World, call: Call, now: datetime
) -> None:
    own = UnitRequest.objects.visible_to(world.actor("liaison"))
    assert {r.unit.code for r in own.select_related("unit")} == {"test-zjj"}
    with pytest.raises(NotAllowed):
        fill(call, world, now, unit="gsj")
    with pytest.raises(NotAllowed):
        fill(call, world, now, who="office")


def test_a_prefectures_office_answers_for_its_government(world: World, call: Call, now: datetime) -> None:
    fill(call, world, now, unit="lz_gov", who="sibling")
    assert send(call, world, now, unit="lz_gov", who="sibling").state == "submitted"
    assert UnitRequest.objects.visible_to(world.actor("sibling")).count() == 1


def test_nobody_takes_in_what_the_own_unit_sent_under_whatever_hat(
    world: World, call: Call, now: datetime
) -> None:
    fill(call, world, now)
    send(call, world, now)
    office = world.actor("office")
    Post.objects.create(
        user=world.user["office"], unit=world.unit["zjj"], jurisdiction=world.jurisdiction["gs"], role="clerk",
        title="经办人", starts_on=SINCE,
    )  # fmt: skip
    for act in (services.request_accept, services.request_return):
        with pytest.raises(NotAllowed, match="不能审核本单位的报送"):
            act(request=of(call, world, "zjj"), comment="好", version=None, actor=office, now=now)
    assert policies.may_review(world.actor("director"), of(call, world, "zjj"))


@pytest.mark.parametrize("who", ["liaison", "leader", "assessor_of_lz", "sibling"])
def test_only_the_asking_office_decides(world: World, call: Call, now: datetime, who: str) -> None:
    fill(call, world, now)
    send(call, world, now)
    actor = world.actor("sibling_head" if who == "assessor_of_lz" else who)
    with pytest.raises(NotAllowed):
        services.request_accept(request=of(call, world, "zjj"), version=None, actor=actor, now=now)


def test_the_second_of_two_people_saving_one_answer_gets_both_versions(
    world: World, call: Call, now: datetime
) -> None:
    opened = of(call, world, "zjj")
    fill(call, world, now, version=opened.version)
    with pytest.raises(EditConflict) as conflict:
        fill(call, world, now, who="clerk", version=opened.version, answers={"done": "另写"})
    assert conflict.value.theirs["answers"] == of(call, world, "zjj").answers


def test_the_apps_above_hear_of_every_step(
    world: World, call: Call, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_handlers", {})
    heard: list[str] = []
    for event in (RequestSubmitted, RequestReturned, RequestAccepted):
        events.on(event, lambda e: heard.append(f"{type(e).__name__} {e.request.state}"))
    office = world.actor("office")
    fill(call, world, now)
    send(call, world, now)
    services.request_return(request=of(call, world, "zjj"), comment="改", version=None, actor=office, now=now)
    send(call, world, now)
    services.request_accept(request=of(call, world, "zjj"), version=None, actor=office, now=now)
    assert heard == [
        "RequestSubmitted submitted", "RequestReturned returned", "RequestSubmitted submitted", "RequestAccepted accepted",
    ]  # fmt: skip


def test_what_is_handed_in_cannot_be_changed(world: World, call: Call, now: datetime) -> None:
    fill(call, world, now)
    send(call, world, now)
    with pytest.raises(NoSuchStep):
        fill(call, world, now)
    with pytest.raises(StateConflict, match="已报送的报送不能修改"):
        services.request_files_add(request=of(call, world, "zjj"), actor=world.actor("liaison"), now=now)
