"""纪要征求有关单位意见: each unit its own part, it agrees or proposes words, the office takes them or says why not."""

from __future__ import annotations

from typing import Any

import pytest
from tests.work.conferences.conftest import Convene, asked, held
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.requests import services as requests
from zhize.apps.requests.models import Call, DraftComment
from zhize.apps.work.models import Conference
from zhize.apps.work.selectors.minutes import minutes_parts
from zhize.apps.work.services import minutes_consult
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def test_the_units_concerned_are_asked_each_for_its_own_part(world: World, decided: Conference) -> None:
    call = minutes_consult(conference=decided, actor=world.actor("office"), now=on(6, 21))
    units = set(call.addressees.values_list("unit_id", flat=True))
    assert units == {world.unit["zjj"].pk, world.unit["gsj"].pk}, "兰州 has no part"
    mine = minutes_parts(decided.pk, [world.unit["zjj"].pk])
    assert mine == [("议定事项第1项", "查建材。由省质监局牵头，省工商局配合，2012年9月30日前完成。")]
    assert len(minutes_parts(decided.pk, [world.unit["gsj"].pk])) == 2, "what it supports concerns it too"


def test_from_the_button_to_the_verdict_all_stands_on_the_conferences_page(
    world: World, decided: Conference, as_: Any
) -> None:
    office, page = as_("office"), f"/work/conferences/{decided.pk}/"
    assert "征求有关单位意见" in office.get(page).content.decode()
    answer = office.post(f"{page}minutes/consult/", {"version": 1})
    call = Call.objects.system("test").get()
    assert answer["Location"] == f"/requests/{call.pk}/"
    by = {"actor": world.actor("office"), "now": on(6, 21)}
    requests.call_issue(call=call, version=None, **by)
    row, liaison = asked(call, world, "zjj"), world.actor("liaison")
    shown = as_("liaison").get(f"/requests/answers/{row.pk}/").content.decode()
    assert "涉及本单位的部分" in shown and "查建材。由省质监局牵头" in shown
    assert "公布投诉" not in shown, "the other unit's part"
    words = {"place": "议定事项第1项", "proposed": "改为“查水泥和管材”", "reason": "范围太大"}
    requests.comments_save(request=row, rows=[words], version=None, actor=liaison, now=on(6, 22))
    requests.request_submit(request=row, version=None, actor=liaison, now=on(6, 22))
    comment = DraftComment.objects.system("test").get()
    with pytest.raises(BadInput, match="理由"):
        requests.comments_decide(call=call, comment_ids=[comment.pk], verdict="not_adopted", reason="", **by)
    requests.comments_decide(
        call=call, comment_ids=[comment.pk], verdict="not_adopted", reason="会议议定", **by
    )
    text = office.get(page).content.decode()
    assert "已回复 1 / 2" in text and f"/requests/{call.pk}/adoption/" in text and "未采纳" in text


def test_without_decisions_or_after_the_minutes_nobody_is_asked(
    world: World, convene: Convene, decided: Conference
) -> None:
    by = {"actor": world.actor("office"), "now": on(6, 22)}
    with pytest.raises(NotAllowed):
        minutes_consult(conference=decided, actor=world.actor("liaison"), now=on(6, 22))
    empty = held(convene(title="没有决定的会议"), world, "zjj")
    with pytest.raises(BadInput, match="没有牵头或配合单位"):
        minutes_consult(conference=empty, **by)
    Conference.objects.system("test").filter(pk=decided.pk).update(state="minuted")
    with pytest.raises(StateConflict):
        minutes_consult(conference=decided, **by)
