"""Figures: kept once, changed with a trace, locked, corrected with a reason; put together by the card's rule."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.kit.bad_files import xlsx_file
from tests.metrics.conftest import BATCHES, PASSED, RATE, Browse, Enter
from tests.world import World

from zhize.apps.metrics import selectors, services
from zhize.apps.metrics.models import Card, Observation
from zhize.apps.metrics.services import NewFigure
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.measures import By

pytestmark = pytest.mark.django_db
YEAR = (date(2012, 1, 1), date(2012, 12, 31))
Q1 = (date(2012, 1, 1), date(2012, 3, 31))


def test_the_same_figure_again_changes_nothing_and_another_value_leaves_a_trace(enter: Enter) -> None:
    first = enter(BATCHES, "2012年第一季度", "lz", "120")
    assert enter(BATCHES, "2012年第一季度", "lz", "120").version == 1
    changed = enter(BATCHES, "2012年第一季度", "lz", "125")
    assert changed.pk == first.pk and changed.version == 2
    revision = selectors.revisions_of(changed)[0]
    assert (revision.value_before, revision.value_after, revision.reason) == (
        Decimal(120),
        Decimal(125),
        "测试",
    )


def test_a_value_is_cut_not_rounded_so_that_it_is_rounded_only_once(enter: Enter) -> None:
    kept = enter(RATE, "2012年第一季度", "lz", "80.98499999999")
    assert kept.value == Decimal("80.98499999")


def test_the_same_subject_twice_in_one_lot_is_refused(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    one = NewFigure(cards[BATCHES].pk, *Q1, "2012年第一季度", Decimal(1), "imported")
    with pytest.raises(BadInput, match="两次"):
        services.observations_save(
            jurisdiction=world.jurisdiction["gs"], figures=[one, one], reason="", actor=office, now=now
        )


def test_a_unit_enters_no_figures_past_the_office(world: World, liaison: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.observations_save(
            jurisdiction=world.jurisdiction["gs"], figures=[], reason="", actor=liaison, now=now
        )


def test_a_locked_figure_is_changed_only_by_a_correction_of_the_director_with_reason_and_document(
    world: World, enter: Enter, office: Actor, director: Actor, now: datetime
) -> None:
    row = enter(BATCHES, "2012年第一季度", "lz", "120")
    gs = world.jurisdiction["gs"]
    assert (
        services.observations_lock(jurisdiction=gs, start=YEAR[0], end=YEAR[1], actor=director, now=now) == 1
    )
    with pytest.raises(StateConflict, match="已锁定"):
        enter(BATCHES, "2012年第一季度", "lz", "121")

    def correct(actor: Actor, reason: str, document: str, value: str = "118") -> Observation:
        return services.observation_correct(
            observation=row, value=Decimal(value), numerator=None, denominator=None, reason=reason, document=document,
            version=None, actor=actor, now=now,
        )  # fmt: skip

    with pytest.raises(NotAllowed, match="主任"):
        correct(office, "两批重复计数", "演示〔2012〕1号")
    with pytest.raises(BadInput, match="更正理由"):
        correct(director, "", "演示〔2012〕1号")
    with pytest.raises(BadInput, match="更正依据"):
        correct(director, "两批重复计数", "")
    with pytest.raises(BadInput, match="没有变化"):
        correct(director, "两批重复计数", "演示〔2012〕1号", "120")
    done = correct(director, "两批重复计数", "演示〔2012〕1号")
    assert (done.value, done.state) == (Decimal(118), Observation.State.LOCKED)
    assert [
        (r.number, r.value_before, r.value_after, r.state_before) for r in selectors.revisions_of(done)
    ] == [(1, Decimal(120), Decimal(118), "locked")]


def test_two_people_correcting_one_figure_get_both_versions(
    world: World, enter: Enter, office: Actor, now: datetime
) -> None:
    row = enter(BATCHES, "2012年第一季度", "lz", "120")
    for value, expected in (("121", None), ("122", EditConflict)):
        act = {
            "observation": row, "value": Decimal(value), "numerator": None, "denominator": None, "reason": "核对", "document": "",
            "version": 1, "actor": office, "now": now,
        }  # fmt: skip
        if expected:
            with pytest.raises(expected):
                services.observation_correct(**act)  # type: ignore[arg-type]
        else:
            services.observation_correct(**act)  # type: ignore[arg-type]


def test_a_provisional_figure_is_not_locked(
    world: World, enter: Enter, director: Actor, now: datetime
) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "120", state="provisional")
    gs = world.jurisdiction["gs"]
    assert (
        services.observations_lock(jurisdiction=gs, start=YEAR[0], end=YEAR[1], actor=director, now=now) == 0
    )
    with pytest.raises(NotAllowed):
        services.observations_lock(
            jurisdiction=gs, start=YEAR[0], end=YEAR[1], actor=world.actor("sibling_head"), now=now
        )


def test_a_prefecture_sees_of_the_provinces_figures_only_what_it_reported(world: World, enter: Enter) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "120", given_by_id=world.unit["lz_gov"].pk)
    enter(BATCHES, "2012年第一季度", "ts", "80", given_by_id=world.unit["ts_gov"].pk)
    seen = {
        key: [r.region.code for r in selectors.observations_listed(world.actor(key))]
        for key in ("office", "sibling", "sibling2", "child")
    }
    assert {key: len(rows) for key, rows in seen.items()} == {
        "office": 2,
        "sibling": 1,
        "sibling2": 1,
        "child": 0,
    }
    assert seen["sibling"] == ["620100"]


def test_quarters_make_the_year_and_what_is_missing_is_said(world: World, enter: Enter) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "100")
    enter(BATCHES, "2012年第二季度", "lz", "60")
    enter(RATE, "2012年第一季度", "lz", "81", numerator=Decimal(81), denominator=Decimal(100))
    enter(RATE, "2012年第二季度", "lz", "95", numerator=Decimal(57), denominator=Decimal(60))
    lz = world.region["lz"].pk
    found = selectors.figures_of(
        jurisdiction_id=world.jurisdiction["gs"].pk, card_codes=[BATCHES, RATE], period=YEAR, by=By.REGION
    )
    total, rate = found[BATCHES, lz], found[RATE, lz]
    assert total.value == 160 and len(total.refs) == 2 and total.label == "2012年第一季度—2012年第二季度"
    assert [(g.start, g.end) for g in total.missing] == [(date(2012, 7, 1), date(2012, 12, 31))]
    assert rate.value == Decimal("86.25") and (rate.numerator, rate.denominator) == (138, 160)


def test_a_figure_of_exactly_the_period_comes_before_its_parts(world: World, enter: Enter) -> None:
    enter(BATCHES, "2012年第一季度", "lz", "100")
    enter(BATCHES, "2012年", "lz", "410")
    one = selectors.observation_value(
        jurisdiction_id=world.jurisdiction["gs"].pk,
        card_code=BATCHES,
        subject_id=world.region["lz"].pk,
        period=YEAR,
        by=By.REGION,
    )
    assert one is not None and one.value == 410 and not one.missing


def test_a_hundred_and_forty_figures_stay_within_twenty_statements(
    world: World, cards: dict[str, Card], office: Actor, now: datetime
) -> None:
    def save(count: int, shift: int) -> int:
        figures = [
            NewFigure(
                cards[BATCHES].pk,
                date(1900 + n, shift, 1),
                date(1900 + n, shift, 28),
                f"{1900 + n}年{shift}月",
                Decimal(n),
                "imported",
            )
            for n in range(count)
        ]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            services.observations_save(
                jurisdiction=world.jurisdiction["gs"], figures=figures, reason="", actor=office, now=now
            )
        return len(seen.captured_queries)

    assert save(140, 2) <= 20


def test_what_rests_on_a_corrected_figure_follows_as_a_version_even_when_locked(
    world: World, enter: Enter, cards: dict[str, Card], director: Actor, year: WorkYear, now: datetime
) -> None:
    row = enter(BATCHES, "2012年第一季度", "lz", "120")
    enter(PASSED, "2012年第一季度", "lz", "90")
    gs = world.jurisdiction["gs"]
    services.metrics_collect(jurisdiction=gs, year=year, on=Q1[1], actor=director, now=now)
    services.observations_lock(jurisdiction=gs, start=YEAR[0], end=YEAR[1], actor=director, now=now)
    services.observation_correct(
        observation=row, value=Decimal(100), numerator=None, denominator=None, reason="重复计数", document="演示1号",
        version=None, actor=director, now=now,
    )  # fmt: skip
    rate = Observation.objects.system("test").get(card=cards[RATE], region=world.region["lz"])
    assert (rate.value, rate.denominator, rate.state) == (90, 100, "locked")
    revision = selectors.revisions_of(rate)[0]
    assert revision.value_before == 75 and "重复计数" in revision.reason


def test_an_imported_figure_leads_whoever_imported_it_to_the_file_and_tells_others_its_source(
    browse: Browse, cards: dict[str, Card], on_the_day: None, year: WorkYear, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    table: list[list[object]] = [
        ["指标", "地区", "期间", "数值", "数据出处"],
        ["产品质量监督抽查批次", "兰州市", "2012年第一季度", 120, "抽查信息系统"],
    ]
    office = browse("office")
    file = SimpleUploadedFile("一季度.xlsx", xlsx_file(table))
    run = office.post(reverse("imports:upload", args=["metrics.observation"]), {"file": file})["Location"]
    office.post(f"{run}publish/")
    figure = Observation.objects.system("test").get(card__code=BATCHES, origin="imported")
    page = reverse("metrics:figure", args=[figure.pk])
    assert f'<a href="{run}">一季度.xlsx</a>' in office.get(page).content.decode()
    told = browse("leader").get(page).content.decode()
    assert "抽查信息系统" in told
    assert run not in told
