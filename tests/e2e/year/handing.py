"""Steps of a task that is handed on: taken, a year opened below, another hat, a part passed down, progress reported."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.support.walking import said, to_do


def takes(page: Page, title: str) -> None:
    to_do(page, title).get_by_role("button").first.click()
    page.get_by_role("button", name="确认承办").click()
    said(page, "承办")


def opens_a_year(page: Page, post: str = "办公室工作人员") -> None:
    """At home: whoever came by a to-do acts in the post it was meant for, and takes the other one again."""
    wears(page, post)
    page.goto("/years/")
    page.get_by_label("开始日期").fill("2012-01-01")
    page.get_by_role("button", name="建立年度").click()
    page.get_by_role("button", name="开启", exact=True).click()
    said(page, "已开启2012年")


def wears(page: Page, post: str) -> None:
    menu = page.locator("details.menu", has=page.get_by_text("以哪个岗位办理")).last
    menu.locator("summary").click()
    with page.expect_navigation():
        menu.get_by_role("button", name=post).first.click()


def hands_on(page: Page, address: str, title: str, unit: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="分解为本地任务").click()
    page.get_by_label("任务").first.fill(title)
    page.get_by_label("牵头单位").select_option(label=unit)
    page.get_by_role("button", name="交办", exact=True).click()
    said(page, "已交办")


def its_page(page: Page, title: str, listed: str = "/work/tasks/mine/") -> None:
    page.goto(listed)
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def reports(page: Page, words: str, percent: str) -> None:
    page.get_by_label("进展情况").fill(words)
    page.get_by_label("进度（%）").fill(percent)
    page.get_by_role("button", name="报告进展").click()
    said(page, "报告")
