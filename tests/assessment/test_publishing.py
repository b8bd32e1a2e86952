"""Circular and sheets as official documents; what an object sees before; local results reported upwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import DECEMBER, NOVEMBER, Play
from tests.world import SINCE, World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Assessed, Freeze, Round
from zhize.apps.assessment.services import publishing
from zhize.apps.audit.models import Checkpoint
from zhize.apps.documents import services as papers
from zhize.apps.documents.models import Addressee, Issuer, OfficialDocument
from zhize.apps.orgs.models import Membership
from zhize.apps.orgs.services import rule_adjust
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear
from zhize.core.audit.checkpoint import checkpoint_line
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.officialdoc import from_json, runs_of


def words_of(document: OfficialDocument) -> str:
    return "\n".join("".join(run.text for run in runs_of(one)) for one in from_json(document.blocks))


def issue(document: OfficialDocument, actor: Actor) -> OfficialDocument:
    document = papers.official_check(document=document, version=None, actor=actor, now=DECEMBER)
    document = papers.official_sign(
        document=document,
        signed_by="办公室主任",
        signed_on=date(2012, 12, 10),
        version=None,
        actor=actor,
        now=DECEMBER,
    )
    return papers.official_issue(
        document=document, dated_on=date(2012, 12, 10), version=None, actor=actor, now=DECEMBER
    )


def test_the_circular_goes_to_the_offices_by_grade_and_publishes_the_round(
    play: Play, issuer: Issuer, world: World, director: Actor, office: Actor
) -> None:
    duty = Duty.objects.create(
        jurisdiction=world.jurisdiction["gs"], code="2.3#1", title="组织年度考核", text="组织年度考核", nature="periodic",
        sources=["assessment.published"],
    )  # fmt: skip
    owed = Obligation.objects.create(
        jurisdiction=world.jurisdiction["gs"], year=play.round.year, duty=duty, unit=world.unit["office"], period_label="2012年",
        period_start=date(2012, 1, 1), period_end=date(2012, 12, 31), due_on=date(2012, 12, 31),
    )  # fmt: skip
    play.to_appeals()
    play.approve()
    document = services.notice_draft(round_=play.round, actor=director, now=DECEMBER)
    words = words_of(document)
    assert "A级（1个）：" in words and "B级：无。" in words and "D级：无。" in words and "名次" not in words
    named = Addressee.objects.system("test").filter(document=document)
    assert sorted(named.values_list("unit__code", flat=True)) == ["test-lz_office", "test-ts_office"]
    with pytest.raises(StateConflict, match="通报已经起草"):
        services.notice_draft(round_=play.round, actor=director, now=DECEMBER)
    issue(document, office)
    assert (play.round.state, play.round.published_on) == (Round.State.PUBLISHED, date(2012, 12, 10))
    owed.refresh_from_db(from_queryset=Obligation.objects.system("test"))
    assert owed.status == Obligation.Status.DONE


def test_the_circular_prints_the_seal_and_the_checkpoint_and_names_who_else_gets_it(
    play: Play, issuer: Issuer, world: World, director: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.to_appeals()
    seal = play.approve().sha256
    marks = {
        "before": datetime(2012, 12, 9, 18, tzinfo=UTC),
        "after": datetime(2012, 12, 10, 18, tzinfo=UTC),
    }
    for when, told in (
        ("before", "封存以后尚未签署"),
        ("after", "test-gs 第9条 9f9f9f9f9f9f9f9f 2012-12-11"),
    ):
        mark = Checkpoint(chain="test-gs", seq=9, head="9f" * 32, at=marks[when])
        line = checkpoint_line(chain=mark.chain, seq=mark.seq, head=mark.head, on=local_day(mark.at))
        monkeypatch.setattr(publishing, "checkpoint_last", lambda code, one=(mark, line): one)
        document = services.notice_draft(
            round_=play.round, copies=["省委组织部。", "", "省纪委"], actor=director, now=DECEMBER
        )
        words = words_of(document)
        assert seal in words.replace(" ", "") and f"审计检查点{told}" in words
        assert document.copy_line == "省委组织部，省纪委"
        papers.official_check(document=document, version=None, actor=director, now=DECEMBER)
        papers.official_void(document=document, reason="再试", version=None, actor=director, now=DECEMBER)


def test_whom_the_circular_names_follows_the_rule_of_the_day(
    play: Play, issuer: Issuer, director: Actor, as_: Callable[..., Client]
) -> None:
    """The regulation names nobody, and so does the shipped rule; the office sets its own."""
    play.to_appeals()
    play.approve()
    assert selectors.copies_default(play.round, date(2012, 12, 10)) == []
    rule_adjust(
        name="assessment/circular", values={"copies": ["省委组织部"]}, valid_from=date(2012, 12, 1), source="甘质振办〔2012〕9号", seen=0,
        actor=play.world.actor("office"), now=NOVEMBER,
    )  # fmt: skip
    assert selectors.copies_default(play.round, date(2012, 12, 10)) == ["省委组织部"]
    address = reverse("assessment:notice", args=[play.pk])
    assert "抄送机关" in as_("director").get(address).content.decode()
    answer = as_("director").post(address, {"copies": "省委组织部"})
    (document,) = OfficialDocument.objects.system("test").all()
    assert answer["Location"] == reverse("documents:official", args=[document.pk])
    assert document.copy_line == "省委组织部"


def test_a_voided_circular_may_be_drafted_again(play: Play, issuer: Issuer, director: Actor) -> None:
    play.to_appeals()
    play.approve()
    document = services.notice_draft(round_=play.round, actor=director, now=DECEMBER)
    papers.official_void(document=document, reason="标题有误", version=None, actor=director, now=DECEMBER)
    assert services.notice_draft(round_=play.round, actor=director, now=DECEMBER).pk != document.pk


def test_to_each_its_own_sheet_and_nobody_elses(
    play: Play, issuer: Issuer, office: Actor, sibling: Actor
) -> None:
    play.to_appeals()
    play.approve()
    sent = services.sheets_issue(
        round_=play.round, signed_by="办公室主任", signed_on=date(2012, 12, 10), actor=office, now=DECEMBER
    )
    assert sent == 2
    seen = OfficialDocument.objects.visible_to(sibling)
    (sheet,) = seen
    words = json.dumps(sheet.blocks, ensure_ascii=False)
    assert "兰州市" in sheet.title and "天水" not in words and "专项整治，失10分" in words
    again = services.sheets_issue(
        round_=play.round, signed_by="办公室主任", signed_on=date(2012, 12, 10), actor=office, now=DECEMBER
    )
    assert again == 0


def test_before_it_is_published_an_object_sees_only_itself(play: Play, sibling: Actor, world: World) -> None:
    assert not Round.objects.visible_to(sibling).exists()
    play.to_appeals()
    assert [row.name for row in Assessed.objects.visible_to(sibling)] == ["兰州市"]
    assert not Assessed.objects.visible_to(world.actor("other")).exists()
    assert not Freeze.objects.visible_to(sibling).exists()


def test_a_local_round_is_reported_upwards_and_discharges_what_is_owed_there(
    world: World, year: object, edition: object
) -> None:
    """The province sees the report, never the round."""
    home = WorkYear.objects.create(
        jurisdiction=world.jurisdiction["lz"], label="2012年度", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31), state="open",
    )  # fmt: skip
    duty = Duty.objects.create(
        jurisdiction=world.jurisdiction["gs"], code="4.4#1", title="本地考核并报告", text="本地考核并报告", nature="periodic",
        sources=["assessment.local_reported"],
    )  # fmt: skip
    owed = Obligation.objects.create(
        jurisdiction=world.jurisdiction["gs"], year=year, duty=duty, unit=world.unit["lz_gov"], period_label="2012年",
        period_start=date(2012, 1, 1), period_end=date(2012, 12, 31), due_on=date(2012, 12, 20),
    )  # fmt: skip
    Membership.objects.create(
        jurisdiction=world.jurisdiction["lz"],
        unit=world.unit["cg_office"],
        capacity="assessed",
        valid_from=SINCE,
    )
    made = services.round_create(
        year=home, title="2012年度县区考核", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5),  # type: ignore[arg-type]
        unit_ids=[world.unit["cg_office"].pk], actor=world.actor("sibling"), now=DECEMBER,
    )  # fmt: skip
    Round.objects.system("test").filter(pk=made.pk).update(state="published", published_on=date(2012, 12, 10))
    report = services.local_report(
        round_=made,
        statement="考核了1个区，合格。",
        paper=None,
        actor=world.actor("sibling_head"),
        now=DECEMBER,
    )
    owed.refresh_from_db(from_queryset=Obligation.objects.system("test"))
    assert owed.status == Obligation.Status.DONE and report.jurisdiction_id == world.jurisdiction["gs"].pk
    assert not Round.objects.visible_to(world.actor("office")).filter(pk=made.pk).exists()
