"""Before a call goes out: what it costs below, what speaks against it, and the reason where it goes all the same."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.requests.conftest import ASKED, FORM, Make
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.requests import selectors, services
from zhize.apps.requests.models import Call
from zhize.kit.errors import BadInput
from zhize.kit.rules import edition_write

TODAY = date(2012, 3, 5)


@pytest.fixture
def refused(world: World, now: datetime) -> None:
    """甘肃省 refuses repeated questions."""
    edition_write(
        name="requests/checks",
        jurisdiction_code=world.jurisdiction["gs"].code,
        valid_from=date(2012, 1, 1),
        values={"severity.field.repeated": "refuse"},
        source="办公室减负规定（演示）",
        actor=world.actor("office"),
        now=now,
    )


def rules_of(call: Call) -> list[tuple[str, str]]:
    return [(one.rule, one.severity.value) for one in selectors.before_sending(call, TODAY).findings]


def test_a_question_another_call_has_asked_is_named_with_that_call(draft: Make, issued: Make) -> None:
    issued(title="一季度数据", form=[FORM[1]], units=("zjj",))
    again = draft(title="抽查情况", form=[{**FORM[1], "label": "抽查 批次"}], due_on=date(2012, 4, 20))
    found = selectors.before_sending(again, TODAY)
    assert [(one.rule, one.severity.value, one.what) for one in found.findings] == [
        ("field.repeated", "warn", "“抽查 批次（批）”在《一季度数据》中已经要过")
    ]
    assert (found.burden.units, found.burden.repeated, found.stopped) == (4, ("抽查 批次（批）",), False)


def test_what_was_asked_of_other_units_only_is_no_repetition(draft: Make, issued: Make) -> None:
    issued(title="一季度数据", form=[FORM[1]], units=("gsj",))
    again = draft(title="抽查情况", form=FORM[1:], units=("zjj",), due_on=date(2012, 4, 20))
    assert rules_of(again) == []


def test_a_short_time_and_a_busy_week_are_said(draft: Make, issued: Make) -> None:
    for title in ("甲", "乙", "丙"):
        issued(title=title, form=[{"name": "a", "label": title}], due_on=date(2012, 3, 8))
    late = draft(title="丁", form=[{"name": "a", "label": "丁"}], due_on=date(2012, 3, 8))
    found = {one.rule: one.what for one in selectors.before_sending(late, TODAY).findings}
    assert found["days.short"] == "离报送期限只有 3 个工作日，少于 5 个工作日"
    assert found["units.crowded"].endswith("等 4 个单位在同一周内已有 3 件以上待报送")


def test_where_the_rule_refuses_it_goes_out_only_with_a_reason_that_stays(
    world: World, draft: Make, issued: Make, refused: None, now: datetime
) -> None:
    issued(title="一季度数据", form=[FORM[1]])
    again = draft(title="抽查情况", form=FORM[1:], due_on=date(2012, 4, 20))
    given = {"call": again, "version": None, "actor": world.actor("office"), "now": now}
    with pytest.raises(BadInput, match="发出前检查没有通过") as stopped:
        services.call_issue(**given)
    assert "《一季度数据》" in str(stopped.value.problems[0])
    assert Call.objects.system("test").get(pk=again.pk).state == "draft"
    sent = services.call_issue(**given, despite=" 上级要求按新口径重报 ")
    assert (sent.state, sent.sent_despite) == ("issued", "上级要求按新口径重报")
    entry = Entry.objects.system("test").filter(type="requests.call.issued").order_by("-pk")[0]
    assert entry.after["sent_despite"] == "上级要求按新口径重报"


def test_a_reason_without_need_is_not_kept(world: World, draft: Make, now: datetime) -> None:
    sent = services.call_issue(
        call=draft(), version=None, actor=world.actor("office"), now=now, despite="随手写的"
    )
    assert sent.sent_despite == ""


def test_the_page_asks_for_the_reason_and_sends_with_it(
    world: World,
    client: Client,
    draft: Make,
    issued: Make,
    refused: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: TODAY)
    issued(title="一季度数据", form=[FORM[1]])
    again = draft(title="抽查情况", form=FORM[1:], due_on=date(2012, 4, 20))
    client.force_login(world.user["office"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("requests:call", args=[again.pk])).content.decode()
    assert "仍要发出的理由" in page
    assert "《一季度数据》" in page
    answer = client.post(reverse("requests:call_issue", args=[again.pk]), {"version": again.version})
    assert answer.status_code == 400
    assert "发出前检查没有通过" in answer.content.decode()
    assert Call.objects.system("test").get(pk=again.pk).state == "draft"
    data = {"version": again.version, "despite": "按新口径重报"}
    assert client.post(reverse("requests:call_issue", args=[again.pk]), data).status_code == 302
    page = client.get(reverse("requests:call", args=[again.pk])).content.decode()
    assert "按新口径重报" in page


def test_the_statements_do_not_grow_with_units_and_earlier_calls(
    draft: Make, issued: Make, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        issued(title=f"第{number}次", form=[{"name": "a", "label": f"项{number}"}], due_on=date(2012, 6, 1))
    call = draft(title="又一次", units=ASKED)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        selectors.before_sending(call, TODAY)
