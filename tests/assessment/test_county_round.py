"""A county of two people: one carries the round through, the director hears objections; the result goes one level up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.assessment.conftest import DECEMBER, NOVEMBER, Play
from tests.documents.acts import an_issuer, sent
from tests.world import SINCE, World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Appeal, Assessed, LocalReport, Round
from zhize.apps.assessment.services import SelfRow
from zhize.apps.orgs.models import Membership, Post, Unit, User
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed


@pytest.fixture
def director(world: World) -> Actor:
    """The second of the two people."""
    user = User.objects.create(username="cg-director", name="主任（演示）", password="!", is_demo=True)
    Post.objects.create(
        user=user, unit=world.unit["cg_office"], jurisdiction=world.jurisdiction["cg"], role="office_director", title="办公室主任",
        starts_on=SINCE,
    )  # fmt: skip
    return actor_of(user, hats_of(user, date(2012, 12, 10))[0], request_id="test")


@pytest.fixture
def county(world: World) -> Play:
    """城关区's round over two of its departments, by the shipped scheme for a locality."""
    place, staff = world.jurisdiction["cg"], world.actor("child")
    for order, name in enumerate(("区市场局", "区住建局"), 1):
        unit = Unit.objects.create(
            code=f"test-cg-{order}", region=world.region["cg"], name=name, kind="department", order=order, valid_from=SINCE,
            governance="vertical",
        )  # fmt: skip
        Membership.objects.create(
            jurisdiction=place, unit=unit, capacity="member", order=order, valid_from=SINCE
        )
        world.unit[f"cg{order}_gov"] = unit
    year = WorkYear.objects.create(
        jurisdiction=place,
        label="2012年度",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
        state="open",
    )
    offered = selectors.schemes_in_force(place, date(2012, 11, 15))
    assert offered[0].code == "local", "the scheme for a locality is offered first"
    made = services.round_create(
        year=year, title="2012年度本区质量工作考核", edition=offered[0], cut_off_on=date(2012, 11, 15), self_due_on=date(2012, 11, 25),
        unit_ids=[world.unit[f"cg{n}_gov"].pk for n in (1, 2)], actor=staff, now=NOVEMBER,
    )  # fmt: skip
    return Play(world, made)


def move(play: Play, who: Actor, *actions: str) -> None:
    for action in actions:
        services.round_move(
            round_=play.round, action=action, version=None, reason="", actor=who, now=DECEMBER
        )


def on_paper(row: Assessed, staff: Actor) -> None:
    rows = [SelfRow(code, points, "见台账") for code, points in (("plan", Decimal(25)), ("sampling", Decimal(15)), ("work", Decimal(36)))]  # fmt: skip
    saved = services.self_save(
        assessed=row,
        rows=rows,
        summary="",
        version=None,
        actor=staff,
        now=DECEMBER,
        dated_on=date(2012, 11, 20),
    )
    services.self_submit(assessed=saved, version=None, actor=staff, now=DECEMBER)


def test_two_people_carry_a_countys_round_from_its_notice_to_the_report_upwards(
    county: Play, world: World, director: Actor
) -> None:
    staff = world.actor("child")
    move(county, staff, "open")
    for row in selectors.objects_of(county.round):
        on_paper(row, staff)
    move(county, staff, "check")
    for key, done in (("cg1", 10), ("cg2", 7)):
        for code, facts in (
            ("plan", {"actual": done, "target": 10}),
            ("sampling", {"count": 0}),
            ("duties", {"due": 4, "on_time": 4}),
            ("work", {"value": "36"}),
        ):
            services.entry_check(
                entry=county.entry(key, code), facts=facts, reason="", version=None, actor=staff, now=DECEMBER
            )
    services.round_compute(round_=county.round, actor=staff, now=DECEMBER)
    move(county, staff, "conclude", "feed_back")
    grades = {one.name: one.grade_label for one in selectors.objects_of(county.round)}
    assert set(grades.values()) == {"合格"}, "no more than 30 % are 优秀: of two that is none"

    appeal = Appeal.objects.create(
        assessed=county.row("cg2"), code="plan", text="两项受灾停工。", filed_at=DECEMBER, filed_by="区住建局"
    )
    answer = {"appeal": appeal, "action": "reject", "answer": "没有证明", "version": None, "now": DECEMBER}
    with pytest.raises(NotAllowed):
        services.appeal_answer(**answer, actor=staff)
    services.appeal_answer(**answer, actor=director)

    services.round_approve(
        round_=county.round, by_name="区领导小组组长", on=date(2012, 12, 10), opinion="同意", version=None, actor=director,
        now=DECEMBER,
    )  # fmt: skip
    an_issuer(world, "cg", "cg_office", "区领导小组办公室", "城质振办")
    circular = services.notice_draft(round_=county.round, actor=director, now=DECEMBER)
    assert "重点工作：2个单位失分" in str(circular.blocks) and "各单位要对照考核结果单" in str(
        circular.blocks
    )
    sent(circular, staff, DECEMBER)
    assert county.round.state == Round.State.PUBLISHED
    services.local_report(
        round_=county.round, statement="已考核两个部门。", paper=None, actor=director, now=DECEMBER
    )
    report = LocalReport.objects.visible_to(world.actor("sibling")).get()
    assert report.title == county.round.title
    assert not Round.objects.visible_to(world.actor("sibling")).filter(pk=county.pk).exists()
