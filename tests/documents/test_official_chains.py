"""撤销, 废止 and 更正 are documents of their own; both pages show the chain; every number given is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests.documents.conftest import SIGNED, Draft
from tests.documents.test_official_pages import _date, client, text_of
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import OfficialDocument
from zhize.core.papers import chain
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

__all__ = ["_date"]
pytestmark = pytest.mark.django_db
Follow = Callable[..., OfficialDocument]


@pytest.fixture
def follow(office: Actor, now: datetime) -> Follow:
    """follow(document, "revoke") → the notice, gone out; sent=False leaves it a draft."""

    def make(document: OfficialDocument, act: str, *, sent: bool = True) -> OfficialDocument:
        by = {"actor": office, "now": now}
        draft = services.official_follow(document=document, act=act, reason="工作安排调整", **by)
        if not sent:
            return draft
        draft = services.official_check(document=draft, version=None, **by)
        draft = services.official_sign(
            document=draft, signed_by="主任（演示）", signed_on=SIGNED, version=None, **by
        )
        return services.official_issue(document=draft, dated_on=SIGNED, version=None, **by)

    return make


@pytest.mark.parametrize(
    ("act", "standing", "words"),
    [
        ("revoke", "revoked", "已被撤销，自始无效"),
        ("repeal", "repealed", "已经废止，停止执行"),
        ("correct", "corrected", "有更正，请一并执行"),
    ],
)
def test_each_act_is_a_notice_that_names_the_earlier_one_and_both_pages_show_it(
    world: World, issued: Draft, follow: Follow, act: str, standing: str, words: str
) -> None:
    first = issued()
    notice = follow(first, act)
    assert notice.title == f"关于{chain.WORDS[act]}《{first.title}》的通知"
    assert notice.number == "甘质振办〔2012〕2号"
    to = [one.unit_id for one in selectors.addressees_of(notice)]
    assert to == [one.unit_id for one in selectors.addressees_of(first)]
    assert selectors.chain_of(first).standing == standing
    for key in ("office", "liaison"):
        earlier = text_of(client(world, key).get(f"/papers/{first.pk}/"))
        assert words in earlier
        assert f'href="/papers/{notice.pk}/"' in earlier
        assert f'href="/papers/{first.pk}/"' in text_of(client(world, key).get(f"/papers/{notice.pk}/"))


def test_a_notice_takes_effect_only_when_it_goes_out(issued: Draft, follow: Follow) -> None:
    first = issued()
    follow(first, "revoke", sent=False)
    assert selectors.chain_of(first).standing == ""


def test_what_was_revoked_is_followed_by_nothing(issued: Draft, follow: Follow) -> None:
    first = issued()
    late = follow(first, "correct", sent=False)
    follow(first, "correct")
    follow(first, "repeal")
    with pytest.raises(StateConflict, match="已废止的公文不能再次废止"):
        follow(first, "repeal")
    with pytest.raises(StateConflict, match="已废止的公文不能更正"):
        follow(first, "correct")
    follow(first, "revoke")
    with pytest.raises(StateConflict, match="自始无效"):
        follow(first, "revoke")
    assert late.state == "draft"


def test_a_notice_drafted_before_another_went_out_is_stopped_when_it_is_issued(
    issued: Draft, follow: Follow, office: Actor, now: datetime
) -> None:
    first = issued()
    by = {"version": None, "actor": office, "now": now}
    late = services.official_check(document=follow(first, "repeal", sent=False), **by)
    late = services.official_sign(document=late, signed_by="主任（演示）", signed_on=SIGNED, **by)
    follow(first, "revoke")
    with pytest.raises(StateConflict, match="自始无效"):
        services.official_issue(document=late, dated_on=SIGNED, **by)


def test_it_needs_a_reason_a_document_sent_and_the_office(
    world: World, draft: Draft, issued: Draft, office: Actor, now: datetime
) -> None:
    first = issued()
    with pytest.raises(BadInput, match="写明理由"):
        services.official_follow(document=first, act="revoke", reason=" ", actor=office, now=now)
    with pytest.raises(StateConflict, match="还没有印发，不能撤销"):
        services.official_follow(document=draft(), act="revoke", reason="误发", actor=office, now=now)
    with pytest.raises(NotAllowed):
        services.official_follow(
            document=first, act="revoke", reason="误发", actor=world.actor("liaison"), now=now
        )


def test_the_register_of_numbers_accounts_for_every_number(
    world: World, signed: Draft, office: Actor, now: datetime
) -> None:
    signed()
    services.official_void(document=signed(), reason="重复发文", version=None, actor=office, now=now)
    signed(kind="minutes", to=[], title="第一次联席会议纪要")
    page = text_of(client(world, "office").get("/papers/numbers/"))
    for words in ("甘质振办〔2012〕1号", "甘质振办〔2012〕2号", "重复发文", "第1期"):
        assert words in page
    assert client(world, "liaison").get("/papers/numbers/").status_code == 403


def test_issues_are_counted_by_kind_and_year(
    signed: Draft, checked: Draft, office: Actor, now: datetime
) -> None:
    minutes = {"kind": "minutes", "to": [], "title": "联席会议纪要"}
    bulletin = {"kind": "bulletin", "to": [], "title": "工作进展"}
    assert [signed(**minutes).number, signed(**bulletin).number, signed(**minutes).number] == [
        "第1期", "第1期", "第2期",
    ]  # fmt: skip
    later = now + timedelta(days=366)
    next_year = services.official_sign(
        document=checked(**minutes), signed_by="主任（演示）", signed_on=later.date(), version=None, actor=office, now=later
    )  # fmt: skip
    assert next_year.number == "第1期", "a new year begins at one"
