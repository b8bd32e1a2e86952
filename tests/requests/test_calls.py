"""The office asks: drafted, checked, sent to every unit at once, ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from tests.requests.conftest import ASKED, DUE, FORM, Make, of
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Todo
from zhize.apps.requests import services
from zhize.apps.requests.events import CallEnded, CallIssued
from zhize.apps.requests.models import Call, UnitRequest
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit import events
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.rules import edition_write


def _entries(kind: str) -> int:
    return Entry.objects.system("test").filter(type=kind).count()


def test_a_call_sent_gives_every_unit_its_request_its_to_do_and_a_message(world: World, issued: Make) -> None:
    call = issued()
    assert (call.state, call.issued_by) == ("issued", "办公室工作人员（演示）")
    assert UnitRequest.objects.system("test").filter(call=call, state="waiting").count() == 4
    todos = Todo.objects.system("test").filter(kind="call.due", done_at__isnull=True)
    assert {t.unit.code for t in todos.select_related("unit")} == {f"test-{key}" for key in ASKED}
    told = set(Notice.objects.system("test").values_list("user__username", flat=True))
    assert told == {"head", "liaison", "clerk", "other", "sibling", "sibling_head", "sibling2"}
    assert _entries("requests.call.issued") == 1


def test_the_apps_above_hear_that_a_call_was_sent_and_ended(
    world: World, issued: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_handlers", {})
    heard: list[Any] = []
    events.on(CallIssued, heard.append)
    events.on(CallEnded, heard.append)
    call = issued()
    services.call_close(call=call, version=None, actor=world.actor("office"), now=now)
    assert [(type(e).__name__, e.call.pk) for e in heard] == [("CallIssued", call.pk), ("CallEnded", call.pk)]


@pytest.mark.parametrize("who", ["liaison", "sibling", "leader", "auditor", "sysadmin"])
def test_only_the_office_of_the_jurisdiction_asks(world: World, draft: Make, now: datetime, who: str) -> None:
    call = draft()
    for act in (services.call_issue, services.call_close):
        with pytest.raises(NotAllowed):
            act(call=call, version=None, actor=world.actor(who), now=now)
    with pytest.raises(NotAllowed):
        services.call_update(call=call, data={"title": "改"}, version=None, actor=world.actor(who), now=now)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"form": [{"name": "Bad Name", "label": "甲"}]}, "字段名“Bad Name”不合适"),
        ({"form": [*FORM, FORM[0]]}, "字段名“done”写了两次"),
        ({"form": [{"name": "statement", "label": "甲"}]}, "字段名“statement”已有别用"),
        ({"form": [{"name": "a", "label": "甲", "prefill": "magic"}]}, "不认识的预填方式“magic”"),
        ({"form": [{"name": f"f{n}", "label": "甲"} for n in range(61)]}, "填报项有 61 个，超过 60 个"),
        ({"form": []}, "没有写明要报什么"),
        ({"content": "work.nothing"}, "不认识的报送内容“work.nothing”"),
        ({"source_code": "work.nothing"}, "没有登记“work.nothing”"),
        ({"period": (date(2012, 6, 30), date(2012, 1, 1))}, "所属期起晚于所属期止"),
        ({"units": ("child_office",)}, "有 1 个单位不是本辖区的成员单位或被考核地区"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    world: World, draft: Make, wrong: dict[str, Any], words: str
) -> None:
    world.unit["child_office"] = world.unit["cg_office"]
    with pytest.raises(BadInput) as refused:
        draft(**wrong)
    assert any(words in str(problem) for problem in refused.value.problems)


def test_a_draft_is_changed_and_what_is_sent_is_not(world: World, draft: Make, now: datetime) -> None:
    office = world.actor("office")
    call = draft()
    call = services.call_update(
        call=call,
        data={"title": "半年总结"},
        version=1,
        unit_ids=[world.unit["gsj"].pk],
        actor=office,
        now=now,
    )
    assert (call.title, [a.unit.code for a in call.addressees.select_related("unit")]) == (
        "半年总结",
        ["test-gsj"],
    )
    with pytest.raises(EditConflict):
        services.call_update(call=call, data={"title": "总结"}, version=1, actor=office, now=now)
    services.call_issue(call=call, version=None, actor=office, now=now)
    with pytest.raises(StateConflict, match="已发出的征集不能修改"):
        services.call_update(call=call, data={"title": "总结"}, version=None, actor=office, now=now)


def test_a_call_to_nobody_or_due_yesterday_is_not_sent(world: World, draft: Make, now: datetime) -> None:
    office = world.actor("office")
    with pytest.raises(BadInput, match="没有选择征集对象"):
        services.call_issue(call=draft(units=()), version=None, actor=office, now=now)
    with pytest.raises(BadInput, match="报送期限 2012-03-04 已过"):
        services.call_issue(call=draft(due_on=date(2012, 3, 4)), version=None, actor=office, now=now)
    assert not UnitRequest.objects.system("test").exists()


def test_a_call_is_sent_once(world: World, issued: Make, now: datetime) -> None:
    call = issued()
    with pytest.raises(NoSuchStep):
        services.call_issue(call=call, version=None, actor=world.actor("director"), now=now)
    assert UnitRequest.objects.system("test").count() == 4


def test_a_call_cancelled_leaves_no_to_do_and_says_why(world: World, issued: Make, now: datetime) -> None:
    call = issued()
    with pytest.raises(BadInput, match="请写明取消的原因"):
        services.call_cancel(call=call, note=" ", version=None, actor=world.actor("office"), now=now)
    services.call_cancel(call=call, note="与年度总结重复", version=None, actor=world.actor("office"), now=now)
    assert not Todo.objects.system("test").filter(done_at__isnull=True).exists()
    assert Notice.objects.system("test").filter(text__contains="与年度总结重复").exists()
    with pytest.raises(StateConflict, match="这次征集已取消"):
        services.request_save(
            request=of(call, world, "zjj"), answers={}, version=None, actor=world.actor("liaison"), now=now
        )


def test_a_unit_sees_a_call_when_it_is_sent_to_it_and_not_before(
    world: World, draft: Make, now: datetime
) -> None:
    call = draft(units=("zjj", "lz_gov"))

    def seen(who: str) -> bool:
        return Call.objects.visible_to(world.actor(who)).filter(pk=call.pk).exists()

    assert [seen(who) for who in ("office", "leader", "liaison", "sibling")] == [True, True, False, False]
    services.call_issue(call=call, version=None, actor=world.actor("office"), now=now)
    assert [seen(who) for who in ("liaison", "sibling", "other", "sibling2", "child")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_reminding_reaches_those_who_owe_with_one_entry(world: World, issued: Make, now: datetime) -> None:
    call = issued()
    sent = of(call, world, "zjj")
    services.request_save(
        request=sent,
        answers={"done": "已做", "batches": 1},
        version=None,
        actor=world.actor("liaison"),
        now=now,
    )
    services.request_submit(request=sent, version=None, actor=world.actor("liaison"), now=now)
    reminders = services.requests_remind(call=call, actor=world.actor("office"), now=now)
    assert [r.unit.code for r in reminders] == ["test-gsj", "test-lz_gov", "test-ts_gov"]
    assert f"{DUE}" in reminders[0].text
    assert _entries("requests.call.reminded") == 1
    with pytest.raises(BadInput, match="没有需要催报的单位"):
        services.requests_remind(
            call=call, unit_ids=[world.unit["zjj"].pk], actor=world.actor("office"), now=now
        )


@pytest.fixture
def adjusted(world: World) -> None:
    """The province reminds 7 days before and on the day, and asks its office to chase 2 days after."""
    edition_write(
        name="years/lights", jurisdiction_code=world.jurisdiction["gs"].code, valid_from=date(2012, 1, 1),
        values={"remind_days": [7, 0], "escalate_days": 2}, source="测试", actor=world.actor("office"),
        now=datetime(2012, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(1, 0), UTC)


@pytest.mark.parametrize(
    ("before", "reminded"), [(8, 0), (7, 4), (6, 0), (0, 4), (-1, 0)]
)  # the days of the province's own rule, whatever the product ships
def test_units_are_reminded_by_the_rule_of_who_asks_on_its_days_only(
    issued: Make, adjusted: None, before: int, reminded: int
) -> None:
    issued()
    morning = _morning(DUE - timedelta(days=before))
    assert services.requests_remind_due(actor=system_actor("测试"), now=morning) == reminded
    assert services.requests_remind_due(actor=system_actor("测试"), now=morning) == 0, "once a day"
    assert _entries("requests.call.reminded") == bool(reminded)


def test_who_was_reminded_by_hand_this_morning_is_not_reminded_again(
    world: World, issued: Make, adjusted: None
) -> None:
    call = issued()
    morning = _morning(DUE)
    services.requests_remind(
        call=call, unit_ids=[world.unit["zjj"].pk], actor=world.actor("office"), now=morning
    )
    assert services.requests_remind_due(actor=system_actor("测试"), now=morning) == 3


def test_the_office_is_asked_to_chase_when_the_rule_says_and_no_more_once_it_has(
    world: World, issued: Make, adjusted: None
) -> None:
    call = issued()
    chase = Todo.objects.system("test").filter(kind="call.chase", done_at__isnull=True)
    for late, opened in ((1, 0), (2, 1), (2, 1)):
        services.requests_remind_due(actor=system_actor("测试"), now=_morning(DUE + timedelta(days=late)))
        assert chase.count() == opened
    assert "逾期 2 天，4 个单位未报送" in chase.get().title
    services.requests_remind(call=call, actor=world.actor("office"), now=_morning(DUE + timedelta(days=2)))
    assert not chase.exists()


def test_a_call_is_not_closed_over_answers_nobody_has_read(world: World, issued: Make, now: datetime) -> None:
    call = issued()
    services.request_save(
        request=of(call, world, "zjj"), answers={}, nil_report=True, version=None, actor=world.actor("liaison"), now=now
    )  # fmt: skip
    services.request_submit(
        request=of(call, world, "zjj"), version=None, actor=world.actor("liaison"), now=now
    )
    with pytest.raises(StateConflict, match="还有 1 份报送没有审核"):
        services.call_close(call=call, version=None, actor=world.actor("office"), now=now)
