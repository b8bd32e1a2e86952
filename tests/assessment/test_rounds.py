"""Making a round and carrying it from step to step: what each step needs and leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import DECEMBER, NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Assessed, Entry, Round, Score, Scorer
from zhize.apps.assessment.selectors import Edition
from zhize.apps.audit.models import Entry as LogEntry
from zhize.apps.orgs.models import Todo, Unit
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict


def todos(kind: str) -> list[str]:
    rows = Todo.objects.system("test").filter(kind=kind, done_at__isnull=True)
    return sorted(rows.values_list("unit__code", flat=True))


def test_a_round_takes_the_assessed_of_the_jurisdiction_in_official_order_and_keeps_its_scheme(
    play: Play, edition: Edition
) -> None:
    rows = Assessed.objects.system("test").order_by("order")
    assert [row.name for row in rows] == ["兰州市", "天水市"]
    assert play.round.scheme_sha256 == edition.sha256 and play.round.scheme_body["title"] == edition.title
    assert [(row.unit.code, row.codes) for row in Scorer.objects.system("test")] == [
        ("test-zjj", ["campaign"])
    ]


def test_a_unit_under_central_command_is_never_ranked(
    world: World, year: WorkYear, edition: Edition, office: Actor
) -> None:
    Unit.objects.system("test").filter(pk=world.unit["gsj"].pk).update(governance="central")
    made = services.round_create(
        year=year, title="部门考核", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5),
        unit_ids=[world.unit["zjj"].pk, world.unit["gsj"].pk], actor=office, now=NOVEMBER,
    )  # fmt: skip
    ranked = Assessed.objects.system("test").filter(round=made).order_by("order")
    assert list(ranked.values_list("ranked", flat=True)) == [True, False]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cut_off_on": date(2013, 1, 5)}, "数据截止日期不在年度之内"),
        ({"unit_ids": [""]}, "不在本辖区"),
        ({"unit_ids": ["cg_office"]}, "不在本辖区"),
        ({"title": "2012年度市州质量工作考核"}, "本年度已有同名的考核"),
    ],
)
def test_a_round_that_cannot_be_is_refused_in_words(
    play: Play, year: WorkYear, edition: Edition, office: Actor, change: dict[str, Any], said: str
) -> None:
    values: dict[str, object] = {
        "year": year, "title": "另一考核", "edition": edition, "cut_off_on": date(2012, 11, 30), "self_due_on": date(2012, 12, 5),
    }  # fmt: skip
    if "unit_ids" in change:
        units = play.world.unit
        change = {
            "unit_ids": [units["lz_gov"].pk, *(units[key].pk if key else 0 for key in change["unit_ids"])]
        }
    with pytest.raises(BadInput, match=said):
        services.round_create(**values | change, actor=office, now=NOVEMBER)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["liaison", "leader", "sibling", "auditor"])
def test_only_the_office_makes_a_round(world: World, year: WorkYear, edition: Edition, who: str) -> None:
    with pytest.raises(NotAllowed, match="只有本辖区领导小组办公室"):
        services.round_create(
            year=year, title="考核", edition=edition, cut_off_on=date(2012, 11, 30), self_due_on=date(2012, 12, 5),
            actor=world.actor(who), now=NOVEMBER,
        )  # fmt: skip


def test_opening_gives_each_object_its_table_and_a_to_do(play: Play) -> None:
    play.move("open")
    assert Entry.objects.system("test").filter(assessed=play.row("lz")).count() == 3
    assert todos("assessment.self") == ["test-lz_gov", "test-ts_gov"]
    assert play.round.state == Round.State.SELF


def test_checking_ends_the_self_evaluation_and_calls_the_scoring_units(play: Play) -> None:
    play.move("open", "check")
    assert todos("assessment.self") == []
    assert todos("assessment.check") == ["test-office", "test-zjj"]
    assert play.round.check_due_on == date(2012, 12, 4)


def test_initial_results_need_a_total_for_every_object(play: Play) -> None:
    play.move("open", "check")
    play.check("lz", "work", {"actual": 4, "target": 4})
    with pytest.raises(StateConflict, match="得分还没有重新计算"):
        play.move("conclude")
    play.compute()
    with pytest.raises(StateConflict, match=r"还有 2 个对象的得分不全（兰州市、天水市）"):
        play.move("conclude")


def test_the_scores_are_worked_out_with_the_way_to_each(play: Play) -> None:
    play.to_appeals()
    lz, ts = play.row("lz"), play.row("ts")
    assert (str(lz.total), lz.grade) == ("90.0000", "A") and (str(ts.total), ts.grade) == ("70.0000", "C")
    leaf = Score.objects.system("test").get(assessed=ts, code="work")
    assert (leaf.score, leaf.words) == ("30", "实际3，目标4，完成75%，40分×3÷4＝30分")
    assert leaf.trace["children"][0]["inputs"] == {"实绩": "3", "目标": "4"}


def test_feedback_lays_the_result_before_each_object_with_the_last_day_to_object(play: Play) -> None:
    play.to_appeals()
    assert todos("assessment.feedback") == ["test-lz_gov", "test-ts_gov"]
    assert play.round.appeal_due_on == date(2012, 12, 13)
    assert todos("assessment.approve") == ["test-office"]


def test_going_back_needs_a_reason_and_takes_the_feedback_away(play: Play, office: Actor) -> None:
    play.to_appeals()
    with pytest.raises(BadInput, match="没有写明重新核查的原因"):
        services.round_move(round_=play.round, action="recheck", version=None, actor=office, now=DECEMBER)
    play.move("recheck")
    assert play.round.state == Round.State.CHECKING and todos("assessment.feedback") == []


def test_a_step_out_of_turn_says_what_can_be_done(play: Play) -> None:
    with pytest.raises(StateConflict, match=r"筹备中的考核不能反馈初评结果.*现在可以：启动自评"):
        play.move("feed_back")


def test_every_step_stands_in_the_log(play: Play) -> None:
    play.to_appeals()
    types = list(
        LogEntry.objects.system("test")
        .filter(type__startswith="assessment.")
        .order_by("pk")
        .values_list("type", flat=True)
    )
    assert types[:3] == ["assessment.round.created", "assessment.round.moved", "assessment.round.moved"]
    assert types.count("assessment.entry.checked") == 6 and "assessment.round.computed" in types


def test_a_new_round_offers_the_self_evaluation_so_many_working_days_after_the_cut_off(
    db: None,
) -> None:
    spring = date(2012, 3, 5)
    assert selectors.self_due_offered("gs", date(2012, 11, 30), spring) == date(2012, 12, 14)
    assert selectors.self_due_offered("gs", date(2012, 11, 30), date(2012, 12, 3)) == date(2012, 12, 17)


def test_the_form_of_a_new_round_shows_it(
    year: WorkYear, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: date(2012, 11, 5))
    shown = as_("office").get(reverse("assessment:create")).content.decode()
    (box,) = re.findall(r'<input[^>]*name="self_due_on"[^>]*>', shown)
    assert 'value="2012-12-14"' in box
