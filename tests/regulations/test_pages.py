"""What was done about a clause and an obligation, by whom, with which evidence: as the pages show it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.regulations.conftest import Owe, SignIn
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.models import (
    Clause,
    Discharge,
    Duty,
    DutyClause,
    Obligation,
    Regulation,
    RegulationVersion,
)
from zhize.apps.regulations.selectors.digest import obligations_digest
from zhize.apps.regulations.services import discharge_by_source
from zhize.kit import contributions, measures
from zhize.kit.contributions import ClauseSection
from zhize.kit.measures import DischargeSource, register_source
from zhize.kit.things import ThingRef

YEARLY = {"period_label": "2012年", "period_start": date(2012, 1, 1), "period_end": date(2012, 12, 31)}


def _clause(duty: Duty) -> Clause:
    regulation = Regulation.objects.create(jurisdiction=duty.jurisdiction, code="main", title="责任制度")
    version = RegulationVersion.objects.create(
        regulation=regulation, text="x", sha256="0" * 64, state="confirmed"
    )
    clause = Clause.objects.create(
        version=version, path="3.2", label="三（二）", marker="（二）", level=2, text="制定方案。", order=1
    )
    DutyClause.objects.create(duty=duty, clause=clause)
    return clause


def _owing(obligation: Obligation, many: int) -> None:
    for number in range(many):
        unit = Unit.objects.create(
            code=f"u{number}", region=obligation.unit.region, name=f"部门{number}", order=99
        )
        Obligation.objects.create(
            jurisdiction=obligation.jurisdiction,
            year=obligation.year,
            duty=obligation.duty,
            unit=unit,
            **YEARLY,
        )


def _recognised(world: World, now: datetime, act: ThingRef) -> None:
    discharge_by_source(
        code="test.act", ref=act, jurisdiction=world.jurisdiction["gs"], unit_ids=[world.unit["zjj"].pk],
        on=date(2012, 2, 20), statement="年度计划已接收", actor=world.actor("office"), now=now,
    )  # fmt: skip


def test_an_obligation_shows_the_act_that_discharged_it_with_a_link(
    world: World, owe: Owe, now: datetime, sign_in: SignIn
) -> None:
    obligation = owe("zjj", sources=["test.act"])
    _recognised(world, now, ThingRef("orgs.unit", world.unit["gsj"].pk))
    page = sign_in("liaison").get(f"/obligations/{obligation.pk}/").content.decode()
    assert "自动认定" in page
    assert f'<a href="/directory/units/{world.unit["gsj"].pk}/">年度计划已接收</a>' in page


def test_a_counted_obligation_shows_how_far_it_is(world: World, owe: Owe, sign_in: SignIn) -> None:
    obligation = owe("zjj", sources=[], nature="counted", way="counted", at_least=4)
    Obligation.objects.system("test").filter(pk=obligation.pk).update(
        count_done=3, count_needed=4, status="partly"
    )
    page = sign_in("liaison").get(f"/obligations/{obligation.pk}/").content.decode()
    assert 'aria-valuenow="75"' in page and "3/4" in page


def test_a_standing_obligation_asks_for_nothing_and_opens(world: World, owe: Owe, sign_in: SignIn) -> None:
    """常态履职 needs no count: none of it is owed."""
    standing = owe("zjj", sources=[], nature="standing")
    Obligation.objects.system("test").filter(pk=standing.pk).update(count_needed=0, status="standing")
    answer = sign_in("office").get(f"/obligations/{standing.pk}/")
    assert answer.status_code == 200
    assert "常态履职" in answer.content.decode()


def test_a_clause_says_who_did_what_about_it_and_one_unit_can_be_chosen_among_many(
    world: World, owe: Owe, now: datetime, sign_in: SignIn
) -> None:
    obligation = owe("zjj", sources=["test.act"])
    clause = _clause(obligation.duty)
    _recognised(world, now, ThingRef("orgs.unit", world.unit["gsj"].pk))
    client = sign_in("leader")
    page = client.get(f"/regulations/clauses/{clause.pk}/").content.decode()
    assert "年度计划已接收" in page and "2012-02-20" in page
    assert 'name="unit"' not in page
    _owing(obligation, 31)
    page = client.get(f"/regulations/clauses/{clause.pk}/").content.decode()
    assert 'name="unit"' in page and "部门7" in page
    page = client.get(f"/regulations/clauses/{clause.pk}/?unit={world.unit['zjj'].pk}").content.decode()
    assert page.count("部门7") == 1, "in the choice alone"


def test_a_clause_page_costs_the_same_for_one_duty_and_for_many(
    world: World, owe: Owe, now: datetime, sign_in: SignIn
) -> None:
    first = owe("zjj", sources=["test.act"])
    clause = _clause(first.duty)
    client = sign_in("office")
    url = f"/regulations/clauses/{clause.pk}/"

    def statements() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    _recognised(world, now, ThingRef("orgs.unit", world.unit["gsj"].pk))
    few = statements()
    for unit in ("gsj", "lz_gov", "ts_gov"):
        more = owe(unit, sources=["test.act"])
        DutyClause.objects.create(duty=more.duty, clause=clause)
        Discharge.objects.create(
            obligation=more, jurisdiction=more.jurisdiction, unit=more.unit, statement="已办", submitted_at=now, submitted_by="x"
        )  # fmt: skip
    assert statements() == few <= 30  # the register itself and a section from each app above


def test_the_apps_above_add_their_part_to_a_clause(
    world: World, owe: Owe, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    clause = _clause(owe("zjj", sources=[]).duty)
    asked: list[list[int]] = []
    monkeypatch.setattr(contributions, "clause_sections", contributions.Point("clause_sections"))
    monkeypatch.setattr(
        "zhize.apps.regulations.views.clauses.contributions.clause_sections", contributions.clause_sections
    )
    contributions.clause_sections.add(
        ClauseSection("相关任务", "requests/_about.html", lambda actor, ids, year: asked.append(ids) or [])
    )
    assert "相关任务" in sign_in("office").get(f"/regulations/clauses/{clause.pk}/").content.decode()
    assert len(asked) == 1


def test_a_duty_names_its_sources_in_words_and_the_office_changes_them(
    world: World, owe: Owe, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "_sources", {})
    register_source(DischargeSource("work.plan.accepted", "计划已接收"))
    register_source(DischargeSource("work.task.closed", "任务办结"))
    duty = owe("zjj", sources=["work.plan.accepted", "later.version"]).duty
    client = sign_in("office")
    page = client.get(f"/duties/{duty.pk}/").content.decode()
    assert "计划已接收、later.version" in page and "source_code=work.plan.accepted" in page
    form = {
        "title": duty.title,
        "kind": "other",
        "nature": "once",
        "version": 1,
        "source_codes": ["work.task.closed"],
    }
    assert client.post(f"/duties/{duty.pk}/edit/", form).status_code == 302
    assert Duty.objects.system("test").get().sources == ["work.task.closed", "later.version"]


def test_what_a_unit_did_and_owes_becomes_lines_of_its_summary(world: World, owe: Owe, now: datetime) -> None:
    owe("zjj", sources=["test.act"])
    _recognised(world, now, ThingRef("work.plan", 1))
    owe("zjj", sources=[])
    counted = owe("zjj", sources=[], nature="counted", way="counted", at_least=4)
    Obligation.objects.system("test").filter(pk=counted.pk).update(
        count_done=3, count_needed=4, status="partly"
    )
    digest = obligations_digest(
        world.unit["zjj"].pk, world.jurisdiction["gs"].pk, date(2012, 1, 1), date(2012, 6, 30)
    )
    assert digest is not None
    assert digest.lines == (
        "按期落实1件：制定工作方案（2月20日）", "到期未落实1件：制定工作方案（期限3月1日）", "制定工作方案：台账记录3件（应4件）",
    )  # fmt: skip
    assert (
        obligations_digest(
            world.unit["gsj"].pk, world.jurisdiction["gs"].pk, date(2012, 1, 1), date(2012, 6, 30)
        )
        is None
    )
