"""The leader's page and a region's sheet: what changed within the week, who is stuck and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.portal.support import a_duty, a_year, listed, owe
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.years.models import WorkYear
from zhize.kit.contributions import Brief, BriefLine, BriefQuestion, BriefSource, briefs

In = Callable[[str], Client]
TODAY = date(2012, 3, 6)
LATE = TODAY - timedelta(days=5)
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def year(world: World) -> WorkYear:
    return a_year(world, "gs")


def show(client: Client, name: str = "portal:brief", **kwargs: int) -> str:
    response = client.get(reverse(name, kwargs=kwargs or None))
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_a_matter_shared_by_units_is_one_line_and_says_how_late_and_why(
    as_: In, world: World, year: WorkYear
) -> None:
    duty = a_duty(world, "gs")
    for key in ("zjj", "gsj"):
        owe(year, duty, world.unit[key], 1, LATE)
    html = show(as_("leader"))
    assert html.count("制定工作方案（1月）") == 1
    assert ">省质监局</a>、<a" in html and "5 天" in html and "没有报送" in html


def test_what_was_returned_is_stuck_with_the_words_of_the_office(
    as_: In, world: World, year: WorkYear
) -> None:
    row = owe(year, a_duty(world, "gs"), world.unit["zjj"], 1, LATE, Obligation.Status.RETURNED)
    Discharge.objects.create(
        obligation=row, jurisdiction_id=row.jurisdiction_id, unit=row.unit, state="returned", statement="报送",
        submitted_at=timezone.now(), submitted_by="演示", decided_at=timezone.now(), comment="缺少分解表",
    )  # fmt: skip
    assert "退回后没有补正：缺少分解表" in show(as_("leader"))


def test_the_week_is_summed_up_and_each_sum_leads_to_its_rows(as_: In, world: World, year: WorkYear) -> None:
    duty = a_duty(world, "gs")
    owe(year, duty, world.unit["zjj"], 1, TODAY, Obligation.Status.DONE, done_on=TODAY - timedelta(days=2))
    owe(year, duty, world.unit["zjj"], 2, LATE)
    owe(year, duty, world.unit["zjj"], 3, TODAY + timedelta(days=6))
    client = as_("leader")
    html = show(client)
    for words in ("落实履职事项 1 件", "新增逾期 1 件", "未来 7 天到期而尚未落实的 1 件"):
        address = html.split(f'">{words}')[0].rsplit('href="', 1)[1]
        assert listed(client, unescape(address)) == "1", words


def test_what_other_apps_bring_for_decision_stands_on_top(as_: In, year: WorkYear) -> None:
    def load(actor: object, asked: BriefQuestion) -> Brief:
        assert asked.since == TODAY - timedelta(days=7)
        return Brief(decide=(BriefLine("审定全省工作计划", "/somewhere/", why="三个部门已报齐"),))

    source = BriefSource("test", load)
    briefs.add(source)
    try:
        html = show(as_("leader"))
    finally:
        briefs._items.remove((100, source))
    assert '<a href="/somewhere/">审定全省工作计划</a>' in html and "三个部门已报齐" in html


def test_a_regions_sheet_holds_its_own_matters_only(as_: In, world: World, year: WorkYear) -> None:
    duty = a_duty(world, "gs")
    city = Unit.objects.system("test").get(pk=world.unit["lz_gov"].pk)
    owe(year, duty, city, 1, LATE)
    owe(year, duty, world.unit["zjj"], 2, LATE)
    html = show(as_("leader"), "portal:region", pk=world.region["lz"].pk)
    assert "制定工作方案（1月）" in html and "制定工作方案（2月）" not in html
    assert "本年度履职事项" in html


def test_a_member_unit_is_not_shown_the_leaders_page_and_is_told_where_to_look(as_: In) -> None:
    response = as_("liaison").get(reverse("portal:brief"))
    assert response.status_code == 403 and "总览" in response.content.decode()


def test_pages_say_how_to_begin_before_there_is_a_year(as_: In, world: World) -> None:
    assert "还没有工作年度" in show(as_("leader"))
    assert "还没有工作年度" in show(as_("leader"), "portal:region", pk=world.region["lz"].pk)
