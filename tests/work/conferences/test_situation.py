"""质量状况分析报告: four dimensions drafted from figures, tasks, registers and the last decisions; every number linked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.work.conferences.conftest import Convene, fresh, held
from tests.work.tasks.conftest import HandOut, on, taken
from tests.world import World

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.metrics.models import Card, Observation, Target
from zhize.apps.metrics.services import cards_load
from zhize.apps.work import services
from zhize.apps.work.models import Conference, ConferenceCheck, SituationFigure, Task
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of
from zhize.kit.actor import system_actor
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.figures import figures_changed
from zhize.kit.officialdoc import Table, from_json, runs_of

RATE = "product.spot_check.pass_rate"
DAY = on(6, 14)
MAY = date(2012, 5, 31)
Put = Callable[..., Observation]


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: DAY.date())


@pytest.fixture
def put(world: World, year: WorkYear) -> Put:
    """put(RATE, "2012年第一季度", "95.1") keeps one figure of the province."""
    cards_load(actor=system_actor("测试"), now=on(1, 5))

    def make(code: str, period: str, value: str) -> Observation:
        span = period_of(period)
        row = Observation(
            jurisdiction=year.jurisdiction, card=card(code), region=world.region["gs"], period_start=span.start,
            period_end=span.end, period_label=span.label, value=Decimal(value), origin="imported", recorded_at=on(4, 5),
            recorded_by="测试",
        )  # fmt: skip
        row.save()
        return row

    return make


def card(code: str) -> Card:
    return Card.objects.system("test").get(code=code, jurisdiction=None)


def aim(world: World, year: WorkYear, code: str, value: str) -> Target:
    return Target.objects.create(
        jurisdiction=year.jurisdiction, year=year, card=card(code), region=world.region["gs"],
        value=Decimal(value), document="演示数据",
    )  # fmt: skip


def drafted(conference: Conference, world: World, now: datetime = DAY) -> OfficialDocument:
    return services.situation_report_draft(conference=conference, actor=world.actor("office"), now=now)


def text_of(document: OfficialDocument) -> str:
    return "".join(run.text for block in from_json(document.blocks) for run in runs_of(block))


def test_a_figure_stands_beside_last_years_and_the_target(
    world: World, year: WorkYear, convene: Convene, put: Put
) -> None:
    put(RATE, "2011年第一季度", "93.9")
    put(RATE, "2012年第一季度", "95.1")
    aim(world, year, RATE, "96")
    document = drafted(convene(), world)
    (table,) = [block for block in from_json(document.blocks) if isinstance(block, Table)]
    assert [run.text for run in table.rows[0]] == [
        "产品质量监督抽查批次合格率", "2012年第一季度", "95.1%", "93.9%", "提高 1.2 个百分点", "96.0%", "未到期",
    ]  # fmt: skip
    assert [bool(run.ref) for run in table.rows[0]] == [False, False, True, True, False, True, True]
    assert figures_changed(from_json(document.blocks)) == ()


def test_a_figure_corrected_before_the_signature_is_named(
    world: World, year: WorkYear, convene: Convene, put: Put
) -> None:
    row = put(RATE, "2012年第一季度", "95.1")
    target = aim(world, year, RATE, "96")
    document = drafted(convene(), world)
    Observation.objects.system("test").filter(pk=row.pk).update(value=Decimal("96.2"))
    Target.objects.system("test").filter(pk=target.pk).update(value=Decimal(97))
    changed = {(one.words, one.now) for one in figures_changed(from_json(document.blocks))}
    assert changed == {("95.1%", "96.2%"), ("96.0%", "97.0%")}


def test_quarters_are_put_together_for_how_far_the_year_has_come(
    world: World, year: WorkYear, convene: Convene, put: Put
) -> None:
    batches = "product.spot_check.batches"
    put(batches, "2012年第一季度", "300")
    put(batches, "2012年第二季度", "420")
    aim(world, year, batches, "1200")
    document = drafted(convene(), world, on(7, 2))
    assert "420 批" in text_of(document)
    assert "本年累计 720 批，未到期" in text_of(document)


def test_late_tasks_stand_under_their_dimension_and_the_parts_add_up(
    world: World,
    year: WorkYear,
    convene: Convene,
    put: Put,
    hand_out: HandOut,
) -> None:
    hand_out(title="开展建材抽查", part="product", due_on=MAY)
    hand_out(title="公布服务承诺", part="service", due_on=date(2012, 9, 30))
    hand_out(title="开会", due_on=MAY)
    document = drafted(convene(), world)
    text = text_of(document)
    product = text[text.index("二、产品质量状况") : text.index("三、工程质量状况")]
    assert "产品质量方面的任务共1项，累计办结0项，逾期未办结1项。" in product
    assert "“开展建材抽查”应于2012年5月31日前完成，逾期14日" in product
    service = text[text.index("四、服务质量状况") : text.index("五、环境质量状况")]
    assert "任务共1项，累计办结0项，逾期未办结0项。" in service
    assert "列入台账的任务共3项，累计办结0项，逾期未办结2项。" in text


def test_a_dimension_without_anything_says_so_in_words(
    world: World, year: WorkYear, convene: Convene, put: Put
) -> None:
    text = text_of(drafted(convene(), world))
    for part in ("产品", "工程", "服务", "环境"):
        assert f"截至2012年6月14日，系统中没有{part}质量方面的指标数据、任务和台账记录" in text
    assert "此前没有已召开的同类会议。" in text


def test_what_became_of_the_last_decisions_is_told_and_followed(
    world: World, year: WorkYear, convene: Convene, put: Put
) -> None:
    office = world.actor("office")
    last = fresh(held(convene(held_on=date(2012, 6, 19), title="上一次联席会议"), world, "zjj"))
    for words in ("开展建材整治", "公布服务承诺"):
        services.resolution_add(
            conference=last, text=words, lead_unit=world.unit["zjj"], actor=office, now=DAY
        )
    services.resolution_add(conference=last, text="会议精神印发各地", lead_unit=None, actor=office, now=DAY)
    first, _second = services.resolutions_to_tasks(conference=last, actor=office, now=DAY)
    with translation.override("en"):
        document = drafted(convene(), world)
        assert not figures_changed(from_json(document.blocks))
    text = text_of(document)
    assert "决定事项3项，转为任务后已落实0项，未落实2项。" in text
    assert "没有牵头单位，不转任务" in text
    Task.objects.system("test").filter(pk=first.pk).update(state="closed", done_on=MAY)
    changed = {(one.words, one.now) for one in figures_changed(from_json(document.blocks))}
    assert ("待承办确认，进度0%", "已办结销号") in changed


def test_one_report_at_a_time_and_only_from_the_office(
    world: World, year: WorkYear, convene: Convene, put: Put
) -> None:
    conference = convene()
    with pytest.raises(NotAllowed):
        services.situation_report_draft(conference=conference, actor=world.actor("liaison"), now=DAY)
    drafted(conference, world)
    with pytest.raises(StateConflict, match="已有一份报告"):
        drafted(conference, world)
    ticked = ConferenceCheck.objects.system("test").filter(
        conference=conference, key="item.report", done_at__isnull=False
    )
    assert ticked.count() == 1, "the checklist knows that it is drafted"


def test_each_number_of_tasks_leads_to_exactly_these_tasks(
    client: Client,
    world: World,
    year: WorkYear,
    convene: Convene,
    put: Put,
    hand_out: HandOut,
    as_: Any,
) -> None:
    taken(hand_out(title="开展建材抽查", part="product", due_on=MAY), world.actor("liaison"))
    hand_out(title="公布服务承诺", part="service", due_on=date(2012, 9, 30))
    hand_out(title="开会", due_on=MAY)
    drafted(convene(), world)
    office = as_("office")
    figures = SituationFigure.objects.system("test").filter(measure__in=("total", "done", "late"))
    assert figures.count() == 15
    for one in figures:
        page = office.get(one.url).content.decode()
        total = re.search(r"共 (\d+) 条", page)
        assert total and total[1] == one.words, f"{one.part} {one.measure} {one.url}"


def test_the_button_drafts_and_leads_to_the_document(
    world: World, year: WorkYear, convene: Convene, put: Put, as_: Any
) -> None:
    conference = convene()
    office = as_("office")
    address = reverse("work:conference", args=[conference.pk])
    button = reverse("work:conference_situation", args=[conference.pk])
    assert button in office.get(address).content.decode()
    answer = office.post(button)
    document = OfficialDocument.objects.system("test").get(kind="report")
    assert answer.headers["Location"] == reverse("documents:official", args=[document.pk])
    assert button not in office.get(address).content.decode(), "one at a time"
