"""What a call may ask for beside its form: content of another app, approval inside the unit; or nothing to report."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.requests.conftest import Make, fill, of, send
from tests.world import World

from zhize.apps.requests import services
from zhize.apps.requests.models import Call
from zhize.kit import contributions
from zhize.kit.contributions import CallContent
from zhize.kit.errors import BadInput


def test_nothing_to_report_is_one_step_where_the_call_allows_it(
    world: World, issued: Make, call: Call, now: datetime
) -> None:
    fill(call, world, now, answers={}, nil_report=True)
    row = send(call, world, now)
    assert row.handed_in == {"answers": {}, "statement": "", "nil_report": True}
    strict = issued(title="数据报送", nil_allowed=False)
    fill(strict, world, now, answers={}, nil_report=True)
    with pytest.raises(BadInput, match="不完整") as refused:
        send(strict, world, now)
    assert "这次征集不接受零报告" in str(refused.value.problems[0])


def test_content_of_another_app_says_what_is_still_missing(
    world: World, issued: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = ["计划还没有一项"]
    plan = CallContent("test.plan", "年度计划", check=lambda request_id: missing)
    monkeypatch.setattr(contributions, "call_contents", contributions.Point("call_contents"))
    contributions.call_contents.add(plan)
    call = issued(content="test.plan", form=[])
    with pytest.raises(BadInput) as refused:
        send(call, world, now)
    assert str(refused.value.problems[0]) == "年度计划：计划还没有一项。"
    missing.clear()
    assert send(call, world, now).state == "submitted"


def test_where_the_call_asks_for_it_the_units_own_approval_is_recorded_first(
    world: World, issued: Make, now: datetime
) -> None:
    call = issued(stamp_needed=True)
    fill(call, world, now)
    with pytest.raises(BadInput) as refused:
        send(call, world, now)
    assert "没有登记本单位审签" in str(refused.value.problems[0])
    liaison = world.actor("liaison")
    with pytest.raises(BadInput, match="晚于今天"):
        services.request_stamp(
            request=of(call, world, "zjj"), by="副局长", on=date(2012, 3, 6), actor=liaison, now=now
        )
    services.request_stamp(
        request=of(call, world, "zjj"), by="副局长", on=date(2012, 3, 5), actor=liaison, now=now
    )
    assert send(call, world, now).stamped_by == "副局长"
