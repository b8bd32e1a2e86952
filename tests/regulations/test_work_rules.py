"""工作规则: an office's own rules in versions with days; no duties come of them, what the office owes for them is discharged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from tests.regulations.conftest import Owe
from tests.world import World

from zhize.apps.regulations import selectors, services
from zhize.apps.regulations.models import Duty, Obligation, ProposedDuty, Regulation
from zhize.apps.regulations.selectors.work_rules import WorkRules, work_rules_listed
from zhize.apps.regulations.services.work_rules import ADOPTED
from zhize.kit.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db
FIRST = "一、会议\n（一）会前7日收齐材料。\n（二）会后10日内起草纪要。\n"
SECOND = FIRST.replace("7日", "10日")
SINCE, NEW = date(2011, 9, 1), date(2012, 9, 1)


def _registered(world: World, now: datetime) -> Regulation:
    by = {"actor": world.actor("office"), "now": now}
    data = {"sort": "work_rules", "code": "", "title": "办公室工作规则", "in_force_from": SINCE}
    rules = services.regulation_create(jurisdiction=world.jurisdiction["gs"], data=data, **by)
    services.version_read(regulation=rules, text=FIRST, in_force_on=SINCE, **by)
    return rules


def _adopt(rules: Regulation, world: World, now: datetime) -> None:
    services.work_rules_adopt(regulation=rules, expected=None, actor=world.actor("office"), now=now)


def _revise(rules: Regulation, world: World, now: datetime, starts: date = NEW) -> None:
    by = {"actor": world.actor("office"), "now": now}
    services.version_read(regulation=rules, text=SECOND, in_force_on=starts, **by)


def _listed(world: World) -> WorkRules:
    (one,) = work_rules_listed(world.actor("office"))
    return one


def _status(owed: Obligation) -> str:
    return Obligation.objects.system("test").get(pk=owed.pk).status


def test_no_duty_comes_of_work_rules(world: World, now: datetime) -> None:
    _adopt(_registered(world, now), world, now)
    assert not ProposedDuty.objects.system("test").exists()
    assert not Duty.objects.system("test").exists()
    assert not selectors.regulations_listed(world.actor("office")).exists()


def test_until_the_new_text_begins_the_one_before_holds(world: World, now: datetime) -> None:
    rules = _registered(world, now)
    _adopt(rules, world, now)
    _revise(rules, world, now)
    _adopt(rules, world, now)
    one = _listed(world)
    assert [(t.row.number, t.since, t.until) for t in one.texts] == [
        (2, NEW, None),
        (1, SINCE, NEW - timedelta(days=1)),
    ]
    holds = {day: one.on(day) for day in (NEW - timedelta(days=1), NEW, date(2010, 1, 1))}
    assert [text.row.number if text else None for text in holds.values()] == [1, 2, None]


def test_rules_of_last_year_are_no_work_of_this_year_a_revision_is(
    world: World, owe: Owe, now: datetime
) -> None:
    owed = owe("office", sources=[ADOPTED], nature="periodic")
    rules = _registered(world, now)
    _adopt(rules, world, now)
    assert _status(owed) == "open", "in force since 2011"
    _revise(rules, world, now)
    _adopt(rules, world, now)
    assert _status(owed) == "done"


def test_looked_at_again_and_left_counts_too(world: World, owe: Owe, now: datetime) -> None:
    owed = owe("office", sources=[ADOPTED], nature="periodic")
    rules = _registered(world, now)
    _adopt(rules, world, now)
    by = {"regulation": rules, "expected": None, "actor": world.actor("office"), "now": now}
    with pytest.raises(BadInput, match="复核意见"):
        services.work_rules_review(opinion=" ", **by)
    services.work_rules_review(opinion="无须修订", **by)
    assert _status(owed) == "done"
    assert _listed(world).row.reviewed_on == now.date()


def test_a_new_text_cannot_begin_before_the_one_in_force(world: World, now: datetime) -> None:
    rules = _registered(world, now)
    _adopt(rules, world, now)
    _revise(rules, world, now, starts=SINCE)
    with pytest.raises(BadInput, match="不晚于现行版"):
        _adopt(rules, world, now)


def test_rules_end_today_at_the_latest(world: World, now: datetime) -> None:
    rules = _registered(world, now)
    _adopt(rules, world, now)
    by = {"regulation": rules, "expected": None, "actor": world.actor("office"), "now": now}
    with pytest.raises(BadInput, match="今天以前"):
        services.work_rules_end(on=now.date() + timedelta(days=1), **by)
    services.work_rules_end(on=now.date(), **by)
    one = _listed(world)
    assert one.on(now.date()) and one.on(now.date() + timedelta(days=1)) is None
    assert one.current is None


def test_only_the_office_keeps_them(world: World, now: datetime) -> None:
    rules = _registered(world, now)
    with pytest.raises(NotAllowed):
        services.work_rules_adopt(regulation=rules, expected=None, actor=world.actor("liaison"), now=now)


def test_the_pages_register_adopt_compare_and_list(
    world: World, now: datetime, sign_in: Callable[[str], Client]
) -> None:
    office = sign_in("office")
    made = office.post(
        "/work-rules/new/", {"title": "督办工作规则", "in_force_from": "2011-09-01", "text": FIRST}
    )
    assert made.status_code == 302
    address = made["Location"]
    draft = office.get(address).content.decode()
    assert "尚未施行" in draft and "按第 1 版施行" in draft
    assert office.post(f"{address}adopt/", {"version": 1}).status_code == 302
    rules = Regulation.objects.system("test").get()
    _revise(rules, world, now, starts=now.date())
    assert office.post(f"{address}adopt/", {"version": rules.version}).status_code == 302
    listed = sign_in("liaison").get("/work-rules/").content.decode()
    assert "督办工作规则" in listed and "第 2 版" in listed and "对照上一版" in listed
    second = _listed(world).texts[0].row
    compared = office.get(f"/regulations/versions/{second.pk}/compare/").content.decode()
    assert "<ins>10" in compared or "10</ins>" in compared
    assert office.get(f"/regulations/{rules.pk}/")["Location"] == address
    refused = office.post(f"{address}review/", {"version": 9, "opinion": ""})
    assert refused.status_code == 400 and "请用一两句话写明" in refused.content.decode()
