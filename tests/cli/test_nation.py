"""The demonstration at the scale of a country, tiny: what services would have left, the same from the same seed, a log that verifies."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client, override_settings

from zhize.apps.audit.models import Entry
from zhize.apps.audit.selectors import chains_verify, checkpoints_read
from zhize.apps.cli.demo.nation import TODAY, Scale, nation_load
from zhize.apps.cli.demo.nation.chance import Chance
from zhize.apps.cli.demo.nation.shape import NATION, numeral, provinces
from zhize.apps.metrics.mapping import goal_from
from zhize.apps.metrics.models import Target
from zhize.apps.orgs.models import Membership, Region, Todo, User
from zhize.apps.regulations import mapping
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.regulations.services.common import awaits_unit
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.models import ConferenceUnit, Resolution, Task, TaskUnit
from zhize.core.duties.discharge import evaluate
from zhize.core.kernel.errors import CoreError
from zhize.kit.rowfile import rowfile_name, rowfile_problem

SEEN = [427, 679, 621]  # worked out once: another machine must see the same
pytestmark = pytest.mark.django_db
TINY = Scale(first=(1, 2), others=1, municipalities=1, prefectures=2, districts=1, counties=4)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Counter[str]]:
    with tempfile.TemporaryDirectory() as home, django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=home, ZHIZE_CLOCK_FILE=Path(home, "clock")):
            yield nation_load(TINY)
        transaction.set_rollback(True)


def test_the_country_has_31_provinces_333_prefectures_and_2800_counties() -> None:
    tops = list(provinces(NATION))
    places = [place for top in tops for place in (top, *top.below, *(c for p in top.below for c in p.below))]
    levels = Counter(str(place.level) for place in places)
    assert levels == {"province": 31, "prefecture": 333, "county": 2800}
    assert len({p.code for p in places}) == len({p.name for p in places}) == len(places)
    assert (len(tops[0].below), sum(len(p.below) for p in tops[0].below)) == NATION.first
    assert [numeral(n) for n in (1, 10, 12, 20, 35)] == ["一", "十", "十二", "二十", "三十五"]


def test_relations_and_rows_are_whole(loaded: Counter[str]) -> None:
    connection.check_constraints()
    assert loaded["orgs.region"] == Region.objects.system("test").count() == 9
    assert not User.objects.filter(is_demo=False).exists()


def test_every_state_is_what_the_core_derives_from_what_was_handed_in(loaded: Counter[str]) -> None:
    rows = Obligation.objects.system("test").select_related("duty", "year")
    papers: dict[int, list[Discharge]] = {}
    for paper in Discharge.objects.system("test"):
        papers.setdefault(paper.obligation_id, []).append(paper)
    for row in rows:
        outcome = evaluate(
            mapping.rule_for(row), mapping.facts_of(papers.get(row.pk, ()), ()), period=mapping.period_of(row),
            due=row.due_on, today=TODAY,
        )  # fmt: skip
        assert (row.status, row.done_on, row.count_done) == (
            outcome.progress.value,
            outcome.done_on,
            outcome.achieved,
        )
    assert {row.status for row in rows} == {"open", "done", "standing"}


def test_accepted_answers_and_only_these_discharged_what_they_answer(loaded: Counter[str]) -> None:
    accepted = UnitRequest.objects.system("test").filter(state="accepted").exclude(call__source_code="")
    papers = Discharge.objects.system("test")
    assert set(papers.values_list("source_id", "unit_id")) == set(accepted.values_list("pk", "unit_id"))


def test_to_dos_are_those_of_what_awaits_somebody(loaded: Counter[str]) -> None:
    todos = Counter(Todo.objects.system("test").values_list("ref_kind", "kind"))
    requests = Counter(UnitRequest.objects.system("test").values_list("state", flat=True))
    tasks = Counter(Task.objects.system("test").values_list("state", flat=True))
    owed = Obligation.objects.system("test").select_related("duty")
    assert todos == {
        ("regulations.obligation", "obligation.due"): sum(awaits_unit(row) for row in owed),
        ("requests.unit_request", "call.due"): requests["waiting"] + requests["drafting"],
        ("requests.unit_request", "request.review"): requests["submitted"],
        ("requests.unit_request", "request.returned"): requests["returned"],
        ("work.task", "task.take"): tasks["assigned"],
        ("work.task", "task.do"): tasks["taken"] + tasks["running"],
    }


def test_tasks_name_the_units_that_take_part(loaded: Counter[str]) -> None:
    rows = list(TaskUnit.objects.system("test").select_related("unit"))
    for task in Task.objects.system("test"):
        own = [row for row in rows if row.task_id == task.pk]
        assert [row.unit_id for row in own if row.role == "lead"] == [task.lead_unit_id]
        assert "、".join(row.unit.name for row in own if row.role == "support") == task.supports
        assert (task.done_on is not None) == (task.state == "closed") == (task.percent == 100)


def test_what_conferences_decided_are_tasks_and_all_members_were_called(loaded: Counter[str]) -> None:
    decided = Resolution.objects.system("test").values_list(
        "task_id", "conference_id", "text", "lead_unit_id"
    )
    tasks = Task.objects.system("test").filter(source="resolution", source_kind="work.conference")
    assert set(decided) == set(tasks.values_list("pk", "source_id", "title", "lead_unit_id")) != set()
    called = ConferenceUnit.objects.system("test").values_list("conference__jurisdiction_id", "unit_id")
    members = Membership.objects.system("test").filter(capacity="member")
    assert sorted(called) == sorted(members.values_list("jurisdiction_id", "unit_id"))


def test_targets_are_such_as_the_core_can_judge_by(loaded: Counter[str]) -> None:
    rows = list(Target.objects.system("test").select_related("card", "year"))
    assert rows and not any(isinstance(goal_from(row, ()), CoreError) for row in rows)


def test_the_log_verifies_and_its_files_hold_every_row_and_no_secret(loaded: Counter[str]) -> None:
    entries = list(Entry.objects.system("test").filter(type="orgs.demo.rows_loaded"))
    assert len(entries) == TINY.provinces
    assert [rowfile_problem(entry.rows_digest) for entry in entries] == [""] * TINY.provinces
    assert all(report.is_clean for report in chains_verify(checkpoints_read()))
    lines = [
        json.loads(line)
        for entry in entries
        for line in default_storage.open(rowfile_name(entry.rows_digest)).read().decode().splitlines()
    ]
    assert Counter(line["model"] for line in lines) == loaded
    assert not any("password" in line for line in lines)


def test_chance_is_of_the_seed_and_the_words_alone() -> None:
    assert [Chance(2012).below(1000, "D010100", "task", n) for n in (1, 2, 3)] == SEEN
    assert Chance(2013).below(1000, "D010100", "task", 1) != SEEN[0]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/situation/",
        "/situation/brief/",
        "/work/tasks/",
        "/obligations/matrix/",
        "/search/?q=抽查",
        "/work/plans/",
        "/work/conferences/",
        "/metrics/attainment/",
        "/obligations/",
        "/metrics/figures/",
        "/requests/mine/",
    ],
)
@pytest.mark.parametrize("who", ["d010000-office", "d010101-director"])
def test_pages_of_a_province_and_of_a_county_open_and_know_nothing_of_other_provinces(
    loaded: Counter[str], monkeypatch: pytest.MonkeyPatch, address: str, who: str
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: TODAY)
    client = Client()
    client.force_login(User.objects.get(username=who), "django.contrib.auth.backends.ModelBackend")
    page = client.get(address)
    assert page.status_code == 200
    words = page.content.decode()
    assert "甲子" in words and "乙丑" not in words  # not even among what a list may be narrowed by
