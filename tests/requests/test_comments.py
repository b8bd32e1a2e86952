"""征求意见: the draft goes out, units propose changes or say 无意见 with one click, each proposal gets its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from tests.requests.commenting import FIRST, SECOND, accept, decide, send, write
from tests.requests.conftest import Make, of
from tests.world import World

from zhize.apps.orgs.models import Notice
from zhize.apps.requests import selectors, services
from zhize.apps.requests.mapping import COMMENTS
from zhize.apps.requests.models import Call, DraftComment
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef

SignIn = Callable[[str], Client]


def test_a_round_without_a_draft_is_not_sent(world: World, draft: Make, now: datetime) -> None:
    call = draft(content=COMMENTS, form=[])
    with pytest.raises(BadInput, match="没有征求意见稿"):
        services.call_issue(call=call, version=None, actor=world.actor("office"), now=now)


def test_the_draft_of_another_app_is_named_instead_of_a_file(
    world: World, issued: Make, now: datetime
) -> None:
    ref = ThingRef("work.plan", 7)
    call = issued(content=COMMENTS, form=[], source=ref, nil_allowed=False)
    assert call.nil_allowed, "无意见 is an answer in every round"
    assert [one.pk for one in selectors.rounds_on(world.actor("office"), ref)] == [call.pk]
    assert selectors.rounds_on(world.actor("office"), ThingRef("work.plan", 8)) == []


def test_no_comment_takes_one_click_and_counts_as_an_answer(
    world: World, round_: Call, sign_in: SignIn
) -> None:
    row = of(round_, world, "zjj")
    client = sign_in("liaison")
    page = client.get(f"/requests/answers/{row.pk}/").content.decode()
    assert "无意见" in page and "计划（征求意见稿）" in page and 'name="nil_report"' not in page
    assert client.post(f"/requests/answers/{row.pk}/no-comment/").status_code == 302
    row = of(round_, world, "zjj")
    assert (row.state, row.handed_in) == (
        "submitted", {"answers": {}, "statement": "", "nil_report": True},
    )  # fmt: skip
    assert "对征求意见稿没有意见" in client.get(f"/requests/answers/{row.pk}/").content.decode()


def test_no_comment_is_not_said_over_comments_that_are_written(
    world: World, round_: Call, now: datetime
) -> None:
    write(round_, world, now, FIRST)
    with pytest.raises(BadInput) as refused:
        services.comments_none(request=of(round_, world, "zjj"), actor=world.actor("liaison"), now=now)
    assert refused.value.problems[0].what == "已写了 1 条修改意见"
    write(round_, world, now)
    services.comments_none(request=of(round_, world, "zjj"), actor=world.actor("liaison"), now=now)
    assert of(round_, world, "zjj").state == "submitted"


def test_an_answer_without_a_word_is_not_handed_in(world: World, round_: Call, now: datetime) -> None:
    with pytest.raises(BadInput) as refused:
        send(round_, world, now)
    assert refused.value.problems[0].what == "没有写修改意见；没有意见的，请点“无意见”"


def test_a_comment_says_where_and_what(world: World, round_: Call, now: datetime) -> None:
    with pytest.raises(BadInput) as refused:
        write(round_, world, now, {"place": "第三条"}, FIRST, {"proposed": "删去"}, {"place": " "})
    assert [(p.where, p.what) for p in refused.value.problems] == [
        ("第 1 条意见", "没有填写修改意见"),
        ("第 3 条意见", "没有填写条款或段落"),
    ]


def test_comments_are_the_units_own_until_they_are_handed_in_and_again_once_sent_back(
    world: World, round_: Call, now: datetime
) -> None:
    def seen(who: str) -> int:
        return selectors.comments_to(world.actor(who), round_).count()

    write(round_, world, now, FIRST, SECOND)
    assert (seen("office"), len(selectors.comments_of(world.actor("liaison"), of(round_, world, "zjj")))) == (
        0,
        2,
    )
    services.request_submit(
        request=of(round_, world, "zjj"), version=None, actor=world.actor("liaison"), now=now
    )
    assert (seen("office"), seen("sibling")) == (2, 0)
    services.request_return(
        request=of(round_, world, "zjj"), comment="请核对条款", version=None, actor=world.actor("office"), now=now
    )  # fmt: skip
    assert seen("office") == 0


def test_repeated_comments_are_answered_together_and_a_refusal_says_why(
    world: World, round_: Call, now: datetime
) -> None:
    one, two = send(round_, world, now, FIRST, SECOND)
    for verdict in ("partly", "not_adopted"):
        with pytest.raises(BadInput, match="请写明理由"):
            decide(round_, world, now, one.pk, verdict=verdict)
    with pytest.raises(BadInput, match="没有选择采纳情况"):
        decide(round_, world, now, one.pk, verdict="open")
    with pytest.raises(BadInput, match="没有选中"):
        decide(round_, world, now)
    assert decide(round_, world, now, one.pk, two.pk, verdict="not_adopted", reason="上位文件已有规定") == 2
    assert decide(round_, world, now, two.pk) == 1, "a second thought is allowed until the round ends"
    rows = DraftComment.objects.system("test").order_by("number")
    assert [(r.verdict, r.verdict_reason) for r in rows] == [
        ("not_adopted", "上位文件已有规定"),
        ("adopted", ""),
    ]
    standing = selectors.adoption_of(world.actor("office"), round_)
    assert (standing.comments, standing.open, len(standing.missing)) == (2, 0, 3)


def test_only_the_asking_office_answers_comments(world: World, round_: Call, now: datetime) -> None:
    (one,) = send(round_, world, now, FIRST)
    with pytest.raises(NotAllowed):
        services.comments_decide(
            call=round_, comment_ids=[one.pk], verdict="adopted", reason="", actor=world.actor("liaison"), now=now
        )  # fmt: skip


def test_a_comment_that_was_changed_after_its_answer_waits_for_a_new_one(
    world: World, round_: Call, now: datetime
) -> None:
    one, two = send(round_, world, now, FIRST, SECOND)
    decide(round_, world, now, one.pk, two.pk)
    services.request_return(
        request=of(round_, world, "zjj"), comment="请写清楚", version=None, actor=world.actor("office"), now=now
    )  # fmt: skip
    write(round_, world, now, {**FIRST, "id": one.pk, "proposed": "删去"}, {**SECOND, "id": two.pk})
    one.refresh_from_db(from_queryset=DraftComment.objects.system("test"))
    two.refresh_from_db(from_queryset=DraftComment.objects.system("test"))
    assert (one.verdict, two.verdict) == ("open", "adopted")


def test_a_round_does_not_end_while_a_comment_has_no_answer_and_then_tells_the_units(
    world: World, round_: Call, now: datetime, sign_in: SignIn
) -> None:
    (one,) = send(round_, world, now, FIRST)
    accept(round_, world, now)
    with pytest.raises(StateConflict, match="还有 1 条意见没有答复"):
        services.call_close(call=round_, version=None, actor=world.actor("office"), now=now)
    decide(round_, world, now, one.pk, verdict="partly", reason="改为每四个月")
    page = f"/requests/answers/{of(round_, world, 'zjj').pk}/comments/"
    assert "改为每四个月" not in sign_in("liaison").get(page).content.decode(), "not before it is settled"
    services.call_close(call=round_, version=None, actor=world.actor("office"), now=now)
    shown = sign_in("liaison").get(page).content.decode()
    assert "部分采纳" in shown and "改为每四个月" in shown
    assert Notice.objects.system("test").filter(text__contains="意见采纳情况已定").count() >= 1
    with pytest.raises(StateConflict, match="不能再答复意见"):
        decide(round_, world, now, one.pk)
