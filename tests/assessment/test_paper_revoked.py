"""A round, an object's sheet and the members' account are told when their paper is revoked, repealed or corrected."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.assessment.conftest import DECEMBER, Play
from tests.documents.acts import acted_on, decide, sent

from zhize.apps.assessment import services
from zhize.apps.assessment.selectors.situation import grades_situation
from zhize.apps.documents.models import Aftermath, Issuer, OfficialDocument
from zhize.apps.orgs.models import Todo
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.things import ThingRef, resolve


@pytest.fixture
def circular(play: Play, issuer: Issuer, director: Actor, office: Actor) -> OfficialDocument:
    duty = Duty.objects.create(
        jurisdiction=play.round.jurisdiction, code="2.3#1", title="组织年度考核", text="组织年度考核", nature="periodic",
        sources=["assessment.published"],
    )  # fmt: skip
    Obligation.objects.create(
        jurisdiction=play.round.jurisdiction, year=play.round.year, duty=duty, unit=play.world.unit["office"],
        period_label="2012年", period_start=date(2012, 1, 1), period_end=date(2012, 12, 31), due_on=date(2012, 12, 31),
    )  # fmt: skip
    play.to_appeals()
    play.approve()
    return sent(services.notice_draft(round_=play.round, actor=director, now=DECEMBER), office, DECEMBER)


def _page(play: Play, as_: object, key: str) -> str:
    return str(as_(key).get(reverse("assessment:round", args=[play.pk])).content.decode())  # type: ignore[operator]


def test_a_result_whose_circular_is_revoked_is_no_longer_shown_as_in_force(
    play: Play, circular: OfficialDocument, as_: object, office: Actor
) -> None:
    owed = Obligation.objects.system("test").get()
    assert owed.status == "done" and "A级</strong>" in _page(play, as_, "other")
    notice = acted_on(circular, "revoke", office, DECEMBER)
    for key in ("office", "other"):
        page = _page(play, as_, key)
        assert "印发文件已撤销" in page and notice.title in page and "待办公室确定" in page
    assert "A级</strong>" not in _page(play, as_, "other"), "the public page names no grades meanwhile"
    assert not grades_situation(office, play.round.year_id, DECEMBER.date()).totals
    decide(circular, "withdrawn", office, DECEMBER)
    assert "撤回" in _page(play, as_, "other")
    assert Obligation.objects.system("test").get().status != "done", (
        "what the circular discharged is owed again"
    )


def test_kept_in_force_the_grades_stand_and_nothing_is_owed_again(
    play: Play, circular: OfficialDocument, as_: object, office: Actor
) -> None:
    acted_on(circular, "repeal", office, DECEMBER)
    decide(circular, "amended", office, DECEMBER)
    assert "A级</strong>" in _page(play, as_, "other")
    assert grades_situation(office, play.round.year_id, DECEMBER.date()).totals
    assert Obligation.objects.system("test").get().status == "done"


def test_another_circular_keeps_the_result_in_force(
    play: Play, circular: OfficialDocument, as_: object, director: Actor, office: Actor
) -> None:
    with pytest.raises(StateConflict, match="通报已经起草"):
        services.notice_draft(round_=play.round, actor=director, now=DECEMBER)
    acted_on(circular, "revoke", office, DECEMBER)
    assert "重新起草通报" in _page(play, as_, "director")
    again = services.notice_draft(round_=play.round, actor=director, now=DECEMBER)
    page = _page(play, as_, "director")
    assert "重新起草通报" not in page and "办理通报" in page
    assert "A级</strong>" not in _page(play, as_, "other"), "not before it went out"
    sent(again, office, DECEMBER)
    assert "A级</strong>" in _page(play, as_, "other")
    assert play.round.state == "published" and play.round.notice_ref == again.pk
    row = Aftermath.objects.system("test").get()
    assert (row.choice, row.paper) == ("kept", again)
    assert not Todo.objects.system("test").filter(kind="official.aftermath", done_at=None).exists()


def test_a_correction_leaves_the_result_in_force(
    play: Play, circular: OfficialDocument, as_: object, office: Actor
) -> None:
    acted_on(circular, "correct", office, DECEMBER)
    page = _page(play, as_, "other")
    assert "印发文件有更正" in page and "A级</strong>" in page


def test_the_sheet_of_one_object_is_told_on_its_page(
    play: Play, issuer: Issuer, as_: object, office: Actor
) -> None:
    play.to_appeals()
    play.approve()
    services.sheets_issue(
        round_=play.round, signed_by="办公室主任", signed_on=date(2012, 12, 10), actor=office, now=DECEMBER
    )
    row = play.row("lz")
    sheet = OfficialDocument.objects.system("test").get(source_kind="assessment.assessed", source_id=row.pk)
    acted_on(sheet, "correct", office, DECEMBER)
    pages = {
        key: as_("office").get(reverse("assessment:object", args=[play.row(key).pk])).content.decode()  # type: ignore[operator]
        for key in ("lz", "ts")
    }
    assert "印发文件有更正" in pages["lz"]
    assert "印发文件有更正" not in pages["ts"]
    ref = ThingRef("assessment.assessed", row.pk)
    assert ref in resolve(office, [ref]), "the page of the decision leads to it"


def test_the_members_account_is_told(
    play: Play, year: WorkYear, issuer: Issuer, as_: object, office: Actor
) -> None:
    document = sent(services.account_draft(year=year, actor=office, now=DECEMBER), office, DECEMBER)
    acted_on(document, "revoke", office, DECEMBER)
    page = as_("office").get(reverse("assessment:accounts")).content.decode()  # type: ignore[operator]
    assert "印发文件已撤销" in page
    ref = ThingRef("assessment.account", year.pk)
    assert ref in resolve(office, [ref])
