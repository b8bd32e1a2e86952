"""A round of assessment as any office walks it: set up, opened from the list, approved, circulated."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.e2e.year import papers
from tests.e2e.year.people import People
from tests.support.walking import a_paper, said


def round_page(people: People, who: str, title: str) -> Page:
    page = people(who)
    page.goto("/assessment/")
    page.get_by_role("link", name=title).first.click()
    return page


def new_round(page: Page, title: str, scheme: str) -> None:
    page.goto("/assessment/new/")
    page.get_by_label("考核名称").fill(title)
    page.get_by_label("考核办法").select_option(label=scheme)
    page.get_by_label("考核依据").fill("责任制度一（三）")
    page.get_by_label("数据截止日期").fill("2012-11-30")
    page.get_by_label("自评期限").fill("2012-12-04")


def approve(page: Page, day: str) -> None:
    page.get_by_role("link", name="登记审定").click()
    page.get_by_label("审定人").fill("领导小组组长（演示）")
    page.get_by_label("职务").fill("组长")
    page.get_by_label("审定日期").fill(day)
    page.get_by_label("意见").fill("同意，按程序通报（演示）")
    page.get_by_label("原件扫描件").set_input_files(a_paper("考核结果审定件.txt", "演示数据 同意"))
    page.get_by_role("button", name="登记审定并封存").click()
    said(page, "审定")


def circulate(people: People, who: str, title: str, number: str) -> Page:
    page = round_page(people, who, title)
    page.get_by_role("link", name="起草通报").click()
    page.get_by_role("button", name="起草为公文").click()
    words = page.locator("h1").inner_text()
    papers.issue(people, f"circular {number}", words, office=who, number=number)
    return page
