"""Every figure about tasks equals an independent count of the rows, and its address leads to exactly these rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.work.tasks.conftest import HandOut, asked, on, owed, taken
from tests.world import World

from zhize.apps.work.selectors.task_parts import digest, of_clause, of_unit
from zhize.apps.work.selectors.task_situation import tasks_brief, tasks_situation
from zhize.apps.work.services import task_check, task_continue, task_remind
from zhize.apps.years.models import WorkYear
from zhize.kit.contributions import BriefQuestion
from zhize.kit.measures import By, Where, measures

TODAY = date(2012, 7, 5)


@pytest.fixture
def played(world: World, hand_out: HandOut) -> None:
    """省质监局: one done in time, one done late, one overdue, one continuing. 省工商局: one not due. 兰州市: one overdue."""
    liaison, office = world.actor("liaison"), world.actor("office")
    for title, when in (("按期的", on(6, 20)), ("晚的", on(7, 3))):
        task = asked(hand_out(title=title), liaison, when)
        task_check(task=task, close=True, actor=office, now=on(7, 4))
    late = taken(hand_out(title="逾期的"), liaison)
    task_remind(task=late, step="remind", actor=office, now=on(7, 2))
    task_continue(
        task=taken(hand_out(title="长期的"), liaison), reason="长期工作", actor=office, now=on(4, 1)
    )
    hand_out("gsj", title="未到的", due_on=date(2012, 12, 1))
    hand_out("lz_gov", title="市里的")


@pytest.fixture
def rows_at(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: TODAY)
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")

    def count(url: str) -> int:
        answer = client.get(url + "&export=csv")
        return len(b"".join(answer.streaming_content).decode("utf-8-sig").strip().splitlines()) - 1  # type: ignore[attr-defined]

    return count


@pytest.mark.usefixtures("played")
def test_the_situation_page_counts_what_is_owed_done_and_late(
    world: World, year: WorkYear, rows_at: Any
) -> None:
    found = tasks_situation(world.actor("office"), year.pk, TODAY)
    by_unit = {pk: [f.number for f in figures] for pk, figures in found.by_unit.items()}
    assert by_unit == {
        world.unit["zjj"].pk: ["3", "2", "1", "67%"],
        world.unit["gsj"].pk: ["1", "0", "0", "0%"],
    }
    assert [f.number for f in found.by_region[world.region["lz"].pk]] == ["1", "0", "1", "0%"]
    assert [f.number for f in found.totals] == ["40%", "5", "2", "2", "1"]
    for figure in [*found.totals[1:], *(f for fs in found.by_unit.values() for f in fs[:3])]:
        assert rows_at(figure.url) == int(figure.number), figure


@pytest.mark.usefixtures("played")
def test_a_measure_is_a_share_that_adds_up_and_leads_to_its_denominator(
    world: World, year: WorkYear, rows_at: Any
) -> None:
    where = Where(year.jurisdiction_id, date(2012, 1, 1), date(2012, 6, 30))
    done, in_time = measures()["work.tasks.done_rate"], measures()["work.tasks.on_time_rate"]
    unit = done.load(where, By.UNIT)[world.unit["zjj"].pk]
    assert (unit.numerator, unit.denominator) == (2, 3)
    assert unit.value is not None and round(unit.value, 2) == Decimal("66.67")
    assert in_time.load(where, By.UNIT)[world.unit["zjj"].pk].numerator == 1
    whole = done.load(where, By.JURISDICTION)[0]
    regions = done.load(where, By.REGION)
    assert (whole.numerator, whole.denominator) == (2, 4)
    assert sum(one.denominator or 0 for one in regions.values()) == 4
    assert rows_at(whole.url + "&tally=owed") == 4
    nothing = Where(year.jurisdiction_id, date(2011, 1, 1), date(2011, 12, 31))
    assert done.load(nothing, By.JURISDICTION)[0].value is None, "nothing due is no rate, not 0"


@pytest.mark.usefixtures("played")
def test_a_units_summary_is_prefilled_with_its_own_tasks_in_words(world: World, year: WorkYear) -> None:
    found = digest(world.unit["zjj"].pk, year.jurisdiction_id, date(2012, 1, 1), date(2012, 6, 30))
    assert found is not None
    assert found.lines[0] == "牵头任务 4 项：临期 1 项，已办结 1 项，逾期办结 1 项，持续推进 1 项。"
    assert "按期的（已办结，2012-06-20完成）。抽查已完成，结果已公布。" in found.lines
    assert len(found.refs) == len(found.lines) == 5
    in_hand = digest(world.unit["gsj"].pk, year.jurisdiction_id, date(2012, 1, 1), date(2012, 6, 30))
    assert in_hand is not None and in_hand.lines[0] == "牵头任务 1 项：未到期 1 项。"
    before = (date(2011, 1, 1), date(2011, 12, 31))
    assert digest(world.unit["gsj"].pk, year.jurisdiction_id, *before) is None


@pytest.mark.usefixtures("played")
def test_the_leaders_page_names_what_is_stuck_and_why(world: World, year: WorkYear, rows_at: Any) -> None:
    brief = tasks_brief(world.actor("leader"), BriefQuestion(year.pk, date(2012, 6, 28), TODAY))
    assert [(line.words, line.why) for line in brief.stuck] == [
        ("逾期的", "已督办 1 次；没有报告进展"), ("市里的", "尚未承办确认"),
    ]  # fmt: skip
    words = {line.words: line.url for line in brief.changed}
    assert list(words) == ["办结任务 1 项", "新增逾期任务 2 项"]
    assert [rows_at(url) for url in words.values()] == [1, 2]


def test_a_clause_shows_the_tasks_that_serve_its_duties(
    world: World, year: WorkYear, hand_out: HandOut
) -> None:
    duty = owed(world.unit["zjj"], year).duty
    task = hand_out(duty_ids=[duty.pk])
    found = of_clause(world.actor("liaison"), [duty.pk], year.pk)
    assert found is not None and [one["task"] for one in found] == [task]
    assert of_clause(world.actor("liaison"), [duty.pk + 1], year.pk) is None
    assert of_clause(world.actor("sibling"), [duty.pk], year.pk) is None


@pytest.mark.usefixtures("played")
def test_a_units_page_lists_what_it_still_owes(world: World) -> None:
    found = of_unit(world.actor("office"), world.unit["zjj"].pk, TODAY)
    assert found is not None
    assert [one["task"].title for one in found["rows"]] == ["逾期的"] and found["settled"] == 3
    assert of_unit(world.actor("office"), world.unit["ts_gov"].pk, TODAY) is None


def test_the_leaders_lines_over_many_tasks_are_a_minute_old_at_most_and_those_of_others_are_their_own(
    world: World, year: WorkYear, hand_out: HandOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_out(due_on=date(2012, 6, 29))
    monkeypatch.setattr("zhize.kit.kept.MANY", 0)
    question = BriefQuestion(year.pk, date(2012, 6, 28), TODAY)
    first = tasks_brief(world.actor("leader"), question)
    hand_out(due_on=date(2012, 6, 29), title="随后交办的")
    assert tasks_brief(world.actor("leader"), question) == first
    assert len(tasks_brief(world.actor("director"), question).stuck) == len(first.stuck) + 1
    cache.clear()
    assert len(tasks_brief(world.actor("leader"), question).stuck) == len(first.stuck) + 1
