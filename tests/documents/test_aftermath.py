"""What was issued by a paper is told when that paper is revoked, repealed or corrected; the office says what follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.documents.acts import acted_on, aftermath, decide
from tests.documents.conftest import Draft
from tests.documents.test_official_pages import _date, client, text_of
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents import selectors, services
from zhize.apps.documents.events import AftermathDecided
from zhize.apps.documents.models import Aftermath
from zhize.apps.orgs.models import Todo
from zhize.kit import events
from zhize.kit.actor import Actor
from zhize.kit.contributions import BriefQuestion
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef

__all__ = ["_date"]
pytestmark = pytest.mark.django_db
SOURCE = ThingRef("test.thing", 7)


@pytest.mark.parametrize(
    ("act", "word", "stands"),
    [("revoke", "撤销", False), ("repeal", "废止", False), ("correct", "更正", True)],
)
def test_the_office_is_asked_what_follows_and_the_history_of_the_thing_says_why(
    world: World, issued: Draft, office: Actor, now: datetime, act: str, word: str, stands: bool
) -> None:
    first = issued(source=SOURCE)
    assert selectors.told_of(office, SOURCE) == []
    notice = acted_on(first, act, office, now)
    (told,) = selectors.told_of(office, SOURCE)
    assert (told.row.document, told.row.notice, told.row.act, told.stands) == (first, notice, act, stands)
    assert told.notice_url == f"/papers/{notice.pk}/" and told.decide_url
    todo = Todo.objects.system("test").get(kind="official.aftermath")
    assert (todo.unit_id, todo.done_at) == (world.unit["office"].pk, None)
    assert todo.title.startswith(f"甘质振办〔2012〕1号已{word}，请确定后续处理")
    entry = Entry.objects.system("test").get(type="documents.aftermath.opened")
    assert (entry.thing_kind, entry.thing_id) == (SOURCE.kind, SOURCE.id)
    done = decide(first, "withdrawn", office, now)
    assert (done.choice, done.decided_by, done.reason) == ("withdrawn", office.name, "另行部署")
    todo.refresh_from_db(from_queryset=Todo.objects.system("test"))
    assert todo.done_at is not None


def test_a_paper_written_by_hand_issued_nothing_and_nobody_is_asked(
    issued: Draft, office: Actor, now: datetime
) -> None:
    acted_on(issued(), "revoke", office, now)
    assert not Aftermath.objects.system("test").exists()


def test_it_is_told_only_when_the_notice_goes_out(issued: Draft, office: Actor, now: datetime) -> None:
    first = issued(source=SOURCE)
    services.official_follow(document=first, act="revoke", reason="误发", actor=office, now=now)
    assert selectors.told_of(office, SOURCE) == []


def test_a_graver_act_settles_what_still_waited_from_a_lighter_one(
    issued: Draft, office: Actor, now: datetime
) -> None:
    first = issued(source=SOURCE)
    acted_on(first, "correct", office, now)
    acted_on(first, "revoke", office, now)
    (told,) = selectors.told_of(office, SOURCE)
    assert told.row.act == "revoke"
    assert Todo.objects.system("test").filter(kind="official.aftermath", done_at=None).count() == 1
    assert Aftermath.objects.system("test").get(act="correct").choice == "overtaken"


def test_what_keeps_it_in_force_is_another_paper_that_went_out_and_stands(
    issued: Draft, draft: Draft, office: Actor, now: datetime
) -> None:
    first = issued(source=SOURCE)
    acted_on(first, "repeal", office, now)
    gone, other = issued(), issued(title="关于继续执行工作计划的通知")
    acted_on(gone, "revoke", office, now)
    row = aftermath(first)
    more: dict[str, Any] = {
        "aftermath": row,
        "choice": "kept",
        "version": row.version,
        "actor": office,
        "now": now,
    }
    with pytest.raises(BadInput, match="请选择或填写依据的公文"):
        services.aftermath_decide(**more, reason="换文")
    for paper in (first, gone, draft()):
        with pytest.raises(BadInput, match="不能作为依据"):
            services.aftermath_decide(**more, reason="换文", paper=paper)
    with pytest.raises(BadInput, match="写明理由"):
        services.aftermath_decide(**more, reason=" ", paper=other)
    done = services.aftermath_decide(**more, reason="换文", paper=other)
    (told,) = selectors.told_of(office, SOURCE)
    assert told.stands and done.paper == other and told.paper_url
    with pytest.raises(StateConflict, match=r"已由.*确定：以另文继续有效"):
        services.aftermath_decide(**{**more, "version": done.version}, reason="再定", paper=other)


def test_only_the_office_decides_and_whoever_listens_is_told(
    world: World, issued: Draft, office: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[AftermathDecided] = []
    monkeypatch.setattr(events, "_handlers", {AftermathDecided: [heard.append]})
    first = issued(source=SOURCE)
    acted_on(first, "revoke", office, now)
    for key in ("liaison", "leader", "auditor", "sibling"):
        with pytest.raises(NotAllowed):
            decide(first, "withdrawn", world.actor(key), now)
    assert heard == []
    decide(first, "amended", office, now)
    assert [one.aftermath.choice for one in heard] == ["amended"]


def test_the_office_decides_on_a_page_and_a_refused_form_keeps_what_was_typed(
    world: World, issued: Draft, office: Actor, now: datetime
) -> None:
    first = issued(source=SOURCE)
    notice = acted_on(first, "repeal", office, now)
    row = aftermath(first)
    page, url = client(world, "office"), f"/papers/aftermath/{row.pk}/"
    shown = text_of(page.get(url))
    assert "甘质振办〔2012〕1号已废止" in shown and f'href="/papers/{notice.pk}/"' in shown
    form = {"choice": "kept", "paper": "", "reason": "已有新文", "version": row.version}
    refused = page.post(url, form)
    assert refused.status_code == 400 and "已有新文" in text_of(refused)
    assert page.post(url, form | {"paper_words": "甘政办发〔2012〕8号"}).status_code == 302
    shown = text_of(page.get(url))
    assert "以另文继续有效" in shown and "甘政办发〔2012〕8号" in shown and "act-decide" not in shown
    assert "act-decide" not in text_of(client(world, "leader").get(url))
    assert client(world, "liaison").get(url).status_code == 404


def test_the_leaders_page_says_it(issued: Draft, office: Actor, now: datetime) -> None:
    first = issued(source=SOURCE)
    acted_on(first, "revoke", office, now)
    asked = BriefQuestion(1, now.date(), now.date())
    (line,) = selectors.aftermaths_brief(office, asked).decide
    assert line.words == f"甘质振办〔2012〕1号已撤销：{first.title}"
    decide(first, "withdrawn", office, now)
    brief = selectors.aftermaths_brief(office, asked)
    assert (brief.decide, brief.changed[0].why) == ((), "撤回，不再有效")
