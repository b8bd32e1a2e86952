"""Step 5: one figure asked of two prefectures, one counted from the tasks, a target, the series with its chart."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.e2e.year.people import OFFICE, People
from tests.support.walking import folded, said, to_do

CARD, COUNTED = "产品质量监督抽查批次", "任务按期办结率"
CALL = "2012年第二季度质量数据"
CITIES = {"兰州市": ("lz-office", "420"), "天水市": ("ts-office", "180")}


def office_asks(people: People) -> None:
    page = people(OFFICE)
    page.goto("/metrics/figures/collect/")
    people.look(page, "call for figures")
    page.get_by_label("标题").fill(CALL)
    page.get_by_label("填报期间").fill("2012年第二季度")
    page.get_by_label("报送期限").fill("2012-07-10")
    page.get_by_role("checkbox", name=CARD).first.check()
    for box in page.get_by_role("group", name="征集对象").get_by_role("checkbox").all():
        box.uncheck()
    for city in CITIES:
        page.get_by_role("group", name="征集对象").get_by_role("checkbox", name=city).first.check()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="发出").click()
    said(page, "发出")


def city_fills_in(people: People, city: str) -> None:
    username, value = CITIES[city]
    page = people(username)
    to_do(page, CALL).get_by_role("button").first.click()
    page.locator("main").get_by_role("link", name="指标数据").click()
    people.look(page, "figures to fill in")
    page.locator("input.cell-input").first.fill(value)
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def office_takes_them_in(people: People) -> None:
    page = people(OFFICE)
    for _city in CITIES:
        to_do(page, CALL).first.get_by_role("button").first.click()
        page.locator("main").get_by_role("link", name="指标数据").click()
        page.get_by_role("button", name="接收入库").click()
        said(page, "已接收")


def office_sets_a_target(people: People) -> None:
    page = people(OFFICE)
    page.goto("/metrics/targets/new/")
    page.get_by_label("指标", exact=False).first.select_option(label=CARD)
    page.get_by_label("目标值").fill("1200")
    page.get_by_label("目标依据").fill("2012年质量振兴工作计划")
    page.get_by_role("button", name="设定目标").click()
    said(page, "已设定目标")


def everybody_sees_the_series(people: People) -> None:
    page = people(OFFICE)
    page.goto("/metrics/figures/")
    part = folded(page, "取数和锁定")
    part.get_by_label("期间").fill("2012年第二季度")
    part.get_by_role("button", name="取数").click()
    said(page, "已取数")
    page.goto("/metrics/cards/")
    page.get_by_role("link", name=CARD, exact=True).click()
    expect(page.locator("main")).to_contain_text("420")
    people.look(page, "metric card")
    page.get_by_role("link", name="看走势").click()
    expect(page.locator("main picture img, main img").first).to_be_visible()
    people.look(page, "series")
