"""商定的文字: what is adopted of the units' words stands in the draft of the minutes, and minutes are not signed before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.documents.acts import an_issuer
from tests.work.conferences.conftest import asked
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.documents.models import OfficialDocument, OfficialVersion
from zhize.apps.documents.services import official_check, official_sign, official_update
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import Call, DraftComment
from zhize.apps.work.models import Conference, MinutesWording, Resolution
from zhize.apps.work.services import (
    minutes_consult,
    minutes_draft,
    wording_carry,
    wording_leave_out,
)
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.officialdoc import from_json

State = MinutesWording.State
FIRST = "查建材。由省质监局牵头，省工商局配合，2012年9月30日前完成。"
AGREED = "查水泥和管材。由省质监局牵头，省工商局配合，2012年9月30日前完成。"
PROPOSED = {
    "place": "议定事项第1项",
    "present": "查建材",
    "proposed": "改为“查水泥和管材”",
    "reason": "范围太大",
}


@pytest.fixture
def by(world: World) -> dict[str, Any]:
    return {"actor": world.actor("office"), "now": on(6, 22)}


@pytest.fixture
def sent(world: World, decided: Conference, by: dict[str, Any]) -> Call:
    an_issuer(world)
    call = minutes_consult(conference=decided, **by)
    return requests.call_issue(call=call, version=None, **by)


def propose(call: Call, world: World, **words: str) -> DraftComment:
    row, liaison = asked(call, world, "zjj"), {"actor": world.actor("liaison"), "now": on(6, 22)}
    requests.comments_save(request=row, rows=[PROPOSED | words], version=None, **liaison)
    requests.request_submit(request=row, version=None, **liaison)
    return DraftComment.objects.system("test").get()


def decide(call: Call, comment: DraftComment, verdict: str, by: dict[str, Any], why: str = "") -> None:
    requests.comments_decide(call=call, comment_ids=[comment.pk], verdict=verdict, reason=why, **by)


def wording() -> MinutesWording:
    rows = MinutesWording.objects.system("test").select_related("conference", "resolution")
    return rows.get()


def draft_of(conference: Conference) -> OfficialDocument:
    return OfficialDocument.objects.system("test").get(source_kind="work.conference", kind="minutes")


def sign(document: OfficialDocument, world: World) -> OfficialDocument:
    by = {"actor": world.actor("director"), "now": on(6, 26)}
    document = OfficialDocument.objects.system("test").get(pk=document.pk)
    if document.state == "draft":
        document = official_check(document=document, version=None, **by)
    return official_sign(
        document=document, signed_by="分管副省长", signed_on=date(2012, 6, 26), version=None, **by
    )


def test_adopted_before_the_draft_the_words_are_its_second_version(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
) -> None:
    decide(sent, propose(sent, world), "adopted", by)
    assert (wording().state, wording().after) == (State.WAITING, AGREED)
    document = minutes_draft(conference=decided, **by)
    assert AGREED in document.words and FIRST not in document.words
    first, second = OfficialVersion.objects.system("test").filter(document=document).order_by("number")
    assert FIRST in str(first.blocks) or "查建材" in str(first.blocks)
    assert second.why == "采纳省质监局意见：议定事项第1项" and "查水泥和管材" in str(second.blocks)
    assert wording().state == State.CARRIED and wording().unit == world.unit["zjj"]


def test_adopted_while_a_draft_lies_checked_it_goes_back_to_its_drafter_with_the_words(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
) -> None:
    document = minutes_draft(conference=decided, **by)
    official_check(document=document, version=None, **by)
    decide(sent, propose(sent, world), "adopted", by)
    document = draft_of(decided)
    assert document.state == "draft" and AGREED in document.words
    wording_leave_out(wording=wording(), why="会议已议定", **by)
    document.refresh_from_db()
    assert FIRST in document.words and wording().state == State.LEFT_OUT
    assert "会议已议定" in OfficialVersion.objects.system("test").order_by("number").last().why  # type: ignore[union-attr]


def test_no_longer_adopted_the_words_go_out_again(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
) -> None:
    minutes_draft(conference=decided, **by)
    comment = propose(sent, world)
    decide(sent, comment, "adopted", by)
    decide(sent, comment, "not_adopted", by, "会议已议定")
    assert FIRST in draft_of(decided).words and wording().state == State.LEFT_OUT


def test_what_cannot_be_read_is_written_by_a_person_before_signing(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
) -> None:
    document = minutes_draft(conference=decided, **by)
    decide(sent, propose(sent, world, proposed="期限推迟到10月底"), "partly", by, "推迟半个月")
    requests.comments_none(request=asked(sent, world, "gsj"), **by | {"actor": world.actor("other")})
    assert wording().state == State.WAITING and not wording().after
    with pytest.raises(StateConflict, match=r"还没有写入纪要：省质监局"):
        sign(document, world)
    item = Resolution.objects.system("test").get(conference=decided, number=1)
    words = FIRST.replace("9月30日", "10月15日")
    with pytest.raises(NotAllowed):
        wording_carry(
            wording=wording(), resolution=item, words=words, actor=world.actor("liaison"), now=on(6, 22)
        )
    with pytest.raises(BadInput, match="请写明"):
        wording_carry(wording=wording(), resolution=item, words=" ", **by)
    wording_carry(wording=wording(), resolution=item, words=words, **by)
    assert words in draft_of(decided).words
    wording_carry(wording=wording(), resolution=item, words=AGREED, **by)
    assert AGREED in draft_of(decided).words and wording().before == FIRST, (
        "undoing leads to what was decided"
    )
    assert sign(document, world).number


def test_words_changed_by_hand_since_are_not_overwritten(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
) -> None:
    document = minutes_draft(conference=decided, **by)
    decide(sent, propose(sent, world), "adopted", by)
    blocks = [one for one in draft_of(decided).blocks if "水泥" not in str(one)]
    official_update(document=document, data={"blocks": from_json(blocks)}, version=None, **by)
    with pytest.raises(StateConflict, match="又改过"):
        wording_leave_out(wording=wording(), why="撤回", **by)


def test_minutes_are_not_signed_while_units_asked_are_silent(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
) -> None:
    document = minutes_draft(conference=decided, **by)
    with pytest.raises(StateConflict, match=r"2 个单位没有回复：.*省质监局") as refused:
        sign(document, world)
    assert "催报" in str(refused.value) and "不再等候" in str(refused.value) and "结束" in str(refused.value)
    assert draft_of(decided).number == "", "nothing of the refused signing is kept"
    comment = propose(sent, world)
    with pytest.raises(BadInput, match="理由"):
        requests.request_not_await(request=asked(sent, world, "gsj"), reason=" ", **by)
    requests.request_not_await(request=asked(sent, world, "gsj"), reason="电话答复无意见", **by)
    with pytest.raises(StateConflict, match="1 条意见没有答复"):
        sign(document, world)
    decide(sent, comment, "not_adopted", by, "会议已议定")
    assert sign(document, world).number


def test_a_closed_round_and_one_never_sent_hold_nobody_up(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
) -> None:
    document = minutes_draft(conference=decided, **by)
    requests.call_close(call=sent, version=None, **by)
    minutes_consult(conference=decided, **by)
    assert sign(document, world).number


def test_the_office_does_it_all_on_the_pages(
    world: World,
    decided: Conference,
    sent: Call,
    by: dict[str, Any],
    as_: Any,
) -> None:
    document = minutes_draft(conference=decided, **by)
    decide(sent, propose(sent, world), "adopted", by)
    office, page = as_("office"), f"/work/conferences/{decided.pk}/"
    text = office.get(page).content.decode()
    assert "商定的文字" in text and "<ins>" in text and "尚未回复：省工商局" in text
    assert office.post(f"/work/conferences/wordings/{wording().pk}/out/", {"why": ""}).status_code == 400
    office.post(f"/work/conferences/wordings/{wording().pk}/out/", {"why": "不改"})
    assert wording().state == State.LEFT_OUT
    item = Resolution.objects.system("test").get(conference=decided, number=1)
    office.post(f"/work/conferences/wordings/{wording().pk}/", {"resolution": item.pk, "words": AGREED})
    assert wording().state == State.CARRIED
    row = asked(sent, world, "gsj")
    table = f"/requests/{sent.pk}/adoption/"
    assert "还没有回复的单位" in office.get(table).content.decode()
    empty = office.post(f"/requests/answers/{row.pk}/not-awaited/", {f"{row.pk}-reason": ""})
    assert empty.status_code == 400 and "请写明不再等候的理由" in empty.content.decode()
    office.post(f"/requests/answers/{row.pk}/not-awaited/", {f"{row.pk}-reason": "电话答复无意见"})
    assert "不再等候：省工商局（电话答复无意见）" in office.get(table).content.decode()
    assert sign(document, world).number


def test_a_unit_set_aside_that_answers_counts_again(world: World, sent: Call, by: dict[str, Any]) -> None:
    row = asked(sent, world, "zjj")
    requests.request_not_await(request=row, reason="时限已到", **by)
    left = requests.requests_remind(call=sent, **by)
    assert [one.unit for one in left] == [world.unit["gsj"]], "nobody chases whom one no longer awaits"
    liaison = {"actor": world.actor("liaison"), "now": on(6, 23)}
    requests.comments_none(request=row, **liaison)
    assert asked(sent, world, "zjj").not_awaited == ""
    with pytest.raises(StateConflict, match="已经回复"):
        requests.request_not_await(request=row, reason="时限已到", **by)
