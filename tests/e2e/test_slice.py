"""The slice, as the people of it walk it: text → duty → year → handed in → returned → corrected → confirmed → audited.

Each walk takes another unit, so that they don't step on each other's obligations.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Doors
from tests.support.walking import a_paper, looked_at, said, to_do

SUMMARY = "阶段和年度工作总结"
HALF = "2012年上半年"
RETURNED = "缺少下一步打算，请补充"


def listed(page: Page, unit: str) -> None:
    """The unit's half-year summary, found through the list's own filters."""
    page.goto("/obligations/")
    if not page.get_by_label("关键词").is_visible():
        page.get_by_text("筛选", exact=True).first.click()  # folded on a phone
    page.get_by_label("关键词").fill(f"{SUMMARY} {unit}")
    page.get_by_role("button", name="筛选").click()
    expect(page).to_have_url(re.compile(r"[?&]q="))


def row(page: Page, unit: str) -> None:
    listed(page, unit)
    page.get_by_role("row").filter(has_text=HALF).get_by_role("link", name=SUMMARY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SUMMARY)


def hand_in(page: Page, words: str, name: str) -> None:
    page.get_by_label("履行情况说明").fill(words)
    page.get_by_label("佐证材料").set_input_files(a_paper(name, f"演示数据 {words}"))
    page.get_by_label("材料日期").fill("2012年4月15日")
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


@pytest.mark.parametrize(
    ("width", "scripts", "liaison", "unit"),
    [
        pytest.param(1440, True, "gs-zjj", "省质监局", id="desk"),
        pytest.param(375, True, "gs-nmt", "省农牧厅", id="phone"),
        pytest.param(1440, False, "gs-jyt", "省教育厅", id="desk-without-scripts"),
    ],
)
def test_a_unit_hands_in_the_office_returns_it_the_unit_corrects_the_office_confirms(
    doors: Doors, width: int, scripts: bool, liaison: str, unit: str
) -> None:
    check = looked_at if scripts else lambda page: None
    clerk = doors.enter(liaison, width=width, scripts=scripts)
    check(clerk)
    to_do(clerk, f"{SUMMARY}（{HALF}）").get_by_role("button", name="报送").click()
    check(clerk)
    hand_in(clerk, "上半年完成情况（演示）", "上半年总结.txt")
    expect(clerk.locator(".page-head .light")).to_have_text("待确认")
    check(clerk)

    office = doors.enter("gs-office", width=width, scripts=scripts)
    to_do(office, unit).filter(has_text=SUMMARY).get_by_role("button", name="审核").click()
    check(office)
    office.get_by_role("button", name="退回补正").click()  # no word of what is missing: refused, in words
    expect(office.locator("main")).to_contain_text("退回")
    doors.watch.expect("status of 4")
    office.get_by_label("审核意见").fill(RETURNED)
    office.get_by_role("button", name="退回补正").click()
    said(office, "已退回")
    expect(office.locator(".page-head .light")).to_have_text("已退回")

    to_do(clerk, SUMMARY).filter(has_text=HALF).get_by_role("button", name="补正").click()
    expect(clerk.locator("main")).to_contain_text(RETURNED)
    check(clerk)
    hand_in(clerk, "上半年完成情况和下一步打算（演示）", "上半年总结（补正）.txt")

    to_do(office, unit).filter(has_text=SUMMARY).get_by_role("button", name="审核").click()
    office.get_by_role("button", name="确认履行").click()
    said(office, "已确认")
    expect(office.locator(".page-head .light")).to_have_text("已落实")
    check(office)

    # the same answer wherever one looks
    row(clerk, unit)
    expect(clerk.locator(".page-head .light")).to_have_text("已落实")
    listed(office, unit)
    expect(office.get_by_role("row").filter(has_text=HALF)).to_contain_text("已落实")
    office.get_by_role("row").filter(has_text=HALF).get_by_role("link", name=SUMMARY).click()
    office.get_by_role("navigation", name="位置").get_by_role("link", name=unit).click()
    expect(office.get_by_role("row").filter(has_text=HALF)).to_contain_text("已落实")
    check(office)
    office.goto("/regulations/")
    office.get_by_role("link", name="甘肃省推进质量振兴工作责任制度").click()
    office.locator(".tree-row", has_text=SUMMARY).locator(".tree-marker a").click()
    expect(office.get_by_role("row").filter(has_text=unit).filter(has_text=HALF)).to_contain_text("已落实")
    check(office)
    expect(to_do(office, unit).filter(has_text=SUMMARY)).to_have_count(0)
    expect(to_do(clerk, f"{SUMMARY}（{HALF}）")).to_have_count(0)
    clerk.goto("/notices/")
    expect(clerk.locator("main")).to_contain_text(SUMMARY)


def test_the_office_reads_the_clauses_and_opens_a_further_year(doors: Doors) -> None:
    office = doors.enter("gs-office")
    office.get_by_role("link", name="制度文件").first.click()
    looked_at(office)
    office.get_by_role("link", name="甘肃省推进质量振兴工作责任制度").click()
    looked_at(office)
    expect(office.locator(".tree-row.is-orphan .tree-notes a")).to_have_count(0)
    office.get_by_role("link", name="召开联席会议").click()
    expect(office.locator("main")).to_contain_text("一（二）")
    looked_at(office)
    office.goto("/years/")
    office.get_by_label("开始日期").fill("2013.1.1")
    office.get_by_role("button", name="建立年度").click()
    said(office, "已建立2013年")
    office.get_by_role("row").filter(has_text="2013年").get_by_role("button", name="开启").click()
    said(office, "2013年")
    looked_at(office)
    office.goto("/obligations/?year=2013%E5%B9%B4")
    expect(office.locator(".page-number")).to_have_text(re.compile(r"[1-9]\d\d"))
    looked_at(office)


def test_the_director_excuses_a_unit_and_the_auditor_sees_it_in_a_whole_chain(doors: Doors) -> None:
    director = doors.enter("gs-office-director")
    row(director, "省旅游局")
    director.get_by_text("准予免办").first.click()
    director.get_by_label("免办理由").fill("机构合并，由承接单位一并总结（演示）")
    director.get_by_role("button", name="准予免办").click()
    said(director, "已准予免办")
    expect(director.locator(".page-head .light")).to_have_text("免办")
    looked_at(director)

    auditor = doors.enter("gs-auditadmin")
    auditor.get_by_role("link", name="审计").first.click()
    looked_at(auditor)
    newest = auditor.locator("tbody tr").filter(has_text="准予免办").first
    expect(newest).to_contain_text("办公室主任")
    newest.get_by_role("link").first.click()
    expect(auditor.locator("main")).to_contain_text("机构合并")
    looked_at(auditor)
    auditor.get_by_role("link", name="它的全部记录").click()
    expect(auditor.locator("tbody")).to_contain_text("准予免办")
    looked_at(auditor)
    auditor.goto("/audit/")
    auditor.get_by_role("button", name="验证").click()
    expect(auditor.locator("main")).to_contain_text("没有被修改、删除或插入的")
    looked_at(auditor)
