"""Checking and scoring: by whom, on what, and that what was collected is not typed over without a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.assessment.conftest import DECEMBER, NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import mapping, services
from zhize.apps.assessment.models import Entry
from zhize.apps.assessment.selectors import Edition
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.orgs.models import Post
from zhize.apps.regulations.models import Duty, Obligation
from zhize.apps.years.models import WorkYear
from zhize.kit import measures as kit_measures
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.measures import By, Measure, Measured


@pytest.fixture
def checking(play: Play) -> Play:
    play.move("open", "check")
    return play


@pytest.fixture
def owed(world: World, year: WorkYear) -> None:
    """兰州市 owes a plan, done five days late, and a report not done; 天水市 owes nothing yet."""
    for code, title, due, done in (("4.2", "制定方案", date(2012, 3, 31), date(2012, 4, 5)), ("4.3", "联席会议", date(2012, 11, 1), None)):  # fmt: skip
        duty = Duty.objects.create(
            jurisdiction=world.jurisdiction["gs"], code=code, title=title, text=title, nature="once"
        )
        Obligation.objects.create(
            jurisdiction=world.jurisdiction["gs"], year=year, duty=duty, unit=world.unit["lz_gov"], period_label="2012年",
            period_start=date(2012, 1, 1), period_end=date(2012, 12, 31), due_on=due, done_on=done, status="done" if done else "open",
        )  # fmt: skip


def test_what_was_owed_by_the_cut_off_is_collected_with_links_to_it(
    checking: Play, owed: None, office: Actor
) -> None:
    services.inputs_collect(round_=checking.round, actor=office, now=DECEMBER)
    entry = checking.entry("lz", "duties")
    assert entry.origin == Entry.Origin.COLLECTED
    assert entry.facts == {
        "items": [
            {"title": "制定方案（2012年）", "due": "2012-03-31", "done_on": "2012-04-05"},
            {"title": "联席会议（2012年）", "due": "2012-11-01"},
        ]
    }
    assert [one["words"] for one in entry.sources] == ["制定方案（2012年）", "联席会议（2012年）"]
    assert checking.entry("ts", "duties").facts == {"not_applicable": "截至2012年11月30日没有到期的履职事项"}


def test_collected_data_are_changed_only_with_a_reason(checking: Play, owed: None, office: Actor) -> None:
    services.inputs_collect(round_=checking.round, actor=office, now=DECEMBER)
    with pytest.raises(BadInput, match="改动了系统采集的数据而没有写理由"):
        checking.check("lz", "duties", {"due": 2, "on_time": 2})
    checking.check("lz", "duties", {"due": 2, "on_time": 2}, reason="联席会议已召开，未及登记")
    again = services.inputs_collect(round_=checking.round, actor=office, now=DECEMBER)
    assert checking.entry("lz", "duties").facts == {"due": 2, "on_time": 2}
    assert (again.taken, again.kept) == (0, 0)


def test_accepting_what_was_collected_needs_no_reason(checking: Play, owed: None, office: Actor) -> None:
    services.inputs_collect(round_=checking.round, actor=office, now=DECEMBER)
    entry = checking.entry("lz", "duties")
    checking.check("lz", "duties", dict(entry.collected))
    assert checking.entry("lz", "duties").origin == Entry.Origin.CHECKED


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("campaign", {"value": "41"}, "请填 0 至 40"),
        ("campaign", {"value": "39.3"}, "请以0.5分为一档"),
        ("work", {"actual": "多", "target": "4"}, "不是数"),
        ("work", {"actaul": "4"}, "是否想写“actual”"),
    ],
)
def test_facts_the_method_cannot_take_are_refused_with_place_and_remedy(
    checking: Play, code: str, facts: dict[str, str], said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        checking.check("lz", code, facts)
    assert said in str(caught.value) and caught.value.problem.where


def test_the_unit_named_by_the_scheme_scores_its_criteria_and_no_others(checking: Play) -> None:
    checking.check("lz", "campaign", {"value": "38"}, who="head")
    assert checking.entry("lz", "campaign").checked_hat == "省质监局 · 分管负责人"
    with pytest.raises(NotAllowed, match="不能给这个对象的这一项评分"):
        checking.check("lz", "work", {"actual": 4, "target": 4}, who="head")


@pytest.mark.parametrize("who", ["other", "sibling", "sibling2", "leader", "auditor", "child"])
def test_nobody_else_scores_least_of_all_the_assessed(checking: Play, who: str) -> None:
    with pytest.raises(NotAllowed):
        checking.check("lz", "work", {"actual": 4, "target": 4}, who=who)


def test_who_serves_the_prefecture_under_another_hat_does_not_score_it(checking: Play, world: World) -> None:
    Post.objects.create(
        user=world.user["office"], unit=world.unit["lz_office"], jurisdiction=world.jurisdiction["lz"], role="clerk", title="经办人",
        starts_on=date(2011, 1, 1), ends_on=date(2012, 2, 1),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        checking.check("lz", "work", {"actual": 4, "target": 4})
    checking.check("ts", "work", {"actual": 4, "target": 4})


def test_two_people_scoring_one_criterion_both_see_both_versions(checking: Play, office: Actor) -> None:
    seen = checking.entry("lz", "work").version
    checking.check("lz", "work", {"actual": 3, "target": 4})
    with pytest.raises(EditConflict) as caught:
        services.entry_check(
            entry=checking.entry("lz", "work"), facts={"actual": 4, "target": 4}, reason="", version=seen, actor=office, now=DECEMBER,
        )  # fmt: skip
    assert caught.value.theirs["facts"] == {"actual": 3, "target": 4}


def test_marks_come_only_while_they_are_checked(play: Play) -> None:
    play.move("open")
    with pytest.raises(StateConflict, match="评分只在“核查评分中、反馈申辩中”时办理"):
        play.check("lz", "work", {"actual": 4, "target": 4})


def test_own_marks_are_accepted_where_nobody_has_marked_yet(
    play: Play, sibling: Actor, office: Actor
) -> None:
    play.move("open")
    rows = [
        services.SelfRow("work", Decimal(40), "完成"),
        services.SelfRow("campaign", Decimal("38.5"), "按期完成"),
    ]
    services.self_save(
        assessed=play.row("lz"), rows=rows, summary="", version=None, actor=sibling, now=NOVEMBER
    )
    play.move("check")
    assert services.entries_accept(assessed=play.row("lz"), actor=office, now=DECEMBER) == 1
    entry = play.entry("lz", "campaign")
    assert (entry.facts, entry.reason) == ({"value": "38.5"}, "按自评认定")
    assert play.entry("lz", "work").origin == Entry.Origin.NONE


def test_a_figure_of_the_prefecture_is_collected_with_its_target(
    world: World, year: WorkYear, office: Actor
) -> None:
    card = Card.objects.create(
        jurisdiction=world.jurisdiction["gs"], code="rate", name="抽查合格率", dimension="product", definition="合格批次占比", unit="%",
        source="collected", valid_from=date(2011, 1, 1), citation="测试", over_regions="rate",
    )  # fmt: skip
    Observation.objects.create(
        jurisdiction=world.jurisdiction["gs"], card=card, region=world.region["lz"], period_start=date(2012, 1, 1),
        period_end=date(2012, 9, 30), period_label="2012年前三季度", value="96.2", numerator=962, denominator=1000, origin="collected",
        recorded_at=NOVEMBER, recorded_by="测试",
    )  # fmt: skip
    Target.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        region=world.region["gs"],
        card=card,
        year=year,
        value=95,
        document="年度计划",
    )
    body = {
        "title": "只看合格率", "points": "20",
        "blocks": [{"code": "rate", "title": "合格率", "points": "20", "method": {"kind": "difference", "per": "1", "up_cap": "0"}, "source": {"kind": "figures", "codes": ["rate"]}}],
    }  # fmt: skip
    scheme, plain = mapping.edition_body(body)
    made = services.round_create(
        year=year, title="只看合格率", edition=Edition("rate", "x", "", "测试", date(2012, 1, 1), scheme, plain, "0" * 64),
        cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5), actor=office, now=NOVEMBER,
    )  # fmt: skip
    play = Play(world, made)
    play.move("open", "check")
    services.inputs_collect(round_=play.round, actor=office, now=DECEMBER)
    entry = play.entry("lz", "rate")
    assert entry.facts == {"actual": "96.2", "target": "95"}
    assert [one["words"] for one in entry.sources] == [
        "抽查合格率：96.2%（2012年前三季度）",
        "目标：95%（年度计划）",
    ]
    assert play.entry("ts", "rate").facts == {}


def test_a_registered_measure_is_collected_as_its_two_counts(
    world: World, year: WorkYear, office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = world.unit["lz_gov"].pk
    answer = {unit: Measured(Decimal(200) / 3, 2, 3, "/work/tasks/?lead_unit=x")}
    measure = Measure("test.rate", "办结率", "%", frozenset({By.UNIT}), lambda where, by: answer)
    monkeypatch.setitem(kit_measures._measures, "test.rate", measure)
    body = {
        "title": "只看任务", "points": "15",
        "blocks": [{"code": "tasks", "title": "任务", "points": "15", "method": {"kind": "proportion"}, "source": {"kind": "tasks", "codes": ["test.rate"]}}],
    }  # fmt: skip
    scheme, plain = mapping.edition_body(body)
    made = services.round_create(
        year=year, title="只看任务", edition=Edition("t", "x", "", "测试", date(2012, 1, 1), scheme, plain, "0" * 64),
        cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5), actor=office, now=NOVEMBER,
    )  # fmt: skip
    play = Play(world, made)
    play.move("open", "check")
    services.inputs_collect(round_=play.round, actor=office, now=DECEMBER)
    play.compute()
    assert play.entry("lz", "tasks").facts == {"actual": "2", "target": "3"}
    assert str(play.row("lz").total) == "10.0000"
    assert play.entry("ts", "tasks").facts == {"not_applicable": "截至2012年11月30日没有应计的事项（办结率）"}
